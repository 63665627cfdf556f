using System.Globalization;

namespace LeadDesk.Domain.Imports;

/// <summary>What a cell means where it is more than text. Null where it is not that.</summary>
public static class CellText
{
    private static readonly HashSet<string> _yes = Words("yes, y, true, t, 1, x, on, ja, j, wahr, oui, o, vrai, si, s, verdadero");
    private static readonly HashSet<string> _no = Words("no, n, false, f, 0, off, nein, falsch, non, faux, falso, nein danke");
    private static readonly Lazy<Dictionary<string, string>> _languages = new(Languages);

    public static bool? YesOrNo(string text)
    {
        var word = Folded.Of(text);
        return _yes.Contains(word) ? true : _no.Contains(word) ? false : null;
    }

    /// <summary>
    /// An amount of money in minor units: "4200", "1,234.50", "1.234,50 €", "USD 12 000". The last point or comma is the decimal one when one or
    /// two digits follow it.
    /// </summary>
    public static long? Minor(string text)
    {
        var figures = string.Concat(text.Where(c => char.IsAsciiDigit(c) || c is '.' or ',' or '-'));
        var rest = text.Where(c => !char.IsAsciiDigit(c) && c is not ('.' or ',' or '-' or '\'' or '’') && !char.IsWhiteSpace(c)).ToArray();
        if (rest.Length > 3 || !Array.TrueForAll(rest, c => char.IsLetter(c) || char.GetUnicodeCategory(c) is UnicodeCategory.CurrencySymbol))
        {
            return null;
        }

        var last = figures.LastIndexOfAny(['.', ',']);
        var decimals = last < 0 ? 0 : figures.Length - last - 1;
        var isDecimal = decimals is 1 or 2 && figures.Count(c => c == figures[last]) == 1;
        var plain = isDecimal ? $"{Digits(figures[..last])}.{figures[(last + 1)..]}" : Digits(figures);
        return decimal.TryParse(plain, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            && Math.Abs(amount) < long.MaxValue / 100m
            ? (long)(amount * 100)
            : null;

        static string Digits(string figures) => figures.Replace(".", "", StringComparison.Ordinal).Replace(",", "", StringComparison.Ordinal);
    }

    /// <summary>0 to 100; "87" and "87.4".</summary>
    public static int? Score(string text) =>
        decimal.TryParse(text.Trim().TrimEnd('%'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 100
            ? (int)Math.Round(score)
            : null;

    /// <summary>A BCP 47 tag: "en-GB" as it stands, "English" and "Deutsch" as "en" and "de".</summary>
    public static string? Language(string text) => _languages.Value.GetValueOrDefault(text.Trim().Replace('_', '-'));

    /// <summary>An IANA id; Windows names are translated.</summary>
    public static string? TimeZone(string text)
    {
        text = text.Trim();
        return text.Contains('/', StringComparison.Ordinal) || text is "UTC" or "GMT" ? TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone) ? zone.Id : null
            : TimeZoneInfo.TryConvertWindowsIdToIanaId(text, out var iana) ? iana
            : null;
    }

    private static HashSet<string> Words(string list) => [.. list.Split(',').Select(Folded.Of)];

    private static Dictionary<string, string> Languages()
    {
        var tags = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var culture in CultureInfo.GetCultures(CultureTypes.AllCultures).Where(c => c.Name.Length > 0).OrderBy(c => c.Name.Length))
        {
            tags.TryAdd(culture.Name, culture.Name);
            if (culture.IsNeutralCulture)
            {
                tags.TryAdd(culture.EnglishName, culture.Name);
                tags.TryAdd(culture.NativeName, culture.Name);
            }
        }

        return tags;
    }
}
