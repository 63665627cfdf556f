using System.Globalization;

namespace LeadDesk.App.Leads;

/// <summary>Countries by ISO code and languages by BCP 47 tag, by the names people type.</summary>
public static class Places
{
    private const int Shown = 12;

    private static readonly Lazy<Dictionary<string, string>> _countries = new(() => CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(c => new RegionInfo(c.Name)).Where(r => r.TwoLetterISORegionName.Length == 2 && char.IsAsciiLetterUpper(r.TwoLetterISORegionName[0]))
        .DistinctBy(r => r.TwoLetterISORegionName).ToDictionary(r => r.TwoLetterISORegionName, r => r.EnglishName));

    private static readonly Lazy<Dictionary<string, string>> _languages = new(() => CultureInfo.GetCultures(CultureTypes.NeutralCultures)
        .Where(c => c.Name.Length is 2 or 3).DistinctBy(c => c.Name).ToDictionary(c => c.Name, c => c.EnglishName));

    /// <summary>The name, or the code itself where it has none.</summary>
    public static string Country(string code) => _countries.Value.GetValueOrDefault(code, code);

    public static string Language(string tag) => _languages.Value.GetValueOrDefault(tag, tag);

    public static IEnumerable<string> FindCountries(string? text) => Find(_countries.Value, text);

    public static IEnumerable<string> FindLanguages(string? text) => Find(_languages.Value, text);

    /// <summary>Codes of names that begin with the text, then of those that have it inside; the code itself counts too.</summary>
    private static IEnumerable<string> Find(Dictionary<string, string> names, string? text)
    {
        var typed = text?.Trim() ?? "";
        return names.Select(n => (Code: n.Key, Name: n.Value, At: n.Key.Equals(typed, StringComparison.OrdinalIgnoreCase) ? -1
                : CultureInfo.InvariantCulture.CompareInfo.IndexOf(n.Value, typed, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace)))
            .Where(n => n.At >= -1 && (n.At >= 0 || n.Code.Equals(typed, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(n => Math.Min(n.At, 1)).ThenBy(n => n.Name, StringComparer.Ordinal).Take(Shown).Select(n => n.Code);
    }
}
