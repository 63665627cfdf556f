using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers: puts one stage at another place of the pipeline.</summary>
public sealed class MoveStage(Transactor transactor)
{
    /// <param name="index">Counted without the stage itself, from 0.</param>
    public Task<Outcome> RunAsync(StageId id, int index, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        var stages = await work.Db.Stages.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(work.Ct);
        if (stages.Find(s => s.Id == id) is not { } stage)
        {
            return Settling.Gone("stage");
        }

        var before = string.Join(", ", stages.Select(s => s.Name));
        if (!stages.MoveTo(stage, index))
        {
            return Outcome.NothingToDo;
        }

        stages.Place((s, n) => s.PlaceAt(n));
        work.Note("Order of stages", before, string.Join(", ", stages.Select(s => s.Name)));
        return Outcome.Done;
    }, ct);
}
