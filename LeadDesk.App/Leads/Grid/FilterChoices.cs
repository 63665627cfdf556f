using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Leads.Grid;

/// <summary>
/// What a person can filter leads by: what they may see, nothing else. Made once per reading of the desk for everyone with the same rights, since
/// every open list holds it.
/// </summary>
public sealed class FilterChoices
{
    public const string OpenStages = "open";

    private static readonly ConditionalWeakTable<Desk, ConcurrentDictionary<string, FilterChoices>> _made = [];

    private FilterChoices(Actor actor, Desk desk)
    {
        Statuses =
        [
            .. actor.MaySeeRetired ? new FilterOption<LeadStatus>[] { new(LeadStatus.Assigned, "Assigned") } : [],
            .. actor.MaySeeUnassigned ? new FilterOption<LeadStatus>[] { new(LeadStatus.Unassigned, "Unassigned") } : [],
            .. actor.MaySeeRetired ? new FilterOption<LeadStatus>[] { new(LeadStatus.Retired, "Retired") } : [],
        ];
        Owners = actor.MaySeeRetired
            ? [.. desk.Employees.Where(e => e.Roles.HasFlag(Roles.Agent) && (actor.MaySeeAllLeads || (e.TeamId is { } team && actor.LeadsTeams.Contains(team)))).Select(e => new FilterOption<EmployeeId?>(e.Id, e.Name))]
            : [];
        Teams = [.. desk.Teams.Where(t => actor.MaySeeAllLeads || actor.LeadsTeams.Contains(t.Id)).Select(t => new FilterOption<TeamId?>(t.Id, t.Name))];
        Pools = [.. desk.Pools.Where(p => actor.MaySeeRetired || (actor.Id is { } me && p.Has(me))).Select(p => new FilterOption<PoolId?>(p.Id, p.Name))];
        Stages = [new(OpenStages, "Open stages"), .. desk.Stages.Select(s => new FilterOption<string>(s.Id.ToString(), s.Name))];
        Sources = [.. desk.Sources.Select(s => new FilterOption<SourceId?>(s.Id, s.Name))];
        Tags = [.. desk.Tags.Select(t => new FilterOption<TagId?>(t.Id, t.Name))];
    }

    public IReadOnlyList<FilterOption<LeadStatus>> Statuses { get; }
    public IReadOnlyList<FilterOption<EmployeeId?>> Owners { get; }
    public IReadOnlyList<FilterOption<TeamId?>> Teams { get; }
    public IReadOnlyList<FilterOption<PoolId?>> Pools { get; }
    public IReadOnlyList<FilterOption<string>> Stages { get; }
    public IReadOnlyList<FilterOption<SourceId?>> Sources { get; }
    public IReadOnlyList<FilterOption<TagId?>> Tags { get; }

    public static FilterChoices For(Actor actor, Desk desk) => _made.GetOrCreateValue(desk).GetOrAdd(
        actor.MaySeeAllLeads ? "all" : actor.LeadsTeams.Count > 0 ? $"teams {string.Join(',', actor.LeadsTeams)}" : $"agent {actor.Id}", _ => new(actor, desk));
}
