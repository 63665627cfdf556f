using System.Globalization;

namespace LeadDesk.App.Assignment;

/// <summary>The sentences of the assign screen.</summary>
public static class AssignWords
{
    public static string Figure(int count) => count.ToString("N0", CultureInfo.CurrentCulture);

    /// <summary>"9,240", and "10,000+" beyond what is counted.</summary>
    public static string Counted(int count) => count > AssignQuery.CountedTo ? $"{Figure(AssignQuery.CountedTo)}+" : Figure(count);

    public static string Leads(int count) => count == 1 ? "1 lead" : $"{Figure(count)} leads";

    /// <summary>"2 of these 40 were taken meanwhile. 38 are yours to assign."</summary>
    public static string TakenMeanwhile(int left, int stay, string verb)
    {
        var gone = $"{Figure(left)} of these {Figure(left + stay)} {(left == 1 ? "was" : "were")} taken meanwhile.";
        return stay == 0 ? gone : $"{gone} {Figure(stay)} {(stay == 1 ? "is" : "are")} yours to {verb}.";
    }
}
