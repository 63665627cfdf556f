using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What a change elsewhere means for an open list: the words beside the row, and whether it may bring a row.</summary>
internal static class ListNews
{
    /// <summary>"Ben tagged it".</summary>
    public static string Note(LeadChange change, Desk desk) => change.Kind switch
    {
        LeadEventKind.Retired => "It retired",
        LeadEventKind.Warned => "It is going stale",
        var kind => $"{Who(change, desk)} {Did(kind, change, desk)}",
    };

    /// <summary>"Maya reassigned it to Rita, 13:05".</summary>
    public static string Gone(LeadChange? change, Desk desk, DateTimeOffset now, TimeZoneInfo zone) =>
        change is null ? "left this list" : $"{Note(change, desk)}, {TimeWords.Moment(change.At, now, zone)}";

    /// <summary>Whether the lead may match now and did not before. What the change does not carry is guessed as "may".</summary>
    public static bool MayEnter(LeadChange change, LeadFilter filter, Actor actor, Desk desk) => change switch
    {
        { Before: null } => true,
        { Before: { } before } when !Fits(before, filter, actor, desk) => true,
        { Kind: LeadEventKind.FollowUpSet or LeadEventKind.Called } => filter.View is LeadView.FollowUps,
        { Kind: LeadEventKind.Assigned or LeadEventKind.Reassigned } => filter.View is LeadView.Fresh,
        { Kind: LeadEventKind.Warned or LeadEventKind.StageChanged } => filter.View is LeadView.GoingStale,
        { Kind: LeadEventKind.Tagged } => filter.TagId is not null,
        { Kind: LeadEventKind.DetailsEdited } => filter.Search is not null,
        _ => false,
    };

    /// <summary>What an open list has to hear of: as little as its filter allows.</summary>
    public static IReadOnlyCollection<Topic> Topics(LeadFilter filter, Actor actor) => [Topic.Desk, .. Places(filter, actor)];

    private static IEnumerable<Topic> Places(LeadFilter filter, Actor actor)
    {
        if (filter.OwnerId is { } owner)
        {
            return [Topic.Owner(owner)];
        }

        if (!actor.MaySeeAllLeads)
        {
            return
            [
                .. actor.Id is { } me ? new[] { Topic.Owner(me) } : [],
                .. filter.Status is LeadStatus.Retired ? [] : actor.LeadsTeams.Select(Topic.Team),
                .. filter.Status is LeadStatus.Assigned ? [] : actor.LeadsTeams.Select(Topic.RetiredFromTeam),
            ];
        }

        return filter switch
        {
            { TeamId: { } team } => [Topic.Team(team)],
            { PoolId: { } pool } => [Topic.Pool(pool)],
            { SourceId: { } source } => [Topic.Source(source)],
            { Status: LeadStatus.Retired } => [Topic.Retired],
            { Status: LeadStatus.Unassigned } => [Topic.Unassigned],
            _ => [Topic.AllLeads],
        };
    }

    private static bool Fits(LeadPlace place, LeadFilter filter, Actor actor, Desk desk) =>
        (actor.MaySeeAllLeads
            || (place.OwnerId is not null && place.OwnerId == actor.Id)
            || (place.TeamId is { } team && actor.LeadsTeams.Contains(team))
            || (place.IsRetired && place.RetiredFromTeamId is { } from && actor.LeadsTeams.Contains(from)))
        && filter.Status switch
        {
            LeadStatus.Assigned => place.OwnerId is not null,
            LeadStatus.Unassigned => place.OwnerId is null && !place.IsRetired,
            LeadStatus.Retired => place.IsRetired,
            _ => true,
        }
        && (filter.OwnerId is null || filter.OwnerId == place.OwnerId)
        && (filter.TeamId is null || filter.TeamId == place.TeamId)
        && (filter.PoolId is null || filter.PoolId == place.PoolId)
        && (filter.SourceId is null || filter.SourceId == place.SourceId)
        && (filter.StageId is null || filter.StageId == place.StageId)
        && (!filter.OpenOnly || desk.Stage(place.StageId) is { Kind: StageKind.Open });

    private static string Who(LeadChange change, Desk desk) => desk.Employee(change.ById)?.FirstName ?? "The desk";

    private static string Did(LeadEventKind kind, LeadChange change, Desk desk) => kind switch
    {
        LeadEventKind.Created => "created it",
        LeadEventKind.Assigned => $"assigned it to {desk.Employee(change.After.OwnerId)?.FirstName}",
        LeadEventKind.Reassigned => $"reassigned it to {desk.Employee(change.After.OwnerId)?.FirstName}",
        LeadEventKind.Unassigned => "unassigned it",
        LeadEventKind.Released => "released it to its pool",
        LeadEventKind.StageChanged => $"moved it to {desk.Stage(change.After.StageId)?.Name}",
        LeadEventKind.Commented => "commented",
        LeadEventKind.Called => "logged a call",
        LeadEventKind.CallTagApplied => "set its call tag",
        LeadEventKind.Tagged => "tagged it",
        LeadEventKind.Untagged => "took a tag off",
        LeadEventKind.FollowUpSet => "set its follow-up",
        LeadEventKind.DetailsEdited => "edited it",
        LeadEventKind.PoolChanged => $"moved it to pool {desk.Pool(change.After.PoolId)?.Name}",
        _ => "changed it",
    };
}
