using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>For managers. Keeps the file, creates what was asked to be created, and stores the job; the <see cref="BatchRunner"/> carries it on.</summary>
public sealed class StartImport(Transactor transactor, IdSource ids, ImportFolder folder, BatchSignal signal)
{
    /// <param name="path">The file as it was surveyed; it is copied.</param>
    /// <param name="rows">How many rows the survey found.</param>
    /// <param name="create">Names that are there by now are not created twice, whatever their case.</param>
    public async Task<Outcome<BatchId>> RunAsync(ImportOrder order, string path, int rows, NewNames create, Actor by, CancellationToken ct = default)
    {
        if (!by.MayImport)
        {
            return new NotAllowed("Only managers import leads.");
        }

        if (order.Mapping.Check() is { } refusal)
        {
            return refusal;
        }

        var batch = await ids.NextAsync<BatchId>(ct);
        var stored = folder.Stored(batch);
        File.Copy(path, stored, overwrite: true);
        var (sources, pools, tags) = (
            await ids.TakeAsync<SourceId>(create.Sources.Count, ct), await ids.TakeAsync<PoolId>(create.Pools.Count, ct), await ids.TakeAsync<TagId>(create.Tags.Count, ct));
        var outcome = await transactor.RunAsync<BatchId>(by, async work =>
        {
            if (!work.By.MayImport)
            {
                return new NotAllowed("Only managers import leads.");
            }

            var created = await CreateAsync(work, create.Sources, sources, "Source", work.Db.Sources.Select(s => s.Name), Source.Create, work.Db.Sources.Add)
                ?? await CreateAsync(work, create.Pools, pools, "Pool", work.Db.Pools.Select(p => p.Name), Pool.Create, work.Db.Pools.Add)
                ?? await CreateAsync(work, create.Tags, tags, "Tag", work.Db.Tags.Select(t => t.Name), (id, name) => Tag.Create(id, name), work.Db.Tags.Add);
            if (created is { } why)
            {
                return why;
            }

            work.Db.Batches.Add(Batch.Start(batch, BatchKind.Import, work.By.Id, order.ToJson(), rows, work.Now));
            work.Tell(Topic.Batches);
            return batch;
        }, ct);
        if (outcome.IsRefused)
        {
            File.Delete(stored);
        }
        else
        {
            signal.Ring();
        }

        return outcome;
    }

    private static async Task<Refusal?> CreateAsync<TId, T>(
        Work work, IReadOnlyList<string> names, IReadOnlyList<TId> ids, string kind, IQueryable<string> known, Func<TId, string, Outcome<T>> make, Func<T, object> add)
    {
        var there = names.Count == 0 ? [] : (await known.ToListAsync(work.Ct)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, id) in names.Zip(ids).Where(n => !there.Contains(n.First.Trim())))
        {
            var made = make(id, name);
            if (made.Value is not { } thing)
            {
                return made.Refusal;
            }

            there.Add(name.Trim());
            add(thing);
            work.Db.DeskEvents.Add(new(work.Now, work.By.Id, kind, null, name.Trim()));
        }

        return null;
    }
}
