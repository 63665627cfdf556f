using System.Globalization;

namespace LeadDesk.App.Leads.Profile;

/// <summary>A value as the reader writes numbers; the fraction only where there is one.</summary>
internal static class ValueWords
{
    public static string Of(long minor) => (minor / 100m).ToString(minor % 100 == 0 ? "N0" : "N2", CultureInfo.CurrentCulture);
}
