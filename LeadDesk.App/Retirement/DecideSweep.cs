using System.Globalization;
using System.Text.Json;
using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>For managers: what becomes of a sweep that the brake stopped. The first decides.</summary>
public sealed class DecideSweep(Transactor transactor, BatchSignal signal)
{
    /// <summary>The next sweep takes the list as it was shown, each lead asked again.</summary>
    public Task<Outcome> RunItAsync(long stop, Actor by, CancellationToken ct = default) => DecideAsync(stop, SweepDecision.Run, by, ct);

    /// <summary>The clock of each lead on the list starts anew, as one batch.</summary>
    public async Task<Outcome> DropItAsync(long stop, Actor by, CancellationToken ct = default)
    {
        var outcome = await DecideAsync(stop, SweepDecision.Drop, by, ct);
        signal.Ring();
        return outcome;
    }

    private Task<Outcome> DecideAsync(long id, SweepDecision decision, Actor by, CancellationToken ct) => transactor.RunAsync(by, async work =>
    {
        if (!work.By.IsManager)
        {
            return new NotAllowed("Only managers decide about a stopped sweep.");
        }

        await SweepBrake.HoldAsync(work);
        if (await work.Db.SweepStops.FirstOrDefaultAsync(s => s.Id == id, work.Ct) is not { } stop)
        {
            return new NotFound("No stopped sweep here.");
        }

        if (stop.DecidedAt is { } at)
        {
            var time = TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(work.By.TimeZone));
            if (stop.Decision is SweepDecision.Replaced)
            {
                return new ChangedMeanwhile(string.Create(CultureInfo.CurrentCulture, $"The sweep was stopped anew at {time:HH:mm}, by the server's clock. Decide about that one."));
            }

            var who = work.Desk.Employee(stop.DecidedById)?.FirstName ?? "Somebody";
            var what = stop.Decision is SweepDecision.Run ? "let the sweep run" : "dropped the sweep";
            return new ChangedMeanwhile(string.Create(CultureInfo.CurrentCulture, $"{who} {what} at {time:HH:mm}."));
        }

        stop.Decide(decision, work.By.Id, work.Now);
        work.Tell(Topic.Brake);
        if (decision is SweepDecision.Drop)
        {
            work.Db.Batches.Add(Batch.Start(work.NewId<BatchId>(), BatchKind.DropSweep, work.By.Id, DropOrder.Of(stop.Id), stop.Due, work.Now));
        }

        return Outcome.Done;
    }, ct);
}

internal sealed record DropOrder(long Stop)
{
    /// <summary>As the batch keeps it.</summary>
    public static string Of(long stop) => JsonSerializer.Serialize(new DropOrder(stop));
}

/// <summary>Starts the clocks of a dropped sweep anew, chunk by chunk.</summary>
internal sealed class DropSweepWork(Transactor transactor) : IChunkedWork
{
    public bool Carries(BatchKind kind) => kind is BatchKind.DropSweep;

    public async Task<bool> RunChunkAsync(BatchId id, Actor by, CancellationToken ct)
    {
        var more = await transactor.RunAsync<bool>(by, async work =>
        {
            var batch = await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct);
            if (batch.IsOver)
            {
                return false;
            }

            work.Tell(Topic.Batch(id));
            work.Tell(Topic.Batches);
            var stop = await work.Db.SweepStops.FirstAsync(s => s.Id == JsonSerializer.Deserialize<DropOrder>(batch.Order)!.Stop, work.Ct);
            var cutoff = stop.Cutoff;
            var retiring = work.Desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
            var after = new LeadId(batch.Cursor is { Length: > 0 } c ? long.Parse(c, CultureInfo.InvariantCulture) : 0);
            var leads = await work.Db.Leads.Where(l => l.OwnerId != null && retiring.Contains(l.StageId) && l.ClockStart <= cutoff && l.Id > after)
                .OrderBy(l => l.Id).Take(Batch.ChunkSize).ToListAsync(work.Ct);
            var done = leads.Count(l => l.StartClockAnew(work.By, work.Now, id).Kind is OutcomeKind.Done);
            batch.Advance(leads.Count == 0 ? batch.Cursor ?? "" : leads[^1].Id.ToString(), done, leads.Count - done, 0, null);
            if (leads.Count < Batch.ChunkSize)
            {
                batch.Finish(work.Now);
                stop.Done(work.Now);
                work.Tell(Topic.Brake);
            }

            return leads.Count == Batch.ChunkSize;
        }, ct);
        return more.Value;
    }
}
