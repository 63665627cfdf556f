using System.Globalization;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Board;

public enum BoardSort
{
    Soonest,
    Value,
    Newest,
}

/// <summary>What the address of a board says: whose leads, from where, in which order.</summary>
public sealed record BoardFilter
{
    private static readonly (string Word, BoardSort Sort)[] _sorts = [("value", BoardSort.Value), ("newest", BoardSort.Newest)];

    public EmployeeId? OwnerId { get; init; }
    public TeamId? TeamId { get; init; }
    public PoolId? PoolId { get; init; }
    public SourceId? SourceId { get; init; }
    public TagId? TagId { get; init; }

    /// <summary>Only what is inside its warning window, or due.</summary>
    public bool GoingStale { get; init; }

    public BoardSort Sort { get; init; }

    /// <summary>Whether it leaves anything out.</summary>
    public bool IsOn => this with { Sort = default } != new BoardFilter();

    /// <summary>What nobody may ask for, or what is no more, is left out: an old link still opens a board.</summary>
    public static BoardFilter Read(BoardAddress address, Actor actor, Desk desk) => new()
    {
        OwnerId = Id<EmployeeId>(address.Owner) is { } owner && OwnersFor(actor, desk).Any(e => e.Id == owner) ? owner : null,
        TeamId = Id<TeamId>(address.Team) is { } team && TeamsFor(actor, desk).Any(t => t.Id == team) ? team : null,
        PoolId = Id<PoolId>(address.Pool) is { } pool && desk.Pool(pool) is not null ? pool : null,
        SourceId = Id<SourceId>(address.Source) is { } source && desk.Source(source) is not null ? source : null,
        TagId = Id<TagId>(address.Tag) is { } tag && desk.Tag(tag) is not null ? tag : null,
        GoingStale = LeadAddress.Read(view: address.View).View is LeadView.GoingStale,
        Sort = _sorts.FirstOrDefault(s => s.Word == address.Sort).Sort,
    };

    /// <summary>Whose leads a person may look at one by one; none for an agent, who sees their own.</summary>
    public static IReadOnlyList<Employee> OwnersFor(Actor actor, Desk desk) =>
        actor.MaySeeAllLeads ? [.. desk.Employees.Where(e => e.Roles.HasFlag(Roles.Agent))]
        : actor.LeadsTeams.Count > 0 ? [.. desk.Employees.Where(e => e.Id == actor.Id || (e.TeamId is { } t && actor.LeadsTeams.Contains(t)))]
        : [];

    /// <summary>Between which teams a person may choose.</summary>
    public static IReadOnlyList<Team> TeamsFor(Actor actor, Desk desk) =>
        actor.MaySeeAllLeads ? desk.Teams : actor.LeadsTeams.Count > 1 ? [.. desk.Teams.Where(t => actor.LeadsTeams.Contains(t.Id))] : [];

    /// <summary>With the question mark; empty where nothing is chosen.</summary>
    public string Query() => LeadAddress.Query(Leads() with { Status = default }, ("sort", _sorts.FirstOrDefault(s => s.Sort == Sort).Word));

    /// <summary>The same leads in the list.</summary>
    public string ListAddress(StageId? stage = null) => "leads" + LeadAddress.Query(Leads(stage));

    public LeadFilter Leads(StageId? stage = null) => new()
    {
        View = GoingStale ? LeadView.GoingStale : LeadView.All,
        Status = LeadStatus.Assigned,
        OwnerId = OwnerId,
        TeamId = TeamId,
        PoolId = PoolId,
        SourceId = SourceId,
        TagId = TagId,
        StageId = stage,
    };

    /// <summary>The narrowest that hears of every lead this board shows.</summary>
    public IReadOnlyList<Topic> Topics(Actor actor)
    {
        IEnumerable<Topic> leads = (this, actor) switch
        {
            ({ OwnerId: { } owner }, _) => [Topic.Owner(owner)],
            ({ TeamId: { } team }, _) => [Topic.Team(team)],
            (_, { MaySeeAllLeads: false, Id: { } me }) => [Topic.Owner(me), .. actor.LeadsTeams.Select(Topic.Team)],
            ({ PoolId: { } pool }, _) => [Topic.Pool(pool)],
            ({ SourceId: { } source }, _) => [Topic.Source(source)],
            _ => [Topic.AllLeads],
        };
        return [.. leads, Topic.Desk];
    }

    /// <summary>Whether a lead that stands there may be on the board; neither its tags nor its clock are known from the place.</summary>
    public bool MayShow(LeadPlace? place, Actor actor) =>
        place is { OwnerId: { } owner }
        && (actor.MaySeeAllLeads || owner == actor.Id || (place.TeamId is { } team && actor.LeadsTeams.Contains(team)))
        && (OwnerId is null || OwnerId == owner)
        && (TeamId is null || TeamId == place.TeamId)
        && (PoolId is null || PoolId == place.PoolId)
        && (SourceId is null || SourceId == place.SourceId);

    private static TId? Id<TId>(string? text) where TId : struct, IId<TId> =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? TId.From(value) : null;
}

/// <summary>The words of the address as they were typed.</summary>
public sealed record BoardAddress(string? Owner, string? Team, string? Pool, string? Source, string? Tag, string? View, string? Sort);
