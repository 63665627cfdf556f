using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Domain.Leads;

public sealed partial class Lead
{
    /// <summary>What the history says of a retirement that no warning came before.</summary>
    public const string NoWarning = "Without a warning: no sweep ran while it was going stale";

    /// <summary>Gives an unassigned lead its owner, who must belong to <paramref name="pool"/>, the lead's own pool.</summary>
    public Outcome Assign(Employee to, Pool? pool, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotAssign(by) is { } refusal)
        {
            return refusal;
        }

        if (OwnerId == to.Id)
        {
            return Outcome.NothingToDo;
        }

        if (OwnerId is { } owner)
        {
            return new HasOwnerAlready(owner);
        }

        if (RetiredAt is { } since)
        {
            return new IsRetired(since);
        }

        return GiveTo(to, pool, LeadEventKind.Assigned, by, cause, at, batch);
    }

    /// <summary>Gives an owned or retired lead another owner, or a retired one its old owner again: one act, no moment between.</summary>
    public Outcome Reassign(Employee to, Pool? pool, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotAssign(by) is { } refusal)
        {
            return refusal;
        }

        if (OwnerId is null && RetiredAt is null)
        {
            return new HasNoOwner();
        }

        return OwnerId == to.Id ? Outcome.NothingToDo : GiveTo(to, pool, LeadEventKind.Reassigned, by, cause, at, batch);
    }

    /// <summary>The lead goes back to its pool.</summary>
    public Outcome Unassign(Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotAssign(by) is { } refusal)
        {
            return refusal;
        }

        if (OwnerId is not { } owner)
        {
            return new HasNoOwner();
        }

        TakeFromOwner(LeaveReason.Unassigned, at);
        Record(LeadEventKind.Unassigned, by, cause, at, batch).FromId = owner.Value;
        return Outcome.Done;
    }

    /// <summary>Conditional on the clock: a lead worked in time is left alone, and so is one that has to be warned before it goes.</summary>
    public Outcome RetireIfDue(
        RetirementPolicy policy, bool stageRetires, Actor by, DateTimeOffset asOf, DateTimeOffset at, BatchId? batch = null, SweepWatch? watch = null)
    {
        if (OwnerId is not { } owner || InactivityClock.Read(policy, ClockStart, stageRetires, asOf) is not { Step: TimeLeftStep.Due } reading || IsToBeWarnedFirst(reading, watch))
        {
            return Outcome.NothingToDo;
        }

        (RetiredAt, RetiredFromId, RetiredFromTeamId, QuietSince) = (at, owner, TeamId, ClockStart);
        TimesRetired++;
        var wasWarned = WarnedAt is not null;
        TakeFromOwner(LeaveReason.Retired, at);
        var happened = Record(LeadEventKind.Retired, by, Cause.System, at, batch);
        (happened.FromId, happened.Text) = (owner.Value, wasWarned ? null : NoWarning);
        return Outcome.Done;
    }

    /// <summary>
    /// Once per clock period, when the lead enters its warning window. Where no sweep ran while it was going stale, a lead that is due is left to the
    /// retirement. One that came to retire only when its time was up already (brought in bulk from a stage that does not) is warned before it goes.
    /// </summary>
    /// <param name="watch">None where nothing is known: what is due is left to the retirement.</param>
    public Outcome WarnIfGoingStale(
        RetirementPolicy policy, bool stageRetires, Actor by, DateTimeOffset asOf, DateTimeOffset at, BatchId? batch = null, SweepWatch? watch = null)
    {
        if (OwnerId is null || WarnedAt is not null || InactivityClock.Read(policy, ClockStart, stageRetires, asOf) is not { } reading)
        {
            return Outcome.NothingToDo;
        }

        if (reading.Step is not TimeLeftStep.GoingStale && !IsToBeWarnedFirst(reading, watch))
        {
            return Outcome.NothingToDo;
        }

        WarnedAt = at;
        Record(LeadEventKind.Warned, by, Cause.System, at, batch).HappenedAt = reading.RetiresAt;
        return Outcome.Done;
    }

    /// <summary>Asks the owner to work the lead; once per lead and clock period, while it is going stale. Not by the owner.</summary>
    public Outcome Nudge(RetirementPolicy policy, bool stageRetires, Actor by, DateTimeOffset at)
    {
        if (!MayBeWorkedBy(by))
        {
            return new NoLeadHere();
        }

        if (OwnerId is null)
        {
            return new HasNoOwner();
        }

        if (OwnerId == by.Id)
        {
            return new NotAllowed("This lead is yours. Work it instead.");
        }

        if (NudgedAt is { } nudged)
        {
            return new NudgedAlready(nudged, NudgedById);
        }

        if (InactivityClock.Read(policy, ClockStart, stageRetires, at) is not { Step: TimeLeftStep.GoingStale or TimeLeftStep.Due })
        {
            return new NotGoingStale();
        }

        (NudgedAt, NudgedById) = (at, by.Id);
        Record(LeadEventKind.Nudged, by, Cause.Person, at, null).ToId = OwnerId.Value.Value;
        return Outcome.Done;
    }

    /// <summary>Someone dropped the stopped sweep that this lead was due in.</summary>
    public Outcome StartClockAnew(Actor by, DateTimeOffset at, BatchId batch)
    {
        if (!by.MayAssign)
        {
            return new NotAllowed("Only managers decide about a stopped sweep.");
        }

        if (OwnerId is null)
        {
            return Outcome.NothingToDo;
        }

        Record(LeadEventKind.SweepDropped, by, Cause.Bulk, at, batch);
        return Outcome.Done;
    }

    /// <summary>A retired lead becomes an unassigned one of its pool again.</summary>
    public Outcome ReleaseToPool(Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotAssign(by) is { } refusal)
        {
            return refusal;
        }

        if (!IsRetired)
        {
            return new IsNotRetired();
        }

        if (PoolId is null)
        {
            return new LeadHasNoPool();
        }

        EndRetirement();
        Record(LeadEventKind.Released, by, cause, at, batch).ToId = PoolId.Value.Value;
        return Outcome.Done;
    }

    /// <summary>A manager's deliberate act. An owner who is not in the new pool stands in the way.</summary>
    public Outcome MoveToPool(Pool pool, Employee? owner, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        if (MayNotAssign(by) is { } refusal)
        {
            return refusal;
        }

        if (PoolId == pool.Id)
        {
            return Outcome.NothingToDo;
        }

        if (OwnerId is not null && owner is not null && !pool.Has(owner.Id))
        {
            return new NotInPool(owner.Name, pool.Name);
        }

        var from = PoolId;
        PoolId = pool.Id;
        var happened = Record(LeadEventKind.PoolChanged, by, cause, at, batch);
        (happened.FromId, happened.ToId) = (from?.Value, pool.Id.Value);
        return Outcome.Done;
    }

    private bool IsToBeWarnedFirst(ClockReading reading, SweepWatch? watch) =>
        reading.Step is TimeLeftStep.Due && WarnedAt is null && watch is { } seen && (StageSince >= reading.RetiresAt || !seen.Missed(reading));

    private Outcome GiveTo(Employee to, Pool? pool, LeadEventKind kind, Actor by, Cause cause, DateTimeOffset at, BatchId? batch)
    {
        if (PoolId is null || pool is null)
        {
            return new LeadHasNoPool();
        }

        if (pool.Id != PoolId)
        {
            throw new ArgumentException("Not the lead's pool.", nameof(pool));
        }

        if (!to.IsActive || !to.Roles.HasFlag(Roles.Agent))
        {
            return new CannotOwn(to.Name);
        }

        if (!pool.Has(to.Id))
        {
            return new NotInPool(to.FirstName, pool.Name);
        }

        var from = OwnerId ?? RetiredFromId;
        if (OwnerId is not null)
        {
            TakeFromOwner(LeaveReason.Reassigned, at);
        }

        EndRetirement();
        (OwnerId, TeamId, IsFresh) = (to.Id, to.TeamId, true);
        var happened = Record(kind, by, cause, at, batch);
        (happened.FromId, happened.ToId) = (kind is LeadEventKind.Reassigned ? from?.Value : null, to.Id.Value);
        return Outcome.Done;
    }

    private void TakeFromOwner(LeaveReason why, DateTimeOffset at)
    {
        (WarnedAt, NudgedAt, NudgedById) = (null, null, null);
        (LeftId, LeftAt, LeftWhy) = (OwnerId, at, why);
        (OwnerId, TeamId, ClockStart, IsFresh) = (null, null, null, false);
    }

    private void EndRetirement() => (RetiredAt, RetiredFromId, RetiredFromTeamId, QuietSince) = (null, null, null, null);

    private static NotAllowed? MayNotAssign(Actor by) => by.MayAssign ? null : new NotAllowed("Only managers hand out leads.");
}
