using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Batches;

/// <summary>Stored; numbers never change.</summary>
public enum BatchKind
{
    Assign = 1,
    Unassign = 2,
    Reassign = 3,
    Release = 4,
    SetStage = 5,
    Tag = 6,
    Untag = 7,
    Sweep = 8,
    Import = 9,
    SetFollowUp = 10,
    MoveToPool = 11,
    DropSweep = 12,
}

/// <summary>Stored; numbers never change.</summary>
public enum BatchState
{
    Waiting = 1,
    Running = 2,
    Done = 3,
    Stopped = 4,
    Failed = 5,
}

/// <summary>
/// A bulk act with its receipt. What is over 500 leads runs as a stored job: <see cref="Cursor"/> moves in the transaction of each chunk,
/// so that a killed job goes on where it stood.
/// </summary>
public sealed class Batch
{
    /// <summary>So many leads are one transaction; an act on more is a job.</summary>
    public const int ChunkSize = 500;

    private Batch() { }

    public BatchId Id { get; private set; }
    public BatchKind Kind { get; private set; }
    public BatchState State { get; private set; }
    public EmployeeId? ById { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset? FinishedAt { get; private set; }

    /// <summary>What was asked, as JSON of the act's own record.</summary>
    public string Order { get; private set; } = "{}";

    /// <summary>The act's own mark of how far it came; null before the first chunk.</summary>
    public string? Cursor { get; private set; }

    public int Total { get; private set; }
    public int Done { get; private set; }
    public int Unchanged { get; private set; }
    public int Refused { get; private set; }

    /// <summary>The first refusals in words, as JSON of <see cref="RefusedLead"/>s.</summary>
    public string? Refusals { get; private set; }

    /// <summary>Why it failed, for the person who asked.</summary>
    public string? Trouble { get; private set; }

    public bool IsOver => State is BatchState.Done or BatchState.Stopped or BatchState.Failed;

    public static Batch Start(BatchId id, BatchKind kind, EmployeeId? by, string order, int total, DateTimeOffset at) =>
        new() { Id = id, Kind = kind, State = BatchState.Waiting, ById = by, Order = order, Total = total, At = at };

    public void Advance(string cursor, int done, int unchanged, int refused, string? refusals)
    {
        State = BatchState.Running;
        Cursor = cursor;
        Done += done;
        Unchanged += unchanged;
        Refused += refused;
        Refusals = refusals ?? Refusals;
        Total = Math.Max(Total, Done + Unchanged + Refused);
    }

    public void SetTotal(int total) => Total = total;

    public void Finish(DateTimeOffset at) => (State, FinishedAt) = (BatchState.Done, at);

    public void Fail(string trouble, DateTimeOffset at) => (State, Trouble, FinishedAt) = (BatchState.Failed, trouble, at);

    /// <summary>What is done stays done; the rest is left.</summary>
    public Outcome Stop(DateTimeOffset at)
    {
        if (IsOver)
        {
            return Outcome.NothingToDo;
        }

        (State, FinishedAt) = (BatchState.Stopped, at);
        return Outcome.Done;
    }
}

/// <summary>A lead that a bulk act left alone, and why.</summary>
public sealed record RefusedLead(long LeadId, string Name, string Why);
