using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Demo;

/// <summary>What waits for managers, what they decided lately, and what stands in the inboxes of a floor that has been at work.</summary>
internal sealed class DemoRequests(Work work, DemoCast cast, IReadOnlyList<Lead> leads)
{
    /// <summary>More than are made.</summary>
    public const int Most = 16;

    private static readonly (string Agent, string Tag, bool PutsOn, string Reason, int MinutesAgo)[] _waiting =
    [
        ("Ana Costa", "VIP", true, "Three branches, buys for all of them.", 31),
        ("Ben Hartmann", "Key account", true, "Signed for two sites already.", 28),
        ("Jana Horák", "VIP", false, "One branch only, my mistake.", 22),
        ("Elena Ruiz", "Key account", true, "Head office decides for the whole chain.", 14),
        ("Noor Haddad", "VIP", true, "The owner called me back himself, wants one contact.", 9),
        ("Katya Ilieva", "Key account", true, "Order is above 50,000 a year.", 5),
        ("Ana Costa", "Key account", true, "Buys for her sister's shops as well.", 2),
    ];

    private static readonly (string Agent, string Tag, string Reason, string Manager, string? Rejection, int MinutesAgo)[] _decided =
    [
        ("Ana Costa", "VIP", "Asked for the director.", "Maya Keller", null, 95),
        ("Luca Bianchi", "Key account", "Four hotels.", "Omar Tazi", null, 160),
        ("Ana Costa", "Key account", "Big budget.", "Maya Keller", "A budget is not an order. Ask again with one.", 210),
        ("Liam Byrne", "VIP", "Knows the founder.", "Omar Tazi", "VIP is for those who buy.", 330),
        ("Hugo Navarro", "Key account", "Frame contract signed.", "Maya Keller", null, 1_500),
    ];

    private readonly HashSet<LeadId> _taken = [];
    private readonly List<DataChangeRequest> _asked = [];

    public IReadOnlyCollection<DataChangeRequest> Make()
    {
        foreach (var (agent, name, reason, by, rejection, ago) in _decided)
        {
            var (tag, asked, at) = (Named(name), Ago(ago + 20), Ago(ago));
            if (Find(agent, tag, false, asked) is { } lead)
            {
                Decide(lead, Ask(lead, tag, true, reason, asked), tag, cast.Named(by), rejection, at);
            }
        }

        var waiting = 0;
        foreach (var (agent, name, putsOn, reason, ago) in _waiting)
        {
            var (tag, asked) = (Named(name), Ago(ago));
            if (Find(agent, tag, !putsOn, asked) is { } lead)
            {
                Ask(lead, tag, putsOn, reason, asked);
                waiting++;
            }
        }

        foreach (var manager in waiting == 0 ? [] : cast.Managers)
        {
            var newest = _waiting[^1];
            work.Db.Notifications.Add(new(manager.Id, NotificationKind.RequestWaiting, Ago(newest.MinutesAgo)) { ById = cast.Named(newest.Agent).Id, TagId = Named(newest.Tag).Id, Count = waiting });
        }

        foreach (var stale in leads.Where(l => l.WarnedAt is not null && l.OwnerId is not null).GroupBy(l => l.OwnerId!.Value))
        {
            var newest = stale.OrderByDescending(l => l.WarnedAt).ToList();
            work.Db.Notifications.Add(new(stale.Key, NotificationKind.GoingStale, newest[0].WarnedAt!.Value)
            {
                LeadId = newest[0].Id,
                LeadName = newest[0].DisplayName,
                Count = newest.Count,
                Leads = newest.Count == 1 ? null : JsonSerializer.Serialize(newest.Take(50).Select(l => l.Id.Value)),
            });
        }

        return _asked;
    }

    private DateTimeOffset Ago(int minutes) => work.Now - TimeSpan.FromMinutes(minutes);

    private Tag Named(string name) => cast.ManagersTags.Single(t => t.Name == name);

    /// <summary>A lead of that agent that was quiet from then on, with the tag or without it.</summary>
    private Lead? Find(string agent, Tag tag, bool hasIt, DateTimeOffset since)
    {
        var owner = cast.Named(agent).Id;
        var open = cast.OpenStages.Select(s => s.Id).ToHashSet();
        var lead = leads.FirstOrDefault(l => l.OwnerId == owner && open.Contains(l.StageId) && l.NewEvents[^1].At < since
            && l.Tags.Any(t => t.TagId == tag.Id) == hasIt && !_taken.Contains(l.Id));
        if (lead is not null)
        {
            _taken.Add(lead.Id);
        }

        return lead;
    }

    private DataChangeRequest Ask(Lead lead, Tag tag, bool putsOn, string reason, DateTimeOffset at)
    {
        var by = cast.As(cast.Agents.Single(a => a.Id == lead.OwnerId));
        var request = DataChangeRequest.Ask(work.NewId<RequestId>(), lead.Id, tag.Id, putsOn, reason, by, at).Value!;
        _asked.Add(request);
        lead.NoteRequest(LeadEventKind.TagRequested, tag.Id, putsOn, reason, by, Cause.Person, at);
        return request;
    }

    private void Decide(Lead lead, DataChangeRequest request, Tag tag, Employee manager, string? rejection, DateTimeOffset at)
    {
        var by = cast.As(manager);
        if (rejection is null)
        {
            request.Approve(by, null, at).Must();
            lead.Tag(tag, by, Cause.Person, at).Must();
        }
        else
        {
            request.Reject(by, rejection, at).Must();
            lead.NoteRequest(LeadEventKind.RequestRejected, tag.Id, request.PutsOn, rejection, by, Cause.Person, at);
        }

        work.Db.Notifications.Add(new(request.AskedById, rejection is null ? NotificationKind.RequestApproved : NotificationKind.RequestRejected, at)
        {
            ById = by.Id,
            LeadId = lead.Id,
            LeadName = lead.DisplayName,
            TagId = tag.Id,
            Text = rejection,
        });
    }
}
