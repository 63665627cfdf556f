using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>An import as its page and the list of imports show it.</summary>
/// <param name="By">None for the command line.</param>
public sealed record ImportView(
    BatchId Id, string FileName, string? By, DateTimeOffset At, DateTimeOffset? FinishedAt, BatchState State, int Total, int Created, int Updated, int AlreadyThere, int Failed, string? Trouble)
{
    public bool IsOver => State is BatchState.Done or BatchState.Stopped or BatchState.Failed;

    public int Gone => Created + Updated + AlreadyThere + Failed;

    public int PerCent => Total == 0 ? 0 : (int)(Gone * 100L / Total);
}

/// <summary>The imports of the desk. For managers; anybody else sees none.</summary>
public sealed class ImportsQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    public const int Shown = 50;

    /// <summary>The newest first.</summary>
    public async Task<IReadOnlyList<ImportView>> NewestAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayImport)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var batches = await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Import).OrderByDescending(b => b.Id).Take(Shown).ToListAsync(ct);
        var desk = await directory.GetAsync(ct);
        return [.. batches.Select(b => Show(b, desk))];
    }

    public async Task<ImportView?> FindAsync(BatchId id, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayImport)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var batch = await db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id && b.Kind == BatchKind.Import, ct);
        return batch is null ? null : Show(batch, await directory.GetAsync(ct));
    }

    /// <summary>What was chosen the last time that a file with these columns was imported, by whomever.</summary>
    public async Task<ImportOrder?> LastLikeAsync(IReadOnlyList<string> headers, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayImport)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var orders = await db.Batches.Where(b => b.Kind == BatchKind.Import).OrderByDescending(b => b.Id).Take(Shown).Select(b => b.Order).ToListAsync(ct);
        return orders.Select(ImportOrder.Of).FirstOrDefault(o => o.Shape.HasHeadersOf(headers));
    }

    private static ImportView Show(Batch batch, Desk desk)
    {
        var mark = ImportMark.Of(batch.Cursor);
        return new(
            batch.Id, ImportOrder.Of(batch.Order).FileName, desk.Employee(batch.ById)?.Name, batch.At, batch.FinishedAt, batch.State, batch.Total,
            mark.Created, mark.Updated, batch.Unchanged, batch.Refused, batch.Trouble);
    }
}
