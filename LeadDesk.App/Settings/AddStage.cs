using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers. A new open stage stands behind the other open ones, a new Won or Lost one at the end.</summary>
public sealed class AddStage(Transactor transactor, IdSource ids)
{
    public async Task<Outcome> RunAsync(string name, StageKind kind, bool retires, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<StageId>(1, ct);
        return await transactor.SettleAsync(by, async work =>
        {
            if (Settling.Taken("stage", name, work.Desk.Stages.Select(s => s.Name)) is { } taken)
            {
                return taken;
            }

            var stages = await work.Db.Stages.OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(work.Ct);
            var created = Stage.Create(work.NewId<StageId>(), name, 0, kind, retires);
            if (created.Value is not { } stage)
            {
                return created.Plain;
            }

            var at = kind is StageKind.Open ? stages.FindLastIndex(s => s.Kind is StageKind.Open) + 1 : stages.Count;
            stages.Insert(at, stage);
            stages.Place((s, n) => s.PlaceAt(n));
            work.Db.Stages.Add(stage);
            work.Note("Lead stage", null, EditStage.Words(stage));
            return Outcome.Done;
        }, ct);
    }
}
