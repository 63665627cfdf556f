using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>
/// Warns what is going stale and retires what is due, in chunks of one transaction each. Each lead is asked again inside the transaction, so one that was
/// worked in time is left alone; run twice or by two servers at once it changes nothing more. The brake looks before anything is touched.
/// </summary>
public sealed class RetirementSweep(Transactor transactor, DeskDirectory directory, SweepBrake brake, IdSource ids)
{
    private static readonly Actor _system = Actor.System("retirement");

    private Look? _last;

    /// <summary>What is due at <paramref name="asOf"/>. The caller keeps it two seconds in the past, so that what was received in time has committed.</summary>
    /// <returns>How many leads were retired.</returns>
    public async Task<int> RunAsync(DateTimeOffset asOf, CancellationToken ct = default)
    {
        var desk = await directory.GetAsync(ct);
        var due = desk.Policy.CutoffAt(asOf);
        if (due is null && desk.Policy.StaleCutoffAt(asOf) is null)
        {
            return 0;
        }

        var pending = await brake.PendingAsync(ct);
        if (pending.FirstOrDefault(s => s.Decision is SweepDecision.Drop) is { } dropped)
        {
            await brake.WatchDropAsync(dropped, desk, asOf, ct);
            return 0;
        }

        var look = LookOf(desk, asOf);
        var batch = await ids.NextAsync<BatchId>(ct);
        if (pending.FirstOrDefault(s => s.DecidedAt is null) is { } open)
        {
            // By a clock in doubt nobody is warned either.
            if (open.Reason is BrakeReason.TooMany)
            {
                await WarnAsync(look, batch, ct);
            }

            return 0;
        }

        var justWarned = await WarnAsync(look, batch, ct);
        if (due is not { } cutoff)
        {
            return 0;
        }

        if (pending.FirstOrDefault(s => s.Decision is SweepDecision.Run) is { } ordered)
        {
            var upTo = ordered.Cutoff < cutoff ? ordered.Cutoff : cutoff;
            var retired = await RetireAsync(look, upTo, justWarned, batch, ct);
            await brake.EndAsync(ordered, desk, upTo, ct);
            return retired;
        }

        return await brake.StopsAsync(desk, asOf, cutoff, ct) ? 0 : await RetireAsync(look, cutoff, justWarned, batch, ct);
    }

    /// <summary>The sweep's condition as SQL. <see cref="InactivityClock.IsDue"/> is the same rule on one lead, and a test compares them.</summary>
    internal static IQueryable<Lead> Due(IQueryable<Lead> leads, StageId stage, DateTimeOffset cutoff) =>
        leads.Where(l => l.StageId == stage && l.OwnerId != null && l.ClockStart <= cutoff).OrderBy(l => l.ClockStart).ThenBy(l => l.Id);

    /// <summary>Who has no warning yet, of those inside the window or due at the cutoff of <see cref="RetirementPolicy.StaleCutoffAt"/>.</summary>
    internal static IQueryable<Lead> Unwarned(IQueryable<Lead> leads, StageId stage, DateTimeOffset staleCutoff) =>
        leads.Where(l => l.StageId == stage && l.OwnerId != null && l.WarnedAt == null && l.ClockStart <= staleCutoff).OrderBy(l => l.ClockStart).ThenBy(l => l.Id);

    /// <summary>Between two sweeps further apart than the window, a lead can go stale and become due unseen.</summary>
    private Look LookOf(Desk desk, DateTimeOffset asOf)
    {
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToHashSet();
        if (_last is not { } last)
        {
            return new(asOf, new(DateTimeOffset.MinValue, asOf), retiring, new HashSet<StageId>());
        }

        var wasUp = desk.Policy.PeriodAt(asOf) is { } period && asOf - last.AsOf <= desk.Policy.WindowFor(period);
        return new(asOf, wasUp ? last.Watch : new(last.AsOf, asOf), retiring, retiring.Except(last.Retiring).ToHashSet());
    }

    /// <returns>What was due already when it was warned: it does not retire in the same sweep.</returns>
    private async Task<HashSet<LeadId>> WarnAsync(Look look, BatchId batch, CancellationToken ct)
    {
        var (late, asOf) = (new HashSet<LeadId>(), look.AsOf);
        foreach (var stage in look.Retiring)
        {
            var (from, after) = (DateTimeOffset.MinValue, new LeadId(0));
            while (true)
            {
                var chunk = await transactor.RunAsync<Seen>(_system, async work =>
                {
                    if (work.Desk.Policy.StaleCutoffAt(asOf) is not { } cutoff)
                    {
                        return new(OutcomeKind.NothingToDo, null);
                    }

                    var leads = await work.LeadsAloneAsync(Unwarned(work.Db.Leads, stage, cutoff).Where(l => l.ClockStart > from || (l.ClockStart == from && l.Id > after))
                        .Take(Batch.ChunkSize));
                    var warned = leads.Where(l => l.WarnIfGoingStale(work.Desk.Policy, work.Desk.Retires(stage), work.By, asOf, work.Now, batch, look.WatchOf(stage)).Kind is OutcomeKind.Done).ToList();
                    late.UnionWith(warned.Where(l => InactivityClock.IsDue(work.Desk.Policy, l.ClockStart, true, asOf)).Select(l => l.Id));
                    foreach (var owned in warned.GroupBy(l => l.OwnerId!.Value))
                    {
                        await work.NotifyOfLeadsAsync(owned.Key, NotificationKind.GoingStale, [.. owned], batch);
                    }

                    var seen = leads.Count == 0 ? null : new Seen(leads[^1].ClockStart!.Value, leads[^1].Id, leads.Count);
                    return new(warned.Count > 0 ? OutcomeKind.Done : OutcomeKind.NothingToDo, seen);
                }, ct);
                if (chunk.Value is not { Count: Batch.ChunkSize } full)
                {
                    break;
                }

                (from, after) = (full.ClockStart, full.Id);
            }
        }

        _last = look;
        return late;
    }

    private async Task<int> RetireAsync(Look look, DateTimeOffset upTo, HashSet<LeadId> justWarned, BatchId batch, CancellationToken ct)
    {
        var total = 0;
        foreach (var stage in look.Retiring)
        {
            while (await RetireChunkAsync(stage, look, upTo, justWarned, batch, ct) is { Value: { } chunk })
            {
                total += chunk.Retired;
                if (!chunk.IsFull)
                {
                    break;
                }
            }
        }

        return total;
    }

    private Task<Outcome<Chunk>> RetireChunkAsync(StageId stage, Look look, DateTimeOffset upTo, HashSet<LeadId> justWarned, BatchId id, CancellationToken ct) =>
        transactor.RunAsync<Chunk>(_system, async work =>
        {
            var due = await work.LeadsAloneAsync(Due(work.Db.Leads, stage, upTo).Take(Batch.ChunkSize));
            var before = due.ToDictionary(l => l.Id, l => (Owner: l.OwnerId!.Value, Note: l.WarnedAt is null ? Lead.NoWarning : null));
            var retired = due.Where(l => !justWarned.Contains(l.Id)
                && l.RetireIfDue(work.Desk.Policy, work.Desk.Retires(stage), work.By, look.AsOf, work.Now, id, look.WatchOf(stage)).Kind is OutcomeKind.Done).ToList();
            if (retired.Count == 0)
            {
                return new(OutcomeKind.NothingToDo, null);
            }

            foreach (var owned in retired.GroupBy(l => before[l.Id]))
            {
                await work.NotifyOfLeadsAsync(owned.Key.Owner, NotificationKind.Retired, [.. owned], id, owned.Key.Note);
            }

            var batch = await work.Db.Batches.FirstOrDefaultAsync(b => b.Id == id, work.Ct)
                ?? work.Db.Batches.Add(Batch.Start(id, BatchKind.Sweep, null, "{}", 0, work.Now)).Entity;
            batch.Advance("", retired.Count, due.Count - retired.Count, 0, null);
            // A sweep is over with each chunk: a killed one is simply taken up by the next tick.
            batch.Finish(work.Now);
            work.Tell(Topic.Batches);
            return new Chunk(retired.Count, due.Count == Batch.ChunkSize);
        }, ct);

    /// <summary>What one sweep goes by.</summary>
    /// <param name="CameToRetire">Stages that did not retire at the sweep before.</param>
    private sealed record Look(DateTimeOffset AsOf, SweepWatch Watch, IReadOnlySet<StageId> Retiring, IReadOnlySet<StageId> CameToRetire)
    {
        public SweepWatch WatchOf(StageId stage) => CameToRetire.Contains(stage) ? SweepWatch.NeverDown : Watch;
    }

    private sealed record Seen(DateTimeOffset ClockStart, LeadId Id, int Count);

    private sealed record Chunk(int Retired, bool IsFull);
}
