namespace LeadDesk.App.Access;

/// <summary>
/// A browser lets any page open a web socket to anywhere, with the cookies of there. What comes from another origin is refused;
/// programs, which send none, are not browsers.
/// </summary>
public sealed class ForeignOrigin(RequestDelegate next)
{
    public Task InvokeAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.Headers.Origin is [{ Length: > 0 } origin]
            && (request.Path.StartsWithSegments("/_blazor") || request.Path.StartsWithSegments("/hubs"))
            && !IsOwn(origin, request.Host))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }

        return next(context);
    }

    /// <summary>Host and port decide: behind a proxy that ends TLS the scheme differs.</summary>
    internal static bool IsOwn(string origin, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var uri)
        && uri.Scheme is "http" or "https"
        && string.Equals(uri.Host, host.Host, StringComparison.OrdinalIgnoreCase)
        && uri.Port == (host.Port ?? (uri.Scheme == "https" ? 443 : 80));
}
