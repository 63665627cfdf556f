using System.Globalization;
using System.Text;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Storage;

/// <summary>How text is compared in searches: without case, accents and, in numbers, without anything but digits.</summary>
public static class SearchFold
{
    // Letters whose stroke or ligature is no accent that normalising would take off.
    private static readonly Dictionary<string, string> _plainer = new() { ["ß"] = "ss", ["æ"] = "ae", ["œ"] = "oe", ["ø"] = "o", ["ł"] = "l", ["đ"] = "d", ["ı"] = "i" };

    public static string Of(Lead lead)
    {
        var parts = new[] { lead.Name, lead.Company, lead.ExternalId }.OfType<string>().Select(Text)
            .Concat(lead.Contacts.Select(c => c.Kind is ContactKind.Phone ? Digits(c.Comparable ?? c.Typed) : Text(c.Typed)))
            .Concat(lead.Contacts.Where(c => c.Kind is ContactKind.Phone && c.Comparable is not null).Select(c => Digits(c.Typed)));
        return string.Join('\n', parts.Where(p => p.Length > 0).Distinct());
    }

    /// <summary>In one line, with single spaces.</summary>
    public static string Text(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in Sound(text).Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.IsWhiteSpace(rune) || Rune.IsControl(rune))
            {
                folded.Append(folded.Length == 0 || folded[^1] == ' ' ? "" : " ");
            }
            else if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                var letter = Rune.ToLowerInvariant(rune).ToString();
                folded.Append(_plainer.GetValueOrDefault(letter, letter));
            }
        }

        return folded.ToString().TrimEnd(' ').Normalize(NormalizationForm.FormC);
    }

    public static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));

    /// <summary>Halves of a character, and numbers that are none, stop normalising and databases alike.</summary>
    private static string Sound(string text) =>
        text.Any(c => char.IsSurrogate(c) || c >= '\ufffe')
            ? string.Concat(text.EnumerateRunes().Select(r => r.Value is 0xfffe or 0xffff ? Rune.ReplacementChar : r))
            : text;
}
