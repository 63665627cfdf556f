using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Storage;

/// <summary>Stored; numbers never change.</summary>
public enum NotificationKind
{
    Assigned = 1,
    GoingStale = 2,
    Retired = 3,
    Unassigned = 4,
    Reassigned = 5,
    Nudged = 6,
    RequestWaiting = 10,
    RequestApproved = 11,
    RequestRejected = 12,
    RequestClosed = 13,
    RequestsOld = 14,
    SweepStopped = 20,
    PeriodChanged = 21,
    ImportDone = 22,
    JobDone = 23,
}

/// <summary>
/// One line in one person's inbox. It keeps ids and counts; the words are made when it is read. Acts of one batch fold into one line.
/// </summary>
public sealed class Notification
{
    /// <summary>The <see cref="Text"/> of a waiting request that takes its tag off.</summary>
    public const string TakesOff = "off";

    private Notification() { }

    public Notification(EmployeeId to, NotificationKind kind, DateTimeOffset at) => (EmployeeId, Kind, At, Count) = (to, kind, at, 1);

    public long Id { get; private set; }
    public EmployeeId EmployeeId { get; private set; }
    public NotificationKind Kind { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary>Whoever did it; none for the system.</summary>
    public EmployeeId? ById { get; init; }

    /// <summary>The lead, where it is about one; the first of them where it is about several.</summary>
    public LeadId? LeadId { get; init; }

    /// <summary>The lead's name as it was.</summary>
    public string? LeadName { get; init; }

    public BatchId? BatchId { get; init; }
    public TagId? TagId { get; init; }

    /// <summary>A comment, a file's name, figures; what the kind says. Of what retired: that no warning came before, where none did.</summary>
    public string? Text { get; init; }

    /// <summary>About how many leads it is.</summary>
    public int Count { get; set; }

    /// <summary>The leads it names, as JSON of at most 50 ids; only where it is about several.</summary>
    public string? Leads { get; set; }

    public DateTimeOffset? ReadAt { get; private set; }

    /// <summary>Once it was handed to the mail server, or was found not to need it.</summary>
    public DateTimeOffset? MailedAt { get; set; }

    public void Read(DateTimeOffset at) => ReadAt ??= at;

    /// <summary>More of the same came: unread again, also where it was read or mailed already.</summary>
    public void Grow(int leads, DateTimeOffset at) => (Count, At, ReadAt, MailedAt) = (Count + leads, at, null, null);
}
