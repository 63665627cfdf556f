using System.Reflection;
using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;

namespace LeadDesk.Tests.Live;

public sealed class TopicsTests
{
    private static readonly LeadPlace Owned = new(new EmployeeId(7), new TeamId(3), new PoolId(5), new(11), new(13), false, null);
    private static readonly LeadPlace Retired = new(null, null, new PoolId(5), new(11), new(13), true, new TeamId(4));
    private static readonly LeadPlace Unassigned = new(null, null, new PoolId(5), new(11), new(13), false, null);

    [Fact]
    public void An_owned_lead_concerns_itself_its_owner_team_pool_and_source() =>
        Assert.Equal(
            [Topic.Lead(new(1)), Topic.AllLeads, Topic.Owner(new(7)), Topic.Pool(new(5)), Topic.Source(new(13)), Topic.Team(new(3))],
            TopicsOf(Owned, Owned));

    [Fact]
    public void A_retired_lead_concerns_the_retired_ones_and_the_team_that_lost_it() =>
        Assert.Equal(
            [Topic.Lead(new(1)), Topic.AllLeads, Topic.Pool(new(5)), Topic.Retired, Topic.RetiredFromTeam(new(4)), Topic.Source(new(13))],
            TopicsOf(Retired, null));

    [Fact]
    public void An_unassigned_lead_concerns_the_unassigned_ones() =>
        Assert.Equal(
            [Topic.Lead(new(1)), Topic.AllLeads, Topic.Pool(new(5)), Topic.Source(new(13)), Topic.Unassigned],
            TopicsOf(Unassigned, null));

    [Fact]
    public void A_lead_that_goes_wakes_where_it_was_and_where_it_is() =>
        Assert.Superset(
            new HashSet<Topic> { Topic.Owner(new(7)), Topic.Team(new(3)), Topic.Retired, Topic.RetiredFromTeam(new(4)) },
            TopicsOf(Retired, Owned).ToHashSet());

    [Fact]
    public void What_an_intent_tells_is_told() =>
        Assert.Contains(Topic.Batch(new(9)), Set(new([], [Topic.Batch(new(9))])));

    /// <summary>A new facet of a place needs its line in the table, or a reason here.</summary>
    [Fact]
    public void Every_facet_of_a_place_wakes_someone()
    {
        // Boards listen by owner, team or pool, so a move inside them is heard there; no screen shows one stage alone.
        string[] withoutTopic = [nameof(LeadPlace.StageId)];

        var facets = typeof(LeadPlace).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Except(withoutTopic);

        Assert.All(facets, facet => Assert.NotEqual(TopicsOf(Owned, null), TopicsOf(Changed(facet), null)));

        static LeadPlace Changed(string facet) => facet switch
        {
            nameof(LeadPlace.OwnerId) => Owned with { OwnerId = new EmployeeId(8) },
            nameof(LeadPlace.TeamId) => Owned with { TeamId = new TeamId(9) },
            nameof(LeadPlace.PoolId) => Owned with { PoolId = new PoolId(6) },
            nameof(LeadPlace.SourceId) => Owned with { SourceId = new(14) },
            nameof(LeadPlace.IsRetired) => Unassigned with { IsRetired = true },
            nameof(LeadPlace.RetiredFromTeamId) => Retired with { RetiredFromTeamId = new TeamId(8) },
            _ => throw new ArgumentOutOfRangeException(nameof(facet), facet, "Say what a change of it wakes."),
        };
    }

    private static List<Topic> TopicsOf(LeadPlace after, LeadPlace? before) =>
        [.. Set(Commits.Of(Commits.Change(1, after, before))).OrderBy(t => t.Kind, StringComparer.Ordinal).ThenBy(t => t.Id)];

    private static HashSet<Topic> Set(Commit commit)
    {
        var topics = new HashSet<Topic>();
        Topics.Of(commit, topics);
        return topics;
    }
}
