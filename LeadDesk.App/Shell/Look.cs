namespace LeadDesk.App.Shell;

/// <summary>What a browser remembers of the frame, in cookies so that the first frame is right and the static pages match.</summary>
/// <param name="Theme">"light", "dark" or "system".</param>
/// <param name="Nav">"open", "rail", or null for what the width gives.</param>
/// <param name="SingleKeys">Whether single keys act.</param>
public sealed record Look(string Theme, string? Nav, bool SingleKeys)
{
    public static Look Of(IRequestCookieCollection? cookies) => new(
        cookies?["ld-theme"] is "light" or "dark" ? cookies["ld-theme"]! : "system",
        cookies?["ld-nav"] is "open" or "rail" ? cookies["ld-nav"] : null,
        cookies?["ld-keys"] != "off");
}
