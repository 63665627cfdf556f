using System.Globalization;

namespace LeadDesk.App.Ui;

/// <summary>The words of time: what is left, how long ago, and when. The module time.js says the same words while time passes.</summary>
public static class TimeWords
{
    public const string DueNow = "due now";

    /// <summary>"4 d 6 h", "7 h 20 min", "42 min", "under a minute", "due now"; rounded down.</summary>
    /// <param name="left">How long until the moment.</param>
    /// <param name="card">Cards drop the minutes above twelve hours: "18 h".</param>
    public static string Left(TimeSpan left, bool card = false) => left switch
    {
        { Ticks: <= 0 } => DueNow,
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => $"{left.Minutes} min",
        { TotalHours: < 24 } when card && left.TotalHours >= 12 => $"{left.Hours} h",
        { TotalHours: < 24 } => Two(left.Hours, "h", left.Minutes, "min"),
        _ => Two(left.Days, "d", left.Hours, "h"),
    };

    /// <summary>The same in full: "7 hours 20 minutes".</summary>
    public static string LeftInFull(TimeSpan left) => left switch
    {
        { Ticks: <= 0 } => DueNow,
        { TotalMinutes: < 1 } => "under a minute",
        { TotalHours: < 1 } => Many(left.Minutes, "minute"),
        { TotalHours: < 24 } => Full(left.Hours, "hour", left.Minutes, "minute"),
        _ => Full(left.Days, "day", left.Hours, "hour"),
    };

    /// <summary>"Retires today at 21:32, in 7 hours 20 minutes".</summary>
    public static string Retires(DateTimeOffset due, DateTimeOffset now, TimeZoneInfo zone, string verb = "Retires") =>
        due <= now ? "Due now, leaves with the next sweep" : $"{verb} {MomentInFull(due, now, zone)}, in {LeftInFull(due - now)}";

    /// <summary>As the end of a card's name: "retires in 7 hours 20 minutes, going stale".</summary>
    public static string Spoken(TimeSpan left, TimeStep step) => step switch
    {
        TimeStep.Due => "retires now, due",
        TimeStep.Stale => $"retires in {LeftInFull(left)}, going stale",
        TimeStep.Old => $"retires in {LeftInFull(left)}, getting old",
        TimeStep.Plenty or TimeStep.Ok => $"retires in {LeftInFull(left)}",
    };

    /// <summary>"4 s ago", "20 min ago", "7 h ago", "3 d ago"; "now" within the second.</summary>
    public static string Ago(TimeSpan since) => since switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 1 } => $"{since.Seconds} s ago",
        { TotalHours: < 1 } => $"{since.Minutes} min ago",
        { TotalDays: < 1 } => $"{since.Hours} h ago",
        _ => string.Create(CultureInfo.InvariantCulture, $"{since.Days} d ago"),
    };

    /// <summary>A moment as a reader in <paramref name="zone"/> says it: "13:58" today, "Wed 16:05" within six days either way, "18 Nov" or "18 Nov 2025" beyond.</summary>
    public static string Moment(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (there, here) = (TimeZoneInfo.ConvertTime(at, zone), TimeZoneInfo.ConvertTime(now, zone));
        return Math.Abs((there.Date - here.Date).Days) switch
        {
            0 => Say(there, "HH:mm"),
            < 7 => Say(there, "ddd HH:mm"),
            _ when there.Year == here.Year => Say(there, "d MMM"),
            _ => Say(there, "d MMM yyyy"),
        };
    }

    /// <summary>"today at 21:32", "tomorrow at 09:10", "Thu 26 Nov at 11:20".</summary>
    public static string MomentInFull(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var there = TimeZoneInfo.ConvertTime(at, zone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return $"{Day(DateOnly.FromDateTime(there.Date), today)} at {Say(there, "HH:mm")}";
    }

    /// <summary>"today", "tomorrow", "yesterday", "Thu 26 Nov", "Thu 26 Nov 2027".</summary>
    public static string Day(DateOnly day, DateOnly today) => (day.DayNumber - today.DayNumber) switch
    {
        0 => "today",
        1 => "tomorrow",
        -1 => "yesterday",
        _ when day.Year == today.Year => day.ToString("ddd d MMM", CultureInfo.InvariantCulture),
        _ => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture),
    };

    private static string Say(DateTimeOffset at, string format) => at.ToString(format, CultureInfo.InvariantCulture);

    private static string Two(int big, string bigs, int small, string smalls) => small == 0 ? $"{big} {bigs}" : $"{big} {bigs} {small} {smalls}";

    private static string Full(int big, string bigs, int small, string smalls) => small == 0 ? Many(big, bigs) : $"{Many(big, bigs)} {Many(small, smalls)}";

    private static string Many(int count, string word) => count == 1 ? $"1 {word}" : $"{count} {word}s";
}
