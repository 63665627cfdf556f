using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers; only a source that no lead came from.</summary>
public sealed class DeleteSource(Transactor transactor)
{
    public Task<Outcome> RunAsync(SourceId id, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Sources.FindAsync([id], work.Ct) is not { } source)
        {
            return Outcome.NothingToDo;
        }

        var leads = await work.Db.Leads.Where(l => l.SourceId == id).OrderBy(l => l.Id).Take(SettingUsesQuery.Cap + 1).CountAsync(work.Ct);
        if (leads > 0)
        {
            return new InUse($"{SettingUsesQuery.Words(leads)} came from {source.Name}, and a lead keeps its source. Rename it instead.");
        }

        work.Db.Sources.Remove(source);
        work.Note("Lead source", source.Name, null);
        return Outcome.Done;
    }, ct);
}
