using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>What part of the leads going stale is looked at.</summary>
public sealed record StaleFilter(TeamId? TeamId = null, EmployeeId? OwnerId = null)
{
    /// <summary>The narrowest topics that cover it.</summary>
    public IReadOnlyList<Topic> Topics(Actor actor) =>
    [
        Topic.Desk,
        .. OwnerId is { } owner ? [Topic.Owner(owner)]
            : TeamId is { } team ? [Topic.Team(team)]
            : actor.MaySeeAllLeads ? [Topic.AllLeads]
            : actor.LeadsTeams.Select(Topic.Team).Concat(actor.Id is { } me ? [Topic.Owner(me)] : []),
    ];
}
