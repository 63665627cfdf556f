using System.Globalization;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Board;

/// <summary>What a board shows, said so that everyone who sees the same says the same: an agent's board is that of the owner, a team lead's that of the team.</summary>
/// <param name="Whose">What the person's rights leave out beyond the filter; empty where the filter says it all.</param>
internal sealed record BoardScope(LeadFilter Filter, string Whose)
{
    public static BoardScope Of(BoardFilter filter, Actor actor)
    {
        var leads = filter.Leads();
        if (actor.MaySeeAllLeads || (leads.OwnerId is { } owner && owner == actor.Id))
        {
            return new(leads, "");
        }

        var me = actor.Id!.Value;
        if (actor.LeadsTeams.Count == 0 && leads.OwnerId is null)
        {
            return new(leads with { OwnerId = me }, "");
        }

        var ownLeadsAreTheTeams = actor.TeamId is { } own ? actor.LeadsTeams.Contains(own) : !actor.IsAgent;
        if (actor.LeadsTeams.Count == 1 && ownLeadsAreTheTeams && leads is { TeamId: null, OwnerId: null })
        {
            return new(leads with { TeamId = actor.LeadsTeams[0] }, "");
        }

        return leads.TeamId is { } team && actor.LeadsTeams.Contains(team)
            ? new(leads, "")
            : new(leads, string.Create(CultureInfo.InvariantCulture, $"{me.Value}:{string.Join('+', actor.LeadsTeams.Select(t => t.Value).Order())}"));
    }

    /// <summary>Whose counters add up to the scope; null where counters do not tell.</summary>
    public CountedOwners? CountedOwners(Actor actor, Desk desk)
    {
        if (Filter is { SourceId: not null } or { TagId: not null } or { View: not LeadView.All })
        {
            return null;
        }

        if (actor.MaySeeAllLeads && Filter is { OwnerId: null, TeamId: null })
        {
            return LeadDesk.App.Board.CountedOwners.All;
        }

        List<long> ids = [.. from employee in desk.Employees
                             where Filter.OwnerId is null || Filter.OwnerId == employee.Id
                             where Filter.TeamId is null || Filter.TeamId == employee.TeamId
                             where actor.MaySeeAllLeads || employee.Id == actor.Id || (employee.TeamId is { } team && actor.LeadsTeams.Contains(team))
                             orderby employee.Id
                             select employee.Id.Value];
        return new(string.Join(' ', ids), ids);
    }
}

/// <param name="Key">The same for the same owners.</param>
/// <param name="Ids">Null for everyone.</param>
internal sealed record CountedOwners(string Key, IReadOnlyList<long>? Ids)
{
    public static CountedOwners All { get; } = new("all", null);
}
