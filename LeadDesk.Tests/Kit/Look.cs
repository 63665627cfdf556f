using Microsoft.Playwright;

namespace LeadDesk.Tests.Kit;

/// <summary>How a page is looked at: the size of the desk or of a phone, light or dark.</summary>
public sealed record Look(bool Wide, bool Dark)
{
    public static Look WideLight { get; } = new(Wide: true, Dark: false);
    public static Look WideDark { get; } = new(Wide: true, Dark: true);
    public static Look NarrowLight { get; } = new(Wide: false, Dark: false);
    public static Look NarrowDark { get; } = new(Wide: false, Dark: true);

    public static IReadOnlyList<Look> All { get; } = [WideLight, WideDark, NarrowLight, NarrowDark];

    /// <summary>As it ends a picture's name: <c>wide-light</c>.</summary>
    public override string ToString() => $"{(Wide ? "wide" : "narrow")}-{(Dark ? "dark" : "light")}";

    internal ViewportSize Size => Wide ? new() { Width = 1440, Height = 900 } : new() { Width = 390, Height = 844 };

    internal ColorScheme Scheme => Dark ? ColorScheme.Dark : ColorScheme.Light;
}
