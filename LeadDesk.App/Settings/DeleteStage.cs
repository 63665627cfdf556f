using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers; only a stage in which no lead stands.</summary>
public sealed class DeleteStage(Transactor transactor)
{
    public Task<Outcome> RunAsync(StageId id, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        var stages = await work.Db.Stages.ToListAsync(work.Ct);
        if (stages.Find(s => s.Id == id) is not { } stage)
        {
            return Outcome.NothingToDo;
        }

        var leads = await work.Db.LeadCounts.Where(c => c.StageId == id).SumAsync(c => c.Leads, work.Ct);
        if (leads > 0)
        {
            return new InUse($"{SettingUsesQuery.Words(leads)} {(leads == 1 ? "stands" : "stand")} in {stage.Name}. Move {(leads == 1 ? "it" : "them")} first.");
        }

        if (stage.Kind is StageKind.Open && stages.Count(s => s.Kind is StageKind.Open) == 1)
        {
            return EditStage.LastOpen;
        }

        work.Db.Stages.Remove(stage);
        work.Note("Lead stage", EditStage.Words(stage), null);
        return Outcome.Done;
    }, ct);
}
