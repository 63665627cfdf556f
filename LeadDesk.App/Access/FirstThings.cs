using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Endpoints;

namespace LeadDesk.App.Access;

/// <summary>
/// What has to be done before anything else is shown: the first admin of an empty desk, and a password of one's own after a one-time one.
/// </summary>
public sealed class FirstThings(RequestDelegate next, DeskDirectory directory, SignIns signIns)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var path = context.Request.Path;
        var isAccountPage = path.StartsWithSegments("/account", out var page);
        if (IsPage(context) && page != "/set-up" && path != "/error" && (await directory.GetAsync(context.RequestAborted)).Employees.Count == 0)
        {
            context.Response.Redirect("/account/set-up");
        }
        else if (!isAccountPage && path != "/error" && !IsForAll(context) && await signIns.StateAsync(context.User, context.RequestAborted) is SignInState.NeedsPassword)
        {
            if (IsPage(context))
            {
                context.Response.Redirect("/account/password");
            }
            else
            {
                context.Response.StatusCode = StatusCodes.Status403Forbidden;
            }
        }
        else
        {
            await next(context);
        }
    }

    /// <summary>A page for a person, and not an address for programs or a file.</summary>
    internal static bool IsPage(HttpContext context) => context.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;

    private static bool IsForAll(HttpContext context) =>
        !IsPage(context) && context.GetEndpoint()?.Metadata.GetMetadata<IAllowAnonymous>() is not null;
}
