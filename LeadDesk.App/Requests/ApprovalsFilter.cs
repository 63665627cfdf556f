using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Requests;

namespace LeadDesk.App.Requests;

/// <summary>Which requests a manager looks at; it stands in the address. Compared by value.</summary>
/// <param name="Decided">Those that are over, newest first, in place of those that wait, oldest first.</param>
/// <param name="Team">The team of whoever asked.</param>
public sealed record ApprovalsFilter(bool Decided, TeamId? Team, EmployeeId? Agent, TagId? Tag)
{
    public bool IsNarrow => Team is not null || Agent is not null || Tag is not null;

    internal IQueryable<DataChangeRequest> Apply(IQueryable<DataChangeRequest> requests, Desk desk)
    {
        requests = Decided ? requests.Where(r => r.DecidedAt != null) : requests.Where(r => r.State == RequestState.Waiting);
        if (Agent is { } agent)
        {
            requests = requests.Where(r => r.AskedById == agent);
        }
        else if (Team is { } team)
        {
            var members = desk.Employees.Where(e => e.TeamId == team).Select(e => e.Id).ToList();
            requests = requests.Where(r => members.Contains(r.AskedById));
        }

        return Tag is { } tag ? requests.Where(r => r.TagId == tag) : requests;
    }
}
