using System.Globalization;

namespace LeadDesk.App.Shell;

/// <summary>How a counter of the navigation is written: as at most four figures, the import as per cent.</summary>
public static class Count
{
    public static string Of(string key, int count) =>
        key == "import" ? $"{count} %" : count > 9999 ? "9,999+" : count.ToString("N0", CultureInfo.CurrentCulture);
}
