using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Batches;

/// <summary>How far a bulk act came, and what it left alone.</summary>
/// <param name="Target">Who or what the leads went to: "Ana Costa", "Qualified"; none for acts without one.</param>
/// <param name="Refused">The first of those left alone, with the reason.</param>
public sealed record BatchView(
    BatchId Id, BatchKind Kind, string? Target, BatchState State, int Total, int Done, int Unchanged, int RefusedCount, IReadOnlyList<RefusedLead> Refused, string? Trouble)
{
    /// <summary>It sends requests for a tag that only managers use.</summary>
    public bool Asks { get; init; }

    /// <summary>A stored batch with the names of its desk; whether the reader may see it is for the caller to know.</summary>
    public static BatchView Of(Batch batch, Desk desk)
    {
        var refused = batch.Refusals is null ? [] : JsonSerializer.Deserialize<List<RefusedLead>>(batch.Refusals)!;
        var order = batch.Kind is BatchKind.Import or BatchKind.Sweep or BatchKind.DropSweep ? null : JsonSerializer.Deserialize<LeadOrder>(batch.Order);
        return new(batch.Id, batch.Kind, order is null ? null : BatchWords.Target(order, desk), batch.State, batch.Total, batch.Done, batch.Unchanged, batch.Refused, refused, batch.Trouble)
        {
            Asks = order is not null && BatchWords.Asks(order),
        };
    }

    public bool IsOver => State is BatchState.Done or BatchState.Stopped or BatchState.Failed;

    public int Gone => Done + Unchanged + RefusedCount;

    public bool Equals(BatchView? other) => other is not null
        && (Id, State, Total, Done, Unchanged, RefusedCount) == (other.Id, other.State, other.Total, other.Done, other.Unchanged, other.RefusedCount);

    public override int GetHashCode() => HashCode.Combine(Id, State, Total, Done, Unchanged, RefusedCount);
}

/// <summary>One batch for whoever started it, and for managers.</summary>
public sealed class BatchQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    public async Task<BatchView?> FindAsync(BatchId id, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var batch = await db.Batches.AsNoTracking().FirstOrDefaultAsync(b => b.Id == id, ct);
        if (batch is null || !(actor.IsManager || (batch.ById is not null && batch.ById == actor.Id)))
        {
            return null;
        }

        return BatchView.Of(batch, await directory.GetAsync(ct));
    }
}
