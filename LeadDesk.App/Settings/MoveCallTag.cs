using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers: puts one outcome at another place of the call form.</summary>
public sealed class MoveCallTag(Transactor transactor)
{
    /// <param name="index">Counted without the call tag itself, from 0.</param>
    public Task<Outcome> RunAsync(CallTagId id, int index, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        var tags = await work.Db.CallTags.OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(work.Ct);
        if (tags.Find(t => t.Id == id) is not { } tag)
        {
            return Settling.Gone("call tag");
        }

        var before = string.Join(", ", tags.Select(t => t.Name));
        if (!tags.MoveTo(tag, index))
        {
            return Outcome.NothingToDo;
        }

        tags.Place((t, n) => t.PlaceAt(n));
        work.Note("Order of call tags", before, string.Join(", ", tags.Select(t => t.Name)));
        return Outcome.Done;
    }, ct);
}
