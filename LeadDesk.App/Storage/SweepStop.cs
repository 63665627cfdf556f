using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Storage;

/// <summary>Stored; numbers never change.</summary>
public enum SweepDecision
{
    Run = 1,
    Drop = 2,

    /// <summary>By the desk: the clock came into doubt while it waited, and another stop asks with the figures of that clock.</summary>
    Replaced = 3,
}

/// <summary>A sweep that the brake stopped. Until someone decides nothing is retired.</summary>
public sealed class SweepStop
{
    private SweepStop() { }

    public SweepStop(BrakeReason reason, DateTimeOffset at, DateTimeOffset asOf, DateTimeOffset cutoff, int due, int assigned) =>
        (Reason, At, AsOf, Cutoff, Due, Assigned) = (reason, at, asOf, cutoff, due, assigned);

    public long Id { get; private set; }
    public BrakeReason Reason { get; private set; }
    public DateTimeOffset At { get; private set; }
    public DateTimeOffset AsOf { get; private set; }

    /// <summary>The list as shown: owned leads in stages that retire whose clock started at or before this. A clock that starts again leaves the list.</summary>
    public DateTimeOffset Cutoff { get; private set; }

    public int Due { get; private set; }
    public int Assigned { get; private set; }
    public SweepDecision? Decision { get; private set; }
    public EmployeeId? DecidedById { get; private set; }
    public DateTimeOffset? DecidedAt { get; private set; }

    /// <summary>When the decision was carried out.</summary>
    public DateTimeOffset? DoneAt { get; private set; }

    public void Decide(SweepDecision decision, EmployeeId? by, DateTimeOffset at) => (Decision, DecidedById, DecidedAt) = (decision, by, at);

    public void Replace(DateTimeOffset at) => (Decision, DecidedAt, DoneAt) = (SweepDecision.Replaced, at, at);

    /// <summary>Whether this doubt about the clock is the one that people are asked about here, or answered: seen by another server, or after a restart.</summary>
    public bool IsAbout(BrakeReason doubt, DateTimeOffset now)
    {
        var known = DecidedAt ?? At;
        return Reason is not BrakeReason.TooMany
            && (doubt is BrakeReason.ClockJumped ? Brake.CheckTick(now - known, TimeSpan.Zero) : Brake.CheckStart(now, known)) is null;
    }

    public void Done(DateTimeOffset at) => DoneAt = at;
}
