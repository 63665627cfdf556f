using System.Globalization;
using System.Security.Claims;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components.Authorization;

namespace LeadDesk.App.Access;

/// <summary>
/// Who sits in front of this circuit, with the rights they have now: the sign-in says only who, the desk says what they may.
/// For screens; intents and queries get the actor as a parameter.
/// </summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, DeskDirectory directory)
{
    /// <summary>None for strangers and for someone disabled meanwhile.</summary>
    public async ValueTask<Actor?> FindAsync()
    {
        var state = await authentication.GetAuthenticationStateAsync();
        return state.User.EmployeeId() is { } id ? await directory.ActorAsync(id) : null;
    }

    /// <summary>Throws for strangers: pages that use it are closed to them.</summary>
    public async ValueTask<Actor> GetAsync() => await FindAsync() ?? throw new UnauthorizedAccessException("Nobody is signed in on this circuit.");
}

public static class EmployeeClaims
{
    public static EmployeeId? EmployeeId(this ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new EmployeeId(id) : null;
}
