using System.Collections.Concurrent;
using System.Text.Json;
using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;
using Phones = LeadDesk.App.Leads.PhoneNumbers;

namespace LeadDesk.App.Imports;

/// <summary>
/// Carries a stored import on by 500 rows: read and mapped before the transaction, decided and stored in it together with the mark of how far
/// it came and the rows that failed.
/// </summary>
internal sealed class ImportWork(
    IDbContextFactory<LeadDeskDb> databases, Transactor transactor, IdSource ids, ImportFolder folder, Phones phones) : IChunkedWork, IDisposable
{
    private readonly ConcurrentDictionary<BatchId, ImportPass> _passes = new();

    public bool Carries(BatchKind kind) => kind is BatchKind.Import;

    public async Task<bool> RunChunkAsync(BatchId id, Actor by, CancellationToken ct)
    {
        var stays = false;
        try
        {
            var next = await RunNextAsync(id, by, ct);
            stays = next is Next.More;
            return next is not Next.Over;
        }
        finally
        {
            if (!stays && _passes.TryRemove(id, out var pass))
            {
                pass.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach (var pass in _passes.Values)
        {
            pass.Dispose();
        }
    }

    private async Task<Next> RunNextAsync(BatchId id, Actor by, CancellationToken ct)
    {
        if (await FindPassAsync(id, by, ct) is not { } pass)
        {
            File.Delete(folder.Stored(id));
            return Next.Over;
        }

        var rows = await pass.TakeAsync(Batch.ChunkSize);
        await pass.StockAsync(ids, rows.Count, ct);
        var outcome = await transactor.RunAsync<Step>(by, async work =>
        {
            var batch = await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct);
            if (batch.IsOver || ImportMark.Of(batch.Cursor) != pass.Mark)
            {
                return new NotFound("The import was stopped.");
            }

            work.Tell(Topic.Batch(id));
            work.Tell(Topic.Batches);
            if (!work.By.MayImport)
            {
                batch.Fail("Whoever started this may no longer import leads.", work.Now);
                return new Step(pass.Mark, 0, false);
            }

            return await StepAsync(work, batch, pass, rows);
        }, ct);
        if (outcome.Refusal is ChangedMeanwhile)
        {
            return Next.Again;
        }

        if (outcome.Value is not { HasMore: true } step)
        {
            File.Delete(folder.Stored(id));
            return Next.Over;
        }

        pass.Reach(step.Mark, step.Used);
        return Next.More;
    }

    private static async Task<Step> StepAsync(Work work, Batch batch, ImportPass pass, IReadOnlyList<ImportRow> rows)
    {
        var (mark, used) = (pass.Mark, 0);
        if (rows.Count > 0)
        {
            var names = await DeskNames.ReadAsync(work.Db, pass.Order.Mapping, work.Ct);
            var chunk = new ImportChunk(work.Db, names, pass.Order, work.By, work.Now, batch.Id, work.Ct);
            await chunk.DecideAsync(rows, () => pass.Stock[used++]);
            await chunk.ChangeKnownAsync(work.HoldAsync);
            await CloseRequests.OfWhatWasDoneAsync(work, [.. work.Db.ChangeTracker.Entries<Lead>().Select(e => e.Entity)]);
            work.Add(chunk.Added, chunk.AddedDetails);
            var failed = chunk.Outcomes.Where(o => o.Verdict is RowVerdict.Fails).ToList();
            await work.Db.InsertAsync([.. failed.Select(o => new FailedRow(batch.Id, o.Row.Number, o.Why!, JsonSerializer.Serialize(o.Row.Cells)))], work.Ct);

            var (made, changed) = (Count(RowVerdict.New), Count(RowVerdict.Update));
            mark = new(rows[^1].Number, mark.Created + made, mark.Updated + changed);
            batch.Advance(mark.ToJson(), made + changed, Count(RowVerdict.AlreadyThere), failed.Count, Refusals(batch, failed));

            int Count(RowVerdict verdict) => chunk.Outcomes.Count(o => o.Verdict == verdict);
        }

        var hasMore = rows.Count == Batch.ChunkSize;
        if (!hasMore)
        {
            batch.Finish(work.Now);
        }

        return new(mark, used, hasMore);
    }

    private static string? Refusals(Batch batch, List<RowOutcome> failed)
    {
        var known = batch.Refusals is null ? [] : JsonSerializer.Deserialize<List<RefusedLead>>(batch.Refusals)!;
        return failed.Count == 0 || known.Count >= ActOnLeads.RefusalsKept
            ? null
            : JsonSerializer.Serialize(known.Concat(failed.Select(f => new RefusedLead(0, $"Row {f.Row.Number}", f.Why!))).Take(ActOnLeads.RefusalsKept));
    }

    /// <summary>None where the import is over.</summary>
    private async Task<ImportPass?> FindPassAsync(BatchId id, Actor by, CancellationToken ct)
    {
        if (_passes.TryGetValue(id, out var known))
        {
            return known;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var batch = await db.Batches.AsNoTracking().FirstAsync(b => b.Id == id, ct);
        if (batch.IsOver)
        {
            return null;
        }

        if (!File.Exists(folder.Stored(id)))
        {
            await FailAsync(id, by, "The file of this import is gone. Import it again; what is there already is skipped.", ct);
            return null;
        }

        return _passes[id] = new ImportPass(folder.Stored(id), ImportOrder.Of(batch.Order), ImportMark.Of(batch.Cursor), phones);
    }

    private Task<Outcome> FailAsync(BatchId id, Actor by, string trouble, CancellationToken ct) => transactor.RunAsync(by, async work =>
    {
        (await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct)).Fail(trouble, work.Now);
        work.Tell(Topic.Batch(id));
        work.Tell(Topic.Batches);
        return Outcome.Done;
    }, ct);

    private enum Next
    {
        More,

        /// <summary>Nothing was stored: the pass starts anew from the stored mark.</summary>
        Again,
        Over,
    }

    /// <param name="Used">How many ids of the pass became leads or were spoiled by rows that failed.</param>
    private sealed record Step(ImportMark Mark, int Used, bool HasMore);
}
