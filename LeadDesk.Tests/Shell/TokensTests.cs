using System.Globalization;
using System.Text.RegularExpressions;
using LeadDesk.App.Shell;
using MudBlazor;

namespace LeadDesk.Tests.Shell;

/// <summary>Reads the shipped tokens.css and recomputes what design/UI.md 2 and 3 promise about them.</summary>
public sealed partial class TokensTests
{
    private static readonly string Css = File.ReadAllText(FindTokens());

    private static readonly Dictionary<string, string> Light = Read(":root {");
    private static readonly Dictionary<string, string> Dark = Read("html[data-theme=\"dark\"] {");

    [Theory]
    [InlineData("text", "card", 16.2, 14.5)]
    [InlineData("text-2", "card", 6.6, 7.8)]
    [InlineData("control", "card", 3.3, 4.1)]
    [InlineData("accent", "card", 6.2, 7.7)]
    [InlineData("on-accent", "accent", 6.2, 8.4)]
    [InlineData("soft-text", "soft", 6.9, 8.6)]
    [InlineData("won", "won-soft", 5.9, 8.4)]
    [InlineData("stale", "stale-soft", 5.4, 7.6)]
    [InlineData("due", "due-soft", 5.7, 7.3)]
    [InlineData("old", "card", 6.9, 10.4)]
    public void A_pair_has_the_contrast_the_design_names(string ink, string ground, double light, double dark)
    {
        Assert.Equal(light, Contrast(Light[ink], Light[ground]), 0.06);
        Assert.Equal(dark, Contrast(Dark[ink], Dark[ground]), 0.06);
    }

    [Theory]
    [InlineData("text", 13.9, 12.3)]
    [InlineData("text-2", 5.6, 6.6)]
    public void Text_is_readable_on_the_worst_ground_it_may_stand_on(string ink, double light, double dark)
    {
        string[] grounds = ["page", "card", "well", "nav", "soft"];

        Assert.InRange(grounds.Min(g => Contrast(Light[ink], Light[g])), light - 0.06, 21);
        Assert.InRange(grounds.Min(g => Contrast(Dark[ink], Dark[g])), dark - 0.06, 21);
    }

    [Theory]
    [InlineData("fuse-calm", "card")]
    [InlineData("fuse-stale", "card")]
    [InlineData("fuse-due", "card")]
    [InlineData("fuse-old", "card")]
    [InlineData("accent", "page")]
    public void A_mark_without_words_stands_out_three_to_one(string ink, string ground)
    {
        Assert.InRange(Contrast(Light[ink], Light[ground]), 3, 21);
        Assert.InRange(Contrast(Dark[ink], Dark[ground]), 3, 21);
    }

    [Theory]
    [InlineData("stale", "card")]
    [InlineData("due", "card")]
    [InlineData("old", "well")]
    [InlineData("stale", "well")]
    [InlineData("due", "well")]
    [InlineData("won", "card")]
    [InlineData("float-text", "float")]
    [InlineData("float-act", "float")]
    public void Words_read_four_and_a_half_to_one_wherever_they_stand(string ink, string ground)
    {
        Assert.InRange(Contrast(Light[ink], Light[ground]), 4.5, 21);
        Assert.InRange(Contrast(Dark[ink], Dark[ground]), 4.5, 21);
    }

    [Fact]
    public void The_system_setting_shows_the_same_dark_as_the_chosen_one()
    {
        var bySystem = Read("html:not([data-theme=\"light\"], [data-theme=\"dark\"]) {");

        Assert.NotEmpty(bySystem);
        Assert.Equal(Dark, bySystem);
    }

    [Fact]
    public void Every_colour_has_its_dark()
    {
        Assert.Equal(Light.Keys.Order(), Dark.Keys.Order());
        Assert.InRange(Light.Count, 30, 60);
    }

    [Fact]
    public void The_triples_say_the_same_as_their_colours()
    {
        foreach (var (name, value) in Triples().Matches(Css).Select(m => (m.Groups[1].Value, m.Groups[2].Value)))
        {
            var spelled = value.Split(',').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
            var hex = $"#{spelled[0]:X2}{spelled[1]:X2}{spelled[2]:X2}";
            Assert.Contains(hex, new[] { Light[name], Dark[name] });
        }
    }

    [Fact]
    public void The_theme_of_the_components_is_the_tokens()
    {
        Same(Theme.Desk.PaletteLight, Light);
        Same(Theme.Desk.PaletteDark, Dark);
    }

    private static void Same(Palette palette, Dictionary<string, string> tokens)
    {
        (string Token, MudBlazor.Utilities.MudColor Colour)[] pairs =
        [
            ("page", palette.Background), ("card", palette.Surface), ("card", palette.AppbarBackground), ("well", palette.BackgroundGray),
            ("nav", palette.DrawerBackground), ("line", palette.LinesDefault), ("line", palette.TableLines), ("line", palette.Divider),
            ("control", palette.LinesInputs), ("text", palette.TextPrimary), ("text-2", palette.TextSecondary), ("text-2", palette.DrawerText),
            ("accent", palette.Primary), ("on-accent", palette.PrimaryContrastText), ("won", palette.Success), ("stale", palette.Warning),
            ("due", palette.Error), ("text-2", palette.Secondary), ("text-2", palette.Tertiary), ("accent", palette.Info),
        ];
        foreach (var (token, colour) in pairs)
            Assert.Equal(tokens[token], colour.ToString(MudBlazor.Utilities.MudColorOutputFormats.Hex).ToUpperInvariant());
        Assert.StartsWith(tokens["soft"], palette.TableHover.ToString(MudBlazor.Utilities.MudColorOutputFormats.HexA).ToUpperInvariant(), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Read(string opening)
    {
        var start = Css.IndexOf(opening, StringComparison.Ordinal);
        Assert.True(start >= 0, $"tokens.css has no block {opening}");
        var block = Css[start..Css.IndexOf('}', start)];
        return Colours().Matches(block).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.ToUpperInvariant());
    }

    private static double Contrast(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string hex)
    {
        double Channel(int at)
        {
            var c = int.Parse(hex.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4);
        }

        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    private static string FindTokens()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LeadDesk.sln"))) folder = folder.Parent!;
        return Path.Combine(folder.FullName, "LeadDesk.App", "wwwroot", "tokens.css");
    }

    [GeneratedRegex(@"--ld-([a-z0-9-]+): (#[0-9A-F]{6});")]
    private static partial Regex Colours();

    [GeneratedRegex(@"--ld-([a-z0-9-]+)-rgb: ([0-9, ]+);")]
    private static partial Regex Triples();
}
