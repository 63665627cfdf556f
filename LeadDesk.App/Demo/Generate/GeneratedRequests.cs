using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Demo.Generate;

/// <summary>Requests about leads that were made a moment ago: some wait, twice as many are decided.</summary>
internal sealed class GeneratedRequests(GeneratePlan plan, DemoCast cast, Random chance, DateTimeOffset now)
{
    private static readonly string[] _reasons =
        ["Three branches, buys for all of them.", "Signed for two sites already.", "Head office decides for the whole chain.", "Wants one contact for everything.", "Frame contract is on its way."];

    private static readonly string[] _rejections = ["A budget is not an order. Ask again with one.", "That is for those who buy."];

    public IReadOnlyList<DataChangeRequest> Make(int chunk, IReadOnlyList<Lead> leads)
    {
        var open = cast.OpenStages.Select(s => s.Id).ToHashSet();
        var candidates = new Queue<Lead>(leads.Where(l => l.OwnerId is not null && open.Contains(l.StageId)));
        var asked = new List<DataChangeRequest>();
        var (waiting, decided) = (plan.Share(plan.Waiting, chunk), plan.Share(plan.Decided, chunk));
        for (var n = waiting.From; n < waiting.To && candidates.Count > 0; n++)
        {
            var lead = candidates.Dequeue();
            asked.Add(Ask(plan.RequestIds[plan.Decided + n], lead, Tag(lead), Later(lead, 0.6)));
        }

        for (var n = decided.From; n < decided.To && candidates.Count > 0; n++)
        {
            var lead = candidates.Dequeue();
            var tag = Tag(lead);
            var request = Ask(plan.RequestIds[n], lead, tag, Later(lead, 0.2));
            Decide(lead, request, tag, Later(lead, 0.5));
            asked.Add(request);
        }

        return asked;
    }

    private Tag Tag(Lead lead) => cast.ManagersTags.FirstOrDefault(t => lead.Tags.All(on => on.TagId != t.Id)) ?? cast.ManagersTags[0];

    private DateTimeOffset Later(Lead lead, double most)
    {
        var last = lead.NewEvents[^1].At;
        return last + ((now - last) * most * chance.NextDouble());
    }

    private DataChangeRequest Ask(RequestId id, Lead lead, Tag tag, DateTimeOffset at)
    {
        var (by, reason, putsOn) = (cast.As(lead.OwnerId!.Value), chance.Of(_reasons), lead.Tags.All(t => t.TagId != tag.Id));
        var request = DataChangeRequest.Ask(id, lead.Id, tag.Id, putsOn, reason, by, at).Value!;
        lead.NoteRequest(LeadEventKind.TagRequested, tag.Id, putsOn, reason, by, Cause.Person, at);
        return request;
    }

    private void Decide(Lead lead, DataChangeRequest request, Tag tag, DateTimeOffset at)
    {
        var by = cast.As(chance.Of(cast.Managers));
        if (chance.In(0.75))
        {
            request.Approve(by, null, at).Must();
            (request.PutsOn ? lead.Tag(tag, by, Cause.Person, at) : lead.Untag(tag, by, Cause.Person, at)).Must();
        }
        else
        {
            var comment = chance.Of(_rejections);
            request.Reject(by, comment, at).Must();
            lead.NoteRequest(LeadEventKind.RequestRejected, tag.Id, request.PutsOn, comment, by, Cause.Person, at);
        }
    }
}
