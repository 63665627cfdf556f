using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Settings;

/// <summary>For managers. Calls that were logged with it show its new name.</summary>
public sealed class RenameCallTag(Transactor transactor)
{
    public Task<Outcome> RunAsync(CallTagId id, string name, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.CallTags.FindAsync([id], work.Ct) is not { } tag)
        {
            return Settling.Gone("call tag");
        }

        if (Settling.Taken("call tag", name, work.Desk.CallTags.Where(t => t.Id != id).Select(t => t.Name)) is { } taken)
        {
            return taken;
        }

        var before = tag.Name;
        var outcome = tag.Rename(name);
        work.Note("Call tag", before, tag.Name);
        return outcome;
    }, ct);
}
