using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>Requests that nobody has to decide any more close themselves, with the reason, and whoever asked is told. Part of the act that made them idle.</summary>
internal static class CloseRequests
{
    /// <summary>Somebody put the tag on these leads, or took it off, without a request. Call it after the verbs.</summary>
    public static async Task OfWhatWasDoneAsync(Work work, Tag tag, bool putOn, IReadOnlyCollection<Lead> leads)
    {
        var kind = putOn ? LeadEventKind.Tagged : LeadEventKind.Untagged;
        var changed = leads.Where(l => l.NewEvents.Any(e => e.Kind == kind && (putOn ? e.ToId : e.FromId) == tag.Id.Value)).ToDictionary(l => l.Id);
        if (changed.Count == 0)
        {
            return;
        }

        var ids = changed.Keys.ToList();
        var met = await work.Db.Requests
            .Where(r => r.TagId == tag.Id && r.PutsOn == putOn && r.State == RequestState.Waiting && ids.Contains(r.LeadId)).OrderBy(r => r.Id).ToListAsync(work.Ct);
        var who = work.Desk.Employee(work.By.Id)?.FirstName ?? "The desk";
        await CloseAsync(work, met, changed, putOn ? $"{who} put it on directly." : $"{who} took it off directly.");
    }

    /// <summary>The tag itself goes. Call it before it is gone.</summary>
    /// <returns>How many requests closed.</returns>
    public static async Task<int> OfTagAsync(Work work, Tag tag)
    {
        var idle = await work.Db.Requests.Where(r => r.TagId == tag.Id && r.State == RequestState.Waiting).OrderBy(r => r.Id).ToListAsync(work.Ct);
        var ids = idle.Select(r => r.LeadId).Distinct().ToList();
        var leads = await work.Db.Leads.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, work.Ct);
        await CloseAsync(work, idle, leads, $"The tag {tag.Name} was deleted.");
        return idle.Count;
    }

    private static async Task CloseAsync(Work work, List<DataChangeRequest> requests, Dictionary<LeadId, Lead> leads, string why)
    {
        if (requests.Count == 0)
        {
            return;
        }

        foreach (var request in requests)
        {
            var lead = leads[request.LeadId];
            request.Close(why, work.Now);
            lead.NoteRequest(LeadEventKind.RequestClosed, request.TagId, request.PutsOn, why, work.By, Cause.System, work.Now);
            work.Notify(new(request.AskedById, NotificationKind.RequestClosed, work.Now)
            {
                ById = work.By.Id,
                LeadId = lead.Id,
                LeadName = lead.DisplayName,
                TagId = request.TagId,
                Text = why,
            });
        }

        work.Tell(Topic.Requests);
        await ManagersInbox.SettleAsync(work);
    }
}
