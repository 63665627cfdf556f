using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Grid;

/// <summary>The facts of a row in words, for one reader.</summary>
internal static class RowWords
{
    /// <summary>As it follows the time: ", call".</summary>
    public static string Activity(LeadEventKind? kind) => kind switch
    {
        LeadEventKind.Called => ", call",
        LeadEventKind.Commented => ", comment",
        LeadEventKind.StageChanged => ", stage",
        LeadEventKind.CallTagApplied => ", call tag",
        _ => "",
    };

    /// <summary>"today 15:00", "tomorrow", "Thu 26 Nov"; the day counts in the owner's zone, the time is said on the day itself.</summary>
    public static string FollowUp(LeadRow row) => row.FollowUpOn is { } day && day != row.Today ? TimeWords.Day(day, row.Today) : FollowUpInFull(row);

    public static string FollowUpInFull(LeadRow row) => row.FollowUpOn is not { } day ? "none"
        : TimeWords.Day(day, row.Today) + (row.FollowUpAt is { } at ? at.ToString(" HH:mm", CultureInfo.InvariantCulture) : "");

    /// <summary>A day as a reader in <paramref name="zone"/> says it: "today", "Thu 26 Nov".</summary>
    public static string Day(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone) =>
        TimeWords.Day(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).Date), DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date));
}
