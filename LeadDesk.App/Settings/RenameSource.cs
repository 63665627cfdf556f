using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Settings;

/// <summary>For managers. The leads of the source keep it, under its new name.</summary>
public sealed class RenameSource(Transactor transactor)
{
    public Task<Outcome> RunAsync(SourceId id, string name, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Sources.FindAsync([id], work.Ct) is not { } source)
        {
            return Settling.Gone("source");
        }

        if (Settling.Taken("source", name, work.Desk.Sources.Where(s => s.Id != id).Select(s => s.Name)) is { } taken)
        {
            return taken;
        }

        var before = source.Name;
        var outcome = source.Rename(name);
        work.Note("Lead source", before, source.Name);
        return outcome;
    }, ct);
}
