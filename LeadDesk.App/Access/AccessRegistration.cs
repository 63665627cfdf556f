using System.Threading.RateLimiting;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Access;

public static class AccessRegistration
{
    /// <summary>What opens accounts and checks passwords, for the server and the command line alike.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services)
    {
        services.TryAddSingleton<ILookupNormalizer, UpperInvariantLookupNormalizer>();
        services.TryAddSingleton<IPasswordHasher<Account>, PasswordHasher<Account>>();
        services.AddSingleton<Passwords>();
        services.AddSingleton<CheckPassword>();
        services.AddSingleton<ChangePassword>();
        services.AddSingleton<SetUpFirstAdmin>();
        services.AddSingleton<SignIns>();
        services.AddSingleton<PutOut>();
        return services;
    }

    public static IServiceCollection AddAccess(this IServiceCollection services)
    {
        services.AddOptions<AccessOptions>().BindConfiguration("Access");
        services.AddDataProtection().SetApplicationName("LeadDesk").PersistKeysToDbContext<LeadDeskDb>();
        services.AddAuthentication(IdentityConstants.ApplicationScheme).AddIdentityCookies();
        services.AddIdentityCore<Account>(o => o.User.RequireUniqueEmail = true).AddEntityFrameworkStores<LeadDeskDb>().AddSignInManager();
        services.ConfigureApplicationCookie(o =>
        {
            o.Cookie.Name = "leaddesk";
            o.Cookie.SameSite = SameSiteMode.Lax;
            o.Cookie.HttpOnly = true;
            o.LoginPath = "/account/sign-in";
            o.AccessDeniedPath = "/account/denied";
            o.ReturnUrlParameter = "returnUrl";
            o.ExpireTimeSpan = TimeSpan.FromDays(14);
            o.SlidingExpiration = true;
            // A browser knows only the world's clock, also where the desk's is a test's.
            o.TimeProvider = TimeProvider.System;
            o.Events.OnValidatePrincipal = ValidateAsync;
            o.Events.OnRedirectToLogin = c => SendAsync(c, StatusCodes.Status401Unauthorized);
            o.Events.OnRedirectToAccessDenied = c => SendAsync(c, StatusCodes.Status403Forbidden);
        });
        services.AddAuthorization(Policies.AddAll);
        services.AddSingleton<IAuthorizationHandler, MayHandler>();
        services.AddCascadingAuthenticationState();
        services.AddSingleton<OpenScreens>();
        services.AddScoped<CurrentActor>();
        services.AddScoped<Entrance>();
        services.AddScoped<CircuitHandler, CircuitGuard>();
        services.AddScoped<CircuitHandler, PresenceGuard>();
        services.AddSignalR();
        services.AddSingleton<DeskBroadcast>();
        services.AddHostedService(p => p.GetRequiredService<DeskBroadcast>());
        services.AddRateLimiter(o =>
        {
            o.RejectionStatusCode = StatusCodes.Status429TooManyRequests;
            o.OnRejected = async (c, ct) => await c.HttpContext.Response.WriteAsync("Too many sign-ins from this address. Try again in a minute.", ct);
            o.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(Lane);
        });
        return services;
    }

    /// <summary>Who is it, may they, and is something else first. After the security headers, before everything that is mapped.</summary>
    public static void UseAccess(this WebApplication app)
    {
        app.UseMiddleware<ForeignOrigin>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseMiddleware<FirstThings>();
        app.UseAuthorization();
        app.UseAntiforgery();
    }

    public static void MapAccess(this WebApplication app)
    {
        app.MapHub<DeskHub>(DeskHub.Path, o => o.CloseOnAuthenticationExpiration = true);
        app.MapPost("/account/sign-out", async (HttpContext context, IAntiforgery antiforgery, SignIns signIns) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context))
            {
                return Results.BadRequest();
            }

            signIns.End(context.User);
            await context.SignOutAsync(IdentityConstants.ApplicationScheme);
            return Results.Redirect("/account/signed-out");
        }).AllowAnonymous();
    }

    /// <summary>Only what posts a password is counted.</summary>
    private static RateLimitPartition<string> Lane(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || !context.Request.Path.StartsWithSegments("/account", out var page) || page == "/sign-out")
        {
            return RateLimitPartition.GetNoLimiter("");
        }

        var limit = context.RequestServices.GetRequiredService<IOptions<AccessOptions>>().Value.SignInsPerMinute;
        return RateLimitPartition.GetFixedWindowLimiter(
            context.Connection.RemoteIpAddress?.ToString() ?? "unknown",
            _ => new FixedWindowRateLimiterOptions { PermitLimit = limit, Window = TimeSpan.FromMinutes(1), QueueLimit = 0 });
    }

    /// <summary>Someone put out is out with the next request.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        if (context.Principal?.EmployeeId() is not { } id)
        {
            context.RejectPrincipal();
            return;
        }

        var signIns = context.HttpContext.RequestServices.GetRequiredService<SignIns>();
        if (await signIns.StateAsync(context.Principal, context.HttpContext.RequestAborted) is SignInState.Ended)
        {
            PutOut.Remember(context.HttpContext, id);
            context.RejectPrincipal();
        }
    }

    /// <summary>A page sends its reader elsewhere; a program is told a number.</summary>
    private static Task SendAsync(RedirectContext<CookieAuthenticationOptions> context, int status)
    {
        var request = context.Request;
        var isForReader = FirstThings.IsPage(context.HttpContext)
            || (HttpMethods.IsGet(request.Method)
                && request.Headers.Accept.Any(a => a?.Contains("text/html", StringComparison.OrdinalIgnoreCase) == true)
                && !request.Path.StartsWithSegments("/hubs") && !request.Path.StartsWithSegments("/_blazor") && !request.Path.StartsWithSegments("/api"));
        if (isForReader)
        {
            context.Response.Redirect(context.RedirectUri);
        }
        else
        {
            context.Response.StatusCode = status;
        }

        return Task.CompletedTask;
    }
}
