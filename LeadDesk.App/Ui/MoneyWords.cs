using System.Globalization;

namespace LeadDesk.App.Ui;

/// <summary>The words of money. Values are minor units of the desk's one currency; figures follow the reader's culture.</summary>
public static class MoneyWords
{
    private const string Sign = "€";
    private const string Name = "euro";

    /// <summary>"€ 12,400", "€ 12,400.50".</summary>
    public static string Full(long minor) => $"{Sign} {Figure(minor)}";

    /// <summary>As it is read out: "12,400 euro".</summary>
    public static string Spoken(long minor) => $"{Figure(minor)} {Name}";

    /// <summary>For sums: "€ 950", "€ 9.75 K", "€ 318 K", "€ 1.62 M"; three figures.</summary>
    public static string Short(long minor)
    {
        var major = Math.Round(minor / 100m, MidpointRounding.AwayFromZero);
        return Math.Abs(major) switch
        {
            < 1_000 => $"{Sign} {major.ToString("N0", CultureInfo.CurrentCulture)}",
            < 999_500 => $"{Sign} {Three(major / 1_000)} K",
            _ => $"{Sign} {Three(major / 1_000_000)} M",
        };
    }

    private static string Figure(long minor) => (minor / 100m).ToString(minor % 100 == 0 ? "N0" : "N2", CultureInfo.CurrentCulture);

    private static string Three(decimal figure) =>
        figure.ToString(Math.Abs(figure) switch { < 9.995m => "#,##0.##", < 99.95m => "#,##0.#", _ => "N0" }, CultureInfo.CurrentCulture);
}
