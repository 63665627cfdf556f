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
    /// <summary>Somebody put tags on these leads, or took them off, without a request. Call it after the verbs.</summary>
    public static async Task OfWhatWasDoneAsync(Work work, IReadOnlyCollection<Lead> leads)
    {
        var done = leads.SelectMany(l => l.NewEvents).Where(e => e.Kind is LeadEventKind.Tagged or LeadEventKind.Untagged)
            .GroupBy(e => (e.LeadId, Tag: new TagId((e.ToId ?? e.FromId)!.Value), PutsOn: e.Kind is LeadEventKind.Tagged)).ToDictionary(g => g.Key, g => g.Last());
        if (done.Count == 0)
        {
            return;
        }

        var (ids, tags) = (done.Keys.Select(d => d.LeadId).Distinct().ToList(), done.Keys.Select(d => d.Tag).Distinct().ToList());
        var waiting = await work.Db.Requests.Where(r => r.State == RequestState.Waiting && ids.Contains(r.LeadId) && tags.Contains(r.TagId)).OrderBy(r => r.Id).ToListAsync(work.Ct);
        var met = waiting.Where(r => done.ContainsKey((r.LeadId, r.TagId, r.PutsOn))).ToList();
        var who = work.Desk.Employee(work.By.Id)?.FirstName ?? "The desk";
        await CloseAsync(work, met, leads.ToDictionary(l => l.Id), r => (done[(r.LeadId, r.TagId, r.PutsOn)].Cause, r.PutsOn) switch
        {
            (Cause.Import, true) => $"{who}'s import put it on.",
            (Cause.Import, false) => $"{who}'s import took it off.",
            (_, true) => $"{who} put it on directly.",
            (_, false) => $"{who} took it off directly.",
        });
    }

    /// <summary>The tag itself goes. Call it before it is gone.</summary>
    /// <returns>How many requests closed.</returns>
    public static async Task<int> OfTagAsync(Work work, Tag tag)
    {
        var idle = await work.Db.Requests.Where(r => r.TagId == tag.Id && r.State == RequestState.Waiting).OrderBy(r => r.Id).ToListAsync(work.Ct);
        var ids = idle.Select(r => r.LeadId).Distinct().ToList();
        var leads = await work.Db.Leads.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, work.Ct);
        await CloseAsync(work, idle, leads, _ => $"The tag {tag.Name} was deleted.");
        return idle.Count;
    }

    private static async Task CloseAsync(Work work, List<DataChangeRequest> requests, Dictionary<LeadId, Lead> leads, Func<DataChangeRequest, string> reason)
    {
        if (requests.Count == 0)
        {
            return;
        }

        foreach (var request in requests)
        {
            var (lead, why) = (leads[request.LeadId], reason(request));
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
