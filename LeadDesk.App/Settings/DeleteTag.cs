using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers; only a tag that no lead carries. Requests for it close themselves.</summary>
public sealed class DeleteTag(Transactor transactor)
{
    public Task<Outcome> RunAsync(TagId id, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Tags.FindAsync([id], work.Ct) is not { } tag)
        {
            return Outcome.NothingToDo;
        }

        var leads = await work.Db.LeadTags.Where(t => t.TagId == id).OrderBy(t => t.LeadId).Take(SettingUsesQuery.Cap + 1).CountAsync(work.Ct);
        if (leads > 0)
        {
            return new InUse($"{SettingUsesQuery.Words(leads)} {(leads == 1 ? "carries" : "carry")} {tag.Name}. Take it off first.");
        }

        await CloseRequests.OfTagAsync(work, tag);
        work.Db.Tags.Remove(tag);
        work.Note("Lead tag", EditTag.Words(tag), null);
        return Outcome.Done;
    }, ct);
}
