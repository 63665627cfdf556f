using System.Globalization;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Notifications;

/// <summary>Every kind of notification in one sentence, for a reader in <paramref name="zone"/>.</summary>
internal sealed class NotificationWords(Desk desk, TimeZoneInfo zone, DateTimeOffset now)
{
    public static string Icon(NotificationKind kind) => kind switch
    {
        NotificationKind.Assigned => "assign",
        NotificationKind.GoingStale => "stale",
        NotificationKind.Retired => "retired",
        NotificationKind.Unassigned => "unassign",
        NotificationKind.Reassigned => "reassign",
        NotificationKind.Nudged => "person",
        NotificationKind.RequestWaiting => "approvals",
        NotificationKind.RequestApproved => "check",
        NotificationKind.RequestRejected => "close",
        NotificationKind.RequestClosed => "info",
        NotificationKind.RequestsOld => "waiting",
        NotificationKind.SweepStopped => "warn",
        NotificationKind.PeriodChanged => "reset",
        NotificationKind.ImportDone => "import",
        NotificationKind.JobDone => "done",
    };

    /// <param name="n">Where several are folded, the newest of them.</param>
    /// <param name="count">What all of them count together.</param>
    public string Sentence(Notification n, int count, NoticeFacts facts) => n.Kind switch
    {
        NotificationKind.Assigned => $"{Who(n)} assigned you {(count == 1 ? n.LeadName : Leads(count))}",
        NotificationKind.GoingStale when count > 1 => $"{Leads(count)} of yours go stale",
        NotificationKind.GoingStale => Left(facts) is { } left ? $"{n.LeadName} goes stale: {left} left" : $"{n.LeadName} was going stale",
        NotificationKind.Retired => $"{(count == 1 ? $"{n.LeadName} retired from you at {Time(n.At)}" : $"{Leads(count)} retired from you, {Time(n.At)}")}{(n.Text is null ? "" : ", without a warning")}",
        NotificationKind.Unassigned => $"{Who(n)} unassigned {(count == 1 ? n.LeadName : Leads(count))} from you",
        NotificationKind.Reassigned => $"{Who(n)} gave {(count == 1 ? $"your lead {n.LeadName}" : $"{Leads(count)} of yours")} to someone else",
        NotificationKind.Nudged when count > 1 => $"{Who(n)} nudges you: {Leads(count)}",
        NotificationKind.Nudged => $"{Who(n)} nudges you: {n.LeadName}{(Left(facts) is { } left ? $", {left} left" : "")}",
        NotificationKind.RequestWaiting when count > 1 => $"{count.ToString("N0", CultureInfo.CurrentCulture)} requests came in",
        NotificationKind.RequestWaiting => n.Text == Notification.TakesOff ? $"{Who(n)} asks to take {Tag(n)} off {n.LeadName}" : $"{Who(n)} asks to put {Tag(n)} on {n.LeadName}",
        NotificationKind.RequestApproved => count == 1 ? $"{Tag(n)} on {n.LeadName} approved by {Who(n)}" : $"{Requests(count)} approved by {Who(n)}",
        NotificationKind.RequestRejected => $"{(count == 1 ? $"{Tag(n)} on {n.LeadName} rejected" : $"{Requests(count)} rejected by {Who(n)}")}: “{n.Text}”",
        NotificationKind.RequestClosed => $"{(count == 1 ? $"{Tag(n)} on {n.LeadName} closed itself" : $"{Requests(count)} closed themselves")}{Why(n.Text)}",
        NotificationKind.RequestsOld => count == 1 ? "1 request waits too long" : $"{count.ToString("N0", CultureInfo.CurrentCulture)} requests wait too long",
        NotificationKind.SweepStopped => Stopped(n, facts.Stop),
        NotificationKind.PeriodChanged => n.Text ?? "The inactivity period changed",
        NotificationKind.ImportDone or NotificationKind.JobDone => n.Text ?? Done(facts.Batch),
    };

    /// <summary>Where the line leads. A lead that was taken away can be looked at for ten minutes more.</summary>
    public string Href(Notification n, int count, NoticeFacts facts) => n.Kind switch
    {
        NotificationKind.Assigned when count > 1 => $"leads{LeadAddress.Query(new() { View = LeadView.Fresh })}",
        NotificationKind.GoingStale when count > 1 => "stale",
        NotificationKind.Nudged when count > 1 => "stale",
        NotificationKind.Retired or NotificationKind.Unassigned or NotificationKind.Reassigned when count > 1 || now - n.At >= Domain.Leads.Lead.LastWords => "leads",
        NotificationKind.RequestWaiting or NotificationKind.RequestsOld => "approvals",
        NotificationKind.RequestApproved or NotificationKind.RequestRejected or NotificationKind.RequestClosed when count > 1 => "leads",
        NotificationKind.SweepStopped => "stale",
        NotificationKind.PeriodChanged => "stale",
        NotificationKind.ImportDone => "import",
        NotificationKind.JobDone => facts.Batch?.Kind switch
        {
            BatchKind.Assign or BatchKind.Unassign => "assign",
            BatchKind.Reassign or BatchKind.Release => "retired",
            BatchKind.DropSweep => "stale",
            _ => "leads",
        },
        _ => n.LeadId is { } lead ? $"leads/{lead.Value}" : "leads",
    };

    /// <summary>"4 d 6 h"; none where the lead was worked since, or is not the reader's any more.</summary>
    private string? Left(NoticeFacts facts) =>
        facts.Lead is { WarnedAt: not null } lead && desk.Clock(lead.ClockStart, lead.StageId, now) is { Step: TimeLeftStep.GoingStale or TimeLeftStep.Due } clock ? TimeWords.Left(clock.RetiresAt - now) : null;

    private static string Stopped(Notification n, SweepStop? stop)
    {
        var why = stop?.Reason is null or BrakeReason.TooMany ? "Sweep stopped" : "Sweep stopped, the server's clock is in doubt";
        var of = stop is null ? "" : string.Create(CultureInfo.CurrentCulture, $" of {stop.Assigned:N0}");
        return string.Create(CultureInfo.CurrentCulture, $"{why}: it would retire {n.Count:N0}{of} {(n.Count == 1 && stop is null ? "lead" : "leads")}. Let it run or drop it.");
    }

    private string Done(Batch? batch)
    {
        if (batch is null)
        {
            return "A job of yours is over";
        }

        if (batch.Kind is not BatchKind.Import)
        {
            return BatchWords.Over(BatchView.Of(batch, desk));
        }

        var (file, over) = (ImportOrder.Of(batch.Order).FileName, batch.State switch { BatchState.Stopped => "stopped", BatchState.Failed => "failed", _ => "done" });
        return $"Import {file} {over}: {(batch.State is BatchState.Failed && batch.Trouble is { } trouble ? $"{trouble} {ImportWords.Result(batch)}" : ImportWords.Result(batch))}";
    }

    private string Who(Notification n) => desk.Employee(n.ById)?.FirstName ?? (n.ById is null ? "The desk" : "Somebody");

    private string Tag(Notification n) => n.TagId is { } id && desk.Tag(id) is { } tag ? tag.Name : "Your request";

    private string Time(DateTimeOffset at) => TimeWords.Moment(at, now, zone);

    private static string Why(string? text) => text is { Length: > 0 } why ? $": {(why.StartsWith("The ", StringComparison.Ordinal) ? $"t{why[1..]}" : why).TrimEnd('.')}" : "";

    private static string Leads(int count) => count == 1 ? "1 lead" : string.Create(CultureInfo.CurrentCulture, $"{count:N0} leads");

    private static string Requests(int count) => string.Create(CultureInfo.CurrentCulture, $"{count:N0} of your requests");
}
