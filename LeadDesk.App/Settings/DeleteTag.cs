using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
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

        await CloseRequestsAsync(work, tag);
        work.Db.Tags.Remove(tag);
        work.Note("Lead tag", EditTag.Words(tag), null);
        return Outcome.Done;
    }, ct);

    /// <summary>Who asked for it is told that there is nothing to decide any more.</summary>
    private static async Task CloseRequestsAsync(Work work, Tag tag)
    {
        foreach (var request in await work.Db.Requests.Where(r => r.TagId == tag.Id && r.State == RequestState.Waiting).ToListAsync(work.Ct))
        {
            var why = $"{tag.Name} was deleted.";
            request.Close(why, work.Now);
            var lead = await work.LeadAsync(request.LeadId);
            lead?.NoteRequest(LeadEventKind.RequestClosed, tag.Id, request.PutsOn, why, work.By, Cause.Person, work.Now);
            work.Notify(new(request.AskedById, NotificationKind.RequestClosed, work.Now) { ById = work.By.Id, LeadId = request.LeadId, LeadName = lead?.DisplayName, Text = why });
            work.Tell(Topic.Requests);
        }
    }
}
