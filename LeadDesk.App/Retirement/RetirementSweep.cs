using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>
/// Retires every lead that is due, in chunks of one transaction each. Each lead is asked again inside the transaction, so one that was
/// worked in time is left alone; run twice or by two servers at once it changes nothing more.
/// </summary>
public sealed class RetirementSweep(Transactor transactor, DeskDirectory directory)
{
    private static readonly Actor _system = Actor.System("retirement");

    /// <summary>What is due at <paramref name="asOf"/>. The caller keeps it two seconds in the past, so that what was received in time has committed.</summary>
    /// <returns>How many leads were retired.</returns>
    public async Task<int> RunAsync(DateTimeOffset asOf, CancellationToken ct = default)
    {
        var desk = await directory.GetAsync(ct);
        if (desk.Policy.CutoffAt(asOf) is null)
        {
            return 0;
        }

        var total = 0;
        BatchId? batch = null;
        foreach (var stage in desk.Stages.Where(s => s.Retires))
        {
            while (await RetireChunkAsync(stage.Id, asOf, batch, ct) is { Value: { } chunk })
            {
                (total, batch) = (total + chunk.Retired, chunk.Batch);
                if (!chunk.IsFull)
                {
                    break;
                }
            }
        }

        return total;
    }

    /// <summary>The sweep's condition as SQL. <see cref="Domain.Retirement.InactivityClock.IsDue"/> is the same rule on one lead, and a test compares them.</summary>
    internal static IQueryable<Lead> Due(IQueryable<Lead> leads, StageId stage, DateTimeOffset cutoff) =>
        leads.Where(l => l.StageId == stage && l.OwnerId != null && l.ClockStart <= cutoff).OrderBy(l => l.ClockStart).ThenBy(l => l.Id);

    private Task<Outcome<Chunk>> RetireChunkAsync(StageId stage, DateTimeOffset asOf, BatchId? known, CancellationToken ct) =>
        transactor.RunAsync<Chunk>(_system, async work =>
        {
            if (work.Desk.Policy.CutoffAt(asOf) is not { } cutoff)
            {
                return new(OutcomeKind.NothingToDo, null);
            }

            var due = await Due(work.Db.Leads, stage, cutoff).Take(Batch.ChunkSize).ToListAsync(work.Ct);
            if (due.Count == 0)
            {
                return new(OutcomeKind.NothingToDo, null);
            }

            var batch = known is { } id
                ? await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct)
                : work.Db.Batches.Add(Batch.Start(work.NewId<BatchId>(), BatchKind.Sweep, null, "{}", 0, work.Now)).Entity;
            var retired = due.Count(lead => lead.RetireIfDue(work.Desk.Policy, work.Desk.Retires(stage), work.By, asOf, work.Now, batch.Id).Kind is OutcomeKind.Done);
            batch.Advance("", retired, due.Count - retired, 0, null);
            // A sweep is over with each chunk: a killed one is simply taken up by the next tick.
            batch.Finish(work.Now);
            work.Tell(Topic.Batches);
            return new Chunk(batch.Id, retired, due.Count == Batch.ChunkSize && retired > 0);
        }, ct);

    private sealed record Chunk(BatchId Batch, int Retired, bool IsFull);
}
