using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Leads.Grid;

public enum BulkAct
{
    Assign,
    Reassign,
    Stage,
    Tag,
    Untag,
    FollowUp,
    Unassign,
    MoveToPool,
    Release,
}

/// <summary>One line to choose from: whom, what or where to.</summary>
/// <param name="Aside">"not in pool VIP"; none where nothing stands in the way.</param>
/// <param name="Asks">A manager is asked instead, which takes a reason.</param>
public sealed record BulkChoice(long Id, string Text, string? Aside = null, bool IsOpen = true, bool Asks = false);

/// <summary>What can be done to what is ticked, in the order of use, and to whom or what.</summary>
internal static class BulkChoices
{
    public static IEnumerable<BulkAct> For(ListSelection selection, LeadFilter filter, Actor actor)
    {
        var (owned, unassigned, retired) = Kinds(selection, filter, actor);
        var mayWork = actor.MaySeeAllLeads || owned;
        (BulkAct Act, bool May)[] acts =
        [
            (BulkAct.Assign, actor.MayAssign && unassigned),
            (BulkAct.Reassign, actor.MayAssign && (owned || retired)),
            (BulkAct.Stage, mayWork),
            (BulkAct.Tag, mayWork),
            (BulkAct.Untag, mayWork),
            (BulkAct.FollowUp, mayWork),
            (BulkAct.Unassign, actor.MayAssign && owned),
            (BulkAct.MoveToPool, actor.MayAssign),
            (BulkAct.Release, actor.MayAssign && retired),
        ];
        return acts.Where(a => a.May).Select(a => a.Act);
    }

    public static IReadOnlyList<BulkChoice> Of(BulkAct act, ListSelection selection, LeadFilter filter, Desk desk, Actor actor) => act switch
    {
        BulkAct.Assign or BulkAct.Reassign => Agents(selection, filter, desk),
        BulkAct.Stage => [.. desk.Stages.Select(s => new BulkChoice(s.Id.Value, s.Name))],
        BulkAct.Tag or BulkAct.Untag => [.. desk.Tags.Select(t => t.IsModifiable || actor.MayUseNonModifiableTags
            ? new BulkChoice(t.Id.Value, t.Name) : new(t.Id.Value, t.Name, "a manager decides", Asks: true))],
        BulkAct.MoveToPool => [.. desk.Pools.Select(p => new BulkChoice(p.Id.Value, p.Name))],
        _ => [],
    };

    /// <param name="reason">For a choice that asks.</param>
    public static LeadOrder Order(BulkAct act, LeadSelection leads, long chosen, string? reason = null) => act switch
    {
        BulkAct.Assign => new AssignLeads(leads, new(chosen)),
        BulkAct.Reassign => new ReassignLeads(leads, new(chosen)),
        BulkAct.Stage => new SetLeadsStage(leads, new(chosen)),
        BulkAct.Tag => new TagLeads(leads, new TagId(chosen), reason),
        BulkAct.Untag => new UntagLeads(leads, new TagId(chosen), reason),
        BulkAct.MoveToPool => new MoveLeadsToPool(leads, new(chosen)),
        BulkAct.Unassign => new UnassignLeads(leads),
        BulkAct.Release => new ReleaseLeads(leads),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, "A follow-up is a day, not a choice."),
    };

    /// <summary>Agents who may own everything first, then those who may own a part; who may own nothing cannot be chosen.</summary>
    private static IReadOnlyList<BulkChoice> Agents(ListSelection selection, LeadFilter filter, Desk desk)
    {
        var agents = desk.Employees.Where(e => e.IsActive && e.Roles.HasFlag(Roles.Agent)).ToList();
        var pools = selection.AsFiltered is not null
            ? filter.PoolId is { } one ? [one] : []
            : selection.Rows.Select(r => r.PoolId).OfType<PoolId>().ToList();
        if (pools.Count == 0)
        {
            return [.. agents.Select(a => new BulkChoice(a.Id.Value, a.Name))];
        }

        return
        [
            .. agents.Select(a => (Agent: a, Closed: pools.Where(p => desk.Pool(p)?.Has(a.Id) != true).ToList()))
                .OrderBy(a => a.Closed.Count)
                .Select(a => new BulkChoice(a.Agent.Id.Value, a.Agent.Name, Aside(a.Closed), a.Closed.Count < pools.Count)),
        ];

        string? Aside(List<PoolId> closed) => closed.Count == 0 ? null
            : closed.Distinct().Count() == 1 && closed.Count == pools.Count ? $"not in pool {desk.Pool(closed[0])?.Name}"
            : $"can own {pools.Count - closed.Count} of {pools.Count}";
    }

    private static (bool Owned, bool Unassigned, bool Retired) Kinds(ListSelection selection, LeadFilter filter, Actor actor) => selection.AsFiltered is null
        ? (selection.Rows.Any(r => r.OwnerId is not null), selection.Rows.Any(r => r.OwnerId is null && !r.IsRetired), selection.Rows.Any(r => r.IsRetired))
        : filter switch
        {
            { View: not LeadView.All } or { OwnerId: not null } or { TeamId: not null } or { Status: LeadStatus.Assigned } => (true, false, false),
            { Status: LeadStatus.Unassigned } => (false, true, false),
            { Status: LeadStatus.Retired } => (false, false, true),
            _ => (true, actor.MaySeeUnassigned, actor.MaySeeRetired),
        };
}
