using System.Globalization;
using System.Text;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Storage;

/// <summary>How text is compared in searches: without case, accents and, in numbers, without anything but digits.</summary>
public static class SearchFold
{
    public static string Of(Lead lead)
    {
        var parts = new[] { lead.Name, lead.Company, lead.ExternalId }.OfType<string>().Select(Text)
            .Concat(lead.Contacts.Select(c => c.Kind is ContactKind.Phone ? Digits(c.Comparable ?? c.Typed) : Text(c.Typed)))
            .Concat(lead.Contacts.Where(c => c.Kind is ContactKind.Phone && c.Comparable is not null).Select(c => Digits(c.Typed)));
        return string.Join('\n', parts.Where(p => p.Length > 0).Distinct());
    }

    /// <summary>What to look for: digits where the term is a phone number, folded text otherwise.</summary>
    public static string Term(string typed)
    {
        var isNumber = typed.Any(char.IsAsciiDigit) && typed.All(c => char.IsAsciiDigit(c) || c is '+' or ' ' or '-' or '/' or '(' or ')' or '.');
        return isNumber ? Digits(typed) : Text(typed.Trim());
    }

    public static string Text(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var rune in text.Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (Rune.GetUnicodeCategory(rune) is not UnicodeCategory.NonSpacingMark)
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.ToString().Normalize(NormalizationForm.FormC);
    }

    private static string Digits(string text) => string.Concat(text.Where(char.IsAsciiDigit));
}
