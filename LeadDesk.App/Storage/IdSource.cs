using System.Collections.Concurrent;
using LeadDesk.Domain.Basics;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>
/// Hands out ids from blocks reserved in the database, so a lead knows its id before the insert. What a crash leaves of a block is lost, never given twice.
/// </summary>
public sealed class IdSource(IDbContextFactory<LeadDeskDb> databases)
{
    private const int BlockSize = 1_000;

    private readonly ConcurrentDictionary<string, Block> _blocks = new();

    /// <summary>
    /// Sees to it that <paramref name="count"/> ids are at hand. Others may take them first; <see cref="Work.NewId{TId}"/> reserves again then.
    /// Not inside a transaction: the reservation is one of its own.
    /// </summary>
    public async Task ReserveAsync<TId>(int count, CancellationToken ct) where TId : struct, IId<TId>
    {
        var kind = typeof(TId).Name;
        var block = _blocks.GetOrAdd(kind, _ => new());
        if (block.Left >= count)
        {
            return;
        }

        await block.Filling.WaitAsync(ct);
        try
        {
            if (block.Left < count)
            {
                var size = Math.Max(BlockSize, count);
                block.Add(await TakeFromDatabaseAsync(kind, size, ct), size);
            }
        }
        finally
        {
            block.Filling.Release();
        }
    }

    /// <summary>So many ids at once, whoever else takes some meanwhile. Not inside a transaction.</summary>
    public async Task<IReadOnlyList<TId>> TakeAsync<TId>(int count, CancellationToken ct) where TId : struct, IId<TId>
    {
        var taken = new List<TId>(count);
        while (taken.Count < count)
        {
            await ReserveAsync<TId>(count - taken.Count, ct);
            while (taken.Count < count && _blocks[typeof(TId).Name].TryTake(out var value))
            {
                taken.Add(TId.From(value));
            }
        }

        return taken;
    }

    public async Task<TId> NextAsync<TId>(CancellationToken ct) where TId : struct, IId<TId>
    {
        while (true)
        {
            await ReserveAsync<TId>(1, ct);
            if (TryNext<TId>() is { } id)
            {
                return id;
            }
        }
    }

    internal int AtHand<TId>() where TId : struct, IId<TId> => _blocks.TryGetValue(typeof(TId).Name, out var block) ? block.Left : 0;

    internal TId? TryNext<TId>() where TId : struct, IId<TId> =>
        _blocks.TryGetValue(typeof(TId).Name, out var block) && block.TryTake(out var value) ? TId.From(value) : null;

    private async Task<long> TakeFromDatabaseAsync(string kind, int size, CancellationToken ct)
    {
        Transactor.MayBegin();
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var next = await Take(db, kind, size).ToListAsync(ct);
        await transaction.CommitAsync(ct);
        return next[0] - size;
    }

    private static IQueryable<long> Take(LeadDeskDb db, string kind, int size) => db.Database.SqlQuery<long>($"""
        INSERT INTO "IdBlocks" ("Kind", "Next") VALUES ({kind}, {1L + size})
        ON CONFLICT ("Kind") DO UPDATE SET "Next" = "IdBlocks"."Next" + {(long)size}
        RETURNING "Next" AS "Value"
        """);

    private sealed class Block
    {
        private readonly ConcurrentQueue<long> _ids = new();

        public SemaphoreSlim Filling { get; } = new(1, 1);

        public int Left => _ids.Count;

        public void Add(long from, int size)
        {
            for (var id = from; id < from + size; id++)
            {
                _ids.Enqueue(id);
            }
        }

        public bool TryTake(out long value) => _ids.TryDequeue(out value);
    }
}
