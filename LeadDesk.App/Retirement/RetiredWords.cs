using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Retirement;

/// <summary>The sentences of the retired list.</summary>
public static class RetiredWords
{
    /// <summary>"first time", "2nd time".</summary>
    public static string Times(int times) => times <= 1 ? "first time" : string.Create(CultureInfo.InvariantCulture, $"{times}{Ending(times)} time");

    public static string Quiet(RetiredRow row) => $"quiet {TimeWords.Left(row.RetiredAt - row.QuietSince)}";

    /// <summary>"Wed 13:58, call", "Wed 11:19, no answer", "never".</summary>
    public static string LastActivity(RetiredRow row, Desk desk, DateTimeOffset now, TimeZoneInfo zone)
    {
        if (row.LastActivityAt is not { } at)
        {
            return "never";
        }

        var what = desk.CallTag(row.CallTagId)?.Name is { Length: > 0 } tag ? char.ToLower(tag[0], CultureInfo.CurrentCulture) + tag[1..] : row.LastActivityKind switch
        {
            LeadEventKind.Called => "call",
            LeadEventKind.CallTagApplied => "call tag",
            LeadEventKind.StageChanged => "stage",
            _ => "comment",
        };
        return $"{TimeWords.Moment(at, now, zone)}, {what}";
    }

    /// <summary>"Sweep 14:00 retired 31 leads".</summary>
    public static string Sweep(SweepReceipt sweep, DateTimeOffset now, TimeZoneInfo zone) => $"Sweep {TimeWords.Moment(sweep.At, now, zone)} retired {Leads(sweep.Leads)}";

    /// <summary>" of Luca and Jana: no activity for 5 days", " from 6 agents: no activity for 5 days".</summary>
    public static string Whose(SweepReceipt sweep, Desk desk, RetirementPolicy policy)
    {
        var names = sweep.From.Select(e => desk.Employee(e)?.FirstName).OfType<string>().ToList();
        var whose = names.Count switch { 0 => "", <= 2 => $" of {RetiredLot.Listed(names)}", _ => $" from {names.Count} agents" };
        return policy.PeriodAt(sweep.At) is { } period ? $"{whose}: no activity for {TimeWords.LeftInFull(period)}" : whose;
    }

    public static string Leads(int count) => count == 1 ? "1 lead" : $"{count.ToString("N0", CultureInfo.CurrentCulture)} leads";

    /// <summary>"9,240", and "10,000+" beyond what is counted.</summary>
    public static string Figure(int count) =>
        count > RetiredQuery.CountedTo ? $"{RetiredQuery.CountedTo.ToString("N0", CultureInfo.CurrentCulture)}+" : count.ToString("N0", CultureInfo.CurrentCulture);

    private static string Ending(int number) => (number % 100) is 11 or 12 or 13 ? "th" : (number % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" };
}
