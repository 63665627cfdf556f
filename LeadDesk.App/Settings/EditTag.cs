using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Settings;

/// <summary>For managers. Leads that carry the tag keep it.</summary>
public sealed class EditTag(Transactor transactor)
{
    public Task<Outcome> RunAsync(TagId id, string name, bool isModifiable, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Tags.FindAsync([id], work.Ct) is not { } tag)
        {
            return Settling.Gone("tag");
        }

        if (Settling.Taken("tag", name, work.Desk.Tags.Where(t => t.Id != id).Select(t => t.Name)) is { } taken)
        {
            return taken;
        }

        var before = Words(tag);
        var outcome = tag.Edit(name, isModifiable);
        work.Note("Lead tag", before, Words(tag));
        return outcome;
    }, ct);

    internal static string Words(Tag tag) => $"{tag.Name}: {(tag.IsModifiable ? "modifiable" : "managers only")}";
}
