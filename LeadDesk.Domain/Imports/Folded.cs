using System.Text;

namespace LeadDesk.Domain.Imports;

/// <summary>How headers, countries and words of cells are compared: letters and digits only, without case and accents.</summary>
public static class Folded
{
    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(c))
            {
                folded.Append(char.ToLowerInvariant(c));
            }
        }

        return folded.Replace("ß", "ss").ToString();
    }
}
