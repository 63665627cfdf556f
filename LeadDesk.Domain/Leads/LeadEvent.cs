using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Domain.Leads;

/// <summary>
/// One thing that happened to a lead: the fact that a verb raised and the history row it becomes.
/// <see cref="FromId"/> and <see cref="ToId"/> are ids of what the kind is about: stages, owners, pools, tags, call tags, sources.
/// </summary>
public sealed class LeadEvent
{
    private LeadEvent() { }

    internal LeadEvent(LeadId lead, LeadEventKind kind, DateTimeOffset at, EmployeeId? actor, string? systemName, Cause cause, BatchId? batch, ClockVerdict verdict) =>
        (LeadId, Kind, At, ActorId, SystemName, Cause, BatchId, Verdict) = (lead, kind, at, actor, systemName, cause, batch, verdict);

    /// <summary>Numbered by the database in the order of commits on SQLite.</summary>
    public long Id { get; private set; }

    public LeadId LeadId { get; private set; }
    public LeadEventKind Kind { get; private set; }

    /// <summary>When the server received it, UTC.</summary>
    public DateTimeOffset At { get; private set; }

    /// <summary>None where the system acted; then <see cref="SystemName"/> says which part of it.</summary>
    public EmployeeId? ActorId { get; private set; }

    public string? SystemName { get; private set; }
    public Cause Cause { get; private set; }
    public BatchId? BatchId { get; private set; }
    public long? FromId { get; internal set; }
    public long? ToId { get; internal set; }

    /// <summary>What was written: the comment, the note of a call, the changed fields of an edit as JSON, the new follow-up.</summary>
    public string? Text { get; internal set; }

    public ClockVerdict Verdict { get; private set; }

    /// <summary>Where the clock stood after the event; none without an owner.</summary>
    public DateTimeOffset? ClockStart { get; internal set; }

    /// <summary>Of a call, in seconds.</summary>
    public int? DurationSeconds { get; internal set; }

    /// <summary>When a call took place, if that was said; the clock uses <see cref="At"/>.</summary>
    public DateTimeOffset? HappenedAt { get; internal set; }

    /// <summary>The lead's version after the event.</summary>
    public long LeadVersion { get; internal set; }
}
