using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.Domain.Requests;

/// <summary>Stored; numbers never change.</summary>
public enum RequestState
{
    Waiting = 1,
    Approved = 2,
    Rejected = 3,
    Withdrawn = 4,

    /// <summary>It closed itself: its lead or tag is gone, or somebody did directly what it asked for.</summary>
    Closed = 5,
}

/// <summary>An agent's wish to put a non-modifiable tag on a lead, or take it off; waits for a manager.</summary>
public sealed class DataChangeRequest
{
    public const int LongestText = 1_000;

    private DataChangeRequest() { }

    public RequestId Id { get; private set; }
    public LeadId LeadId { get; private set; }
    public TagId TagId { get; private set; }

    /// <summary>True to put the tag on, false to take it off.</summary>
    public bool PutsOn { get; private set; }

    public EmployeeId AskedById { get; private set; }
    public DateTimeOffset AskedAt { get; private set; }
    public string Reason { get; private set; } = "";
    public RequestState State { get; private set; }

    /// <summary>None where it closed itself.</summary>
    public EmployeeId? DecidedById { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>The decision's comment, or why it closed itself.</summary>
    public string? Comment { get; private set; }

    /// <summary>When managers were reminded of it; once is enough.</summary>
    public DateTimeOffset? RemindedAt { get; private set; }

    /// <summary>Goes up with every change; the concurrency token.</summary>
    public int Version { get; private set; }

    public static Outcome<DataChangeRequest> Ask(RequestId id, LeadId lead, TagId tag, bool putOn, string reason, Actor by, DateTimeOffset at)
    {
        reason = reason.Trim();
        if (by.Id is not { } asker)
        {
            throw new ArgumentException("Only a person asks.", nameof(by));
        }

        if (reason.Length == 0)
        {
            return new NotAcceptable(nameof(Reason), "A request needs a reason, so a manager can decide.");
        }

        if (reason.Length > LongestText)
        {
            return new NotAcceptable(nameof(Reason), $"A reason has up to {LongestText:N0} characters.");
        }

        return new DataChangeRequest { Id = id, LeadId = lead, TagId = tag, PutsOn = putOn, AskedById = asker, AskedAt = at, Reason = reason, State = RequestState.Waiting };
    }

    /// <summary>The tag itself is put on or taken off by the lead's own verb, in the same transaction.</summary>
    public Outcome Approve(Actor by, string? comment, DateTimeOffset at) => MayNotDecide(by) is { } refusal ? refusal : End(RequestState.Approved, by.Id, comment, at);

    public Outcome Reject(Actor by, string? comment, DateTimeOffset at)
    {
        if (MayNotDecide(by) is { } refusal)
        {
            return refusal;
        }

        return string.IsNullOrWhiteSpace(comment)
            ? new NotAcceptable(nameof(Comment), "A rejection needs a comment, so whoever asked knows why.")
            : End(RequestState.Rejected, by.Id, comment, at);
    }

    /// <summary>By whoever asked.</summary>
    public Outcome Withdraw(Actor by, DateTimeOffset at)
    {
        if (by.Id != AskedById)
        {
            return new NotAllowed("Only whoever asked withdraws a request.");
        }

        return State is RequestState.Waiting ? End(RequestState.Withdrawn, by.Id, null, at) : new AlreadyDecided(State, DecidedById, DecidedAt);
    }

    /// <summary>Nothing is left to decide; <paramref name="why"/> is shown to whoever asked.</summary>
    public Outcome Close(string why, DateTimeOffset at) => State is RequestState.Waiting ? End(RequestState.Closed, null, why, at) : Outcome.NothingToDo;

    private Refusal? MayNotDecide(Actor by) =>
        !by.MayDecideRequests ? new NotAllowed("Only managers decide requests.")
        : by.Id == AskedById ? new NotAllowed("You asked for this one, so someone else decides.")
        : State is not RequestState.Waiting ? new AlreadyDecided(State, DecidedById, DecidedAt)
        : null;

    private Outcome End(RequestState state, EmployeeId? by, string? comment, DateTimeOffset at)
    {
        comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim();
        if (comment?.Length > LongestText)
        {
            return new NotAcceptable(nameof(Comment), $"A comment has up to {LongestText:N0} characters.");
        }

        (State, DecidedById, DecidedAt, Comment) = (state, by, at, comment);
        Version++;
        return Outcome.Done;
    }
}

/// <summary>Somebody was faster. The app says who and when.</summary>
public sealed record AlreadyDecided(RequestState State, EmployeeId? By, DateTimeOffset? At) : Refusal("This request was decided already.");

public sealed record AlreadyAsked(EmployeeId By, DateTimeOffset At) : Refusal("This was asked for already and still waits.");
