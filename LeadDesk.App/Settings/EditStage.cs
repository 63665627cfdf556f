using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers. The pipeline keeps at least one open stage, where new leads begin.</summary>
public sealed class EditStage(Transactor transactor)
{
    internal static readonly InUse LastOpen = new("This is the last open stage, and new leads begin in one. Add another open stage first.");

    public Task<Outcome> RunAsync(StageId id, string name, StageKind kind, bool retires, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        var stages = await work.Db.Stages.ToListAsync(work.Ct);
        if (stages.Find(s => s.Id == id) is not { } stage)
        {
            return Settling.Gone("stage");
        }

        if (Settling.Taken("stage", name, stages.Where(s => s.Id != id).Select(s => s.Name)) is { } taken)
        {
            return taken;
        }

        if (kind is not StageKind.Open && !stages.Exists(s => s.Id != id && s.Kind is StageKind.Open))
        {
            return new NotAcceptable(nameof(Stage.Kind), LastOpen.Sentence);
        }

        var before = Words(stage);
        var outcome = stage.Edit(name, kind, retires);
        work.Note("Lead stage", before, Words(stage));
        return outcome;
    }, ct);

    internal static string Words(Stage stage) => $"{stage.Name}: {stage.Kind}, {(stage.Retires ? "leads retire" : "leads do not retire")}";
}
