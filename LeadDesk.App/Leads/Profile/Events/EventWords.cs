using System.Globalization;
using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Leads.Profile.Events;

/// <summary>The words for every kind of event, as a reader in <paramref name="zone"/> is told them.</summary>
internal sealed class EventWords(Desk desk, TimeZoneInfo zone, DateTimeOffset now)
{
    private const string Gone = "one that is gone";

    public static string Icon(LeadEventKind kind) => kind switch
    {
        LeadEventKind.Created => "plus",
        LeadEventKind.Assigned => "assign",
        LeadEventKind.Reassigned => "reassign",
        LeadEventKind.Unassigned => "unassign",
        LeadEventKind.Retired => "retired",
        LeadEventKind.Released or LeadEventKind.PoolChanged => "pool",
        LeadEventKind.StageChanged => "stage",
        LeadEventKind.Commented => "comment",
        LeadEventKind.Called => "call",
        LeadEventKind.CallTagApplied => "calltag",
        LeadEventKind.Tagged or LeadEventKind.Untagged => "tag",
        LeadEventKind.FollowUpSet => "followup",
        LeadEventKind.DetailsEdited => "edit",
        LeadEventKind.AlsoSeenFrom => "source",
        LeadEventKind.TagRequested => "waiting",
        LeadEventKind.RequestRejected or LeadEventKind.RequestWithdrawn or LeadEventKind.RequestClosed => "blocked",
        LeadEventKind.Warned => "stale",
        LeadEventKind.Nudged => "person",
        LeadEventKind.SweepDropped => "reset",
    };

    /// <param name="before">The event before it on the same lead, where that is known: it tells since when a retired lead had been quiet.</param>
    public EventLine Line(LeadEvent e, LeadEvent? before, EmployeeId? reader)
    {
        var (who, brief) = Who(e);
        return new(e.Id, e.At, e.Kind, who, brief, Text(e), Why(e, before), e.Verdict, reader is not null && e.ActorId == reader);
    }

    private EventText Text(LeadEvent e) => e.Kind switch
    {
        LeadEventKind.Created => new(e.Cause is Cause.Import ? "imported" : "created", true, "from", Source(e.ToId), "Created"),
        LeadEventKind.Assigned => new("assigned", true, "to", Employee(e.ToId), $"Assigned to {FirstName(e.ToId)}"),
        LeadEventKind.Reassigned when e.FromId == e.ToId => new("gave", true, "back to", Employee(e.ToId), $"Back with {FirstName(e.ToId)}"),
        LeadEventKind.Reassigned => new("reassigned", true, e.FromId is null ? "to" : $"from {Employee(e.FromId)} to", Employee(e.ToId), $"Reassigned to {FirstName(e.ToId)}"),
        LeadEventKind.Unassigned => new("unassigned", true, "from", Employee(e.FromId), $"Unassigned from {FirstName(e.FromId)}"),
        LeadEventKind.Retired => new("retired", true, "from", Employee(e.FromId), $"Retired from {FirstName(e.FromId)}"),
        LeadEventKind.Released => new("released", true, "to pool", Pool(e.ToId), $"Released to pool {Pool(e.ToId)}"),
        LeadEventKind.StageChanged => new("moved", true, $"from {Stage(e.FromId)} to", Stage(e.ToId), $"Set stage {Stage(e.ToId)}"),
        LeadEventKind.Commented => new("commented", false, null, null, "Commented", e.Text),
        LeadEventKind.Called => new(e.ToId is null ? "called" : "called,", false, null, e.ToId is null ? null : CallTag(e.ToId), "Logged a call", e.Text, AboutCall(e)),
        LeadEventKind.CallTagApplied => new("applied call tag", false, null, CallTag(e.ToId), $"Applied call tag {CallTag(e.ToId)}"),
        LeadEventKind.Tagged => new("tagged", true, "with", Tag(e.ToId), $"Put on tag {Tag(e.ToId)}"),
        LeadEventKind.Untagged => new("took off tag", false, null, Tag(e.FromId), $"Took off tag {Tag(e.FromId)}"),
        LeadEventKind.FollowUpSet when e.Text is null => new("took the follow-up off", false, null, null, "Took the follow-up off"),
        LeadEventKind.FollowUpSet => new("set the follow-up to", false, null, FollowUp(e.Text!), "Set a follow-up"),
        LeadEventKind.DetailsEdited => Edited(e.Text),
        LeadEventKind.PoolChanged => new("moved", true, e.FromId is null ? "to pool" : $"from pool {Pool(e.FromId)} to", Pool(e.ToId), $"Moved to pool {Pool(e.ToId)}"),
        LeadEventKind.AlsoSeenFrom => new("saw", true, "again from", Source(e.ToId), $"Also seen from {Source(e.ToId)}"),
        LeadEventKind.TagRequested => Wish(e, "asked to", "Asked to"),
        LeadEventKind.RequestRejected => Wish(e, "rejected the wish to", "Rejected: to"),
        LeadEventKind.RequestWithdrawn => Wish(e, "withdrew the wish to", "Withdrew: to"),
        LeadEventKind.RequestClosed => Wish(e, "closed the wish to", "Closed: to"),
        LeadEventKind.Warned => new("warned the owner of", true, null, null, "Warned", More: e.HappenedAt is { } due ? $"Retires {TimeWords.MomentInFull(due, now, zone)}. Once per clock period." : null),
        LeadEventKind.Nudged => new("nudged", false, null, Employee(e.ToId), $"Nudged {FirstName(e.ToId)}"),
        LeadEventKind.SweepDropped => new("dropped a sweep that would have retired", true, null, null, "Dropped a sweep"),
    };

    private EventText Wish(LeadEvent e, string verb, string brief)
    {
        var (way, tag) = e.ToId is null ? ("take off", Tag(e.FromId)) : ("put on", Tag(e.ToId));
        return new($"{verb} {way}", false, null, tag, $"{brief} {way} {tag}", e.Text);
    }

    private (string Full, string Short) Who(LeadEvent e) =>
        desk.Employee(e.ActorId) is { } employee ? (employee.Name, employee.FirstName)
        : e.ActorId is not null ? ("Somebody", "Somebody")
        : e.Kind is LeadEventKind.Retired or LeadEventKind.Warned ? ("The sweep", "The sweep")
        : ("The desk", "The desk");

    private string? Why(LeadEvent e, LeadEvent? before) => e switch
    {
        { Kind: LeadEventKind.Retired } => Full(
            before?.ClockStart is { } since ? $"Quiet for {TimeWords.Left(e.At - since)}, since {TimeWords.MomentInFull(since, now, zone)}" : "Quiet for the whole inactivity period", e.Text),
        { Kind: LeadEventKind.SweepDropped } => null,
        { Cause: Cause.Bulk } => "One of many leads in one act.",
        { Cause: Cause.Import, Kind: not LeadEventKind.Created } => "By an import.",
        { Cause: Cause.Workflow } => "By a tag workflow.",
        { Cause: Cause.Program } => "By a program.",
        _ => null,
    };

    private static string Full(params string?[] sentences) => string.Concat(sentences.Where(s => s is not null).Select((s, i) => i == 0 ? $"{s}." : $" {s}."));

    private string? AboutCall(LeadEvent e)
    {
        var parts = new[]
        {
            e.DurationSeconds is { } s and > 0 ? TimeWords.Left(TimeSpan.FromSeconds(s)) : null,
            e.HappenedAt is { } at ? $"took place {TimeWords.MomentInFull(at, now, zone)}" : null,
        };
        var said = string.Join(", ", parts.Where(p => p is not null));
        return said.Length == 0 ? null : said;
    }

    private static EventText Edited(string? json)
    {
        var changes = json is null ? [] : JsonSerializer.Deserialize<List<FieldChange>>(json) ?? [];
        var fields = string.Join(", ", changes.Select(c => LowerFirst(c.Field)));
        return new("edited", false, null, fields.Length == 0 ? "details" : fields, "Edited details",
            More: changes.Count == 0 ? null : string.Join(" · ", changes.Select(c => $"{c.Field}: {Or(c.From)} → {Or(c.To)}")));

        static string Or(string? text) => string.IsNullOrEmpty(text) ? "none" : text;
        static string LowerFirst(string text) => text.Length == 0 ? text : char.ToLowerInvariant(text[0]) + text[1..];
    }

    /// <summary>From what the domain wrote: a date, or a date and a time.</summary>
    private string FollowUp(string written)
    {
        var parts = written.Split(' ');
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).Date);
        return DateOnly.TryParseExact(parts[0], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? string.Join(' ', [TimeWords.Day(day, today), .. parts.Skip(1)])
            : written;
    }

    private string Employee(long? id) => id is { } i ? desk.Employee(new EmployeeId(i))?.Name ?? Gone : Gone;
    private string FirstName(long? id) => id is { } i ? desk.Employee(new EmployeeId(i))?.FirstName ?? Gone : Gone;
    private string Stage(long? id) => id is { } i ? desk.Stage(new(i))?.Name ?? Gone : Gone;
    private string Pool(long? id) => id is { } i ? desk.Pool(new PoolId(i))?.Name ?? Gone : Gone;
    private string Source(long? id) => id is { } i ? desk.Source(new(i))?.Name ?? Gone : Gone;
    private string Tag(long? id) => id is { } i ? desk.Tag(new(i))?.Name ?? Gone : Gone;
    private string CallTag(long? id) => id is { } i ? desk.CallTag(new CallTagId(i))?.Name ?? Gone : Gone;
}
