using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Authorization;

namespace LeadDesk.App.Access;

/// <summary>Page policies by name. Each asks the rules in <see cref="Actor"/>; what a page reads and does is checked again where it is read and done.</summary>
public static class Policies
{
    public const string Assign = nameof(Assign);
    public const string Import = nameof(Import);
    public const string Approvals = nameof(Approvals);
    public const string Retired = nameof(Retired);
    public const string SetUpDesk = nameof(SetUpDesk);
    public const string SeePeople = nameof(SeePeople);

    private static readonly Dictionary<string, Func<Actor, bool>> _rules = new()
    {
        [Assign] = a => a.MayAssign,
        [Import] = a => a.MayImport,
        [Approvals] = a => a.MayDecideRequests,
        [Retired] = a => a.MaySeeRetired,
        [SetUpDesk] = a => a.MaySetUpDesk,
        [SeePeople] = a => a.MaySeePeople,
    };

    internal static void AddAll(AuthorizationOptions options)
    {
        var signedIn = new AuthorizationPolicyBuilder().RequireAuthenticatedUser().AddRequirements(new MayRequirement(_ => true)).Build();
        options.DefaultPolicy = signedIn;
        options.FallbackPolicy = signedIn;
        foreach (var (name, rule) in _rules)
        {
            options.AddPolicy(name, p => p.RequireAuthenticatedUser().AddRequirements(new MayRequirement(rule)));
        }
    }
}

internal sealed record MayRequirement(Func<Actor, bool> May) : IAuthorizationRequirement;

internal sealed class MayHandler(DeskDirectory directory) : AuthorizationHandler<MayRequirement>
{
    protected override async Task HandleRequirementAsync(AuthorizationHandlerContext context, MayRequirement requirement)
    {
        if (context.User.EmployeeId() is { } id && await directory.ActorAsync(id) is { } actor && requirement.May(actor))
        {
            context.Succeed(requirement);
        }
    }
}
