using CsCheck;
using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;

namespace LeadDesk.Tests.Live;

public sealed class DeskNewsTests
{
    private static readonly TeamId Pune = new(3);
    private static readonly TeamId Delhi = new(4);
    private static readonly Employee Asha = Employee.Create(new(7), "Asha Rao", "asha@leaddesk.test", Roles.Agent, Pune, "UTC").Value!;
    private static readonly Employee Omar = Employee.Create(new(8), "Omar Khan", "omar@leaddesk.test", Roles.Agent, Delhi, "UTC").Value!;
    private static readonly Employee Tara = Employee.Create(new(9), "Tara Bose", "tara@leaddesk.test", Roles.TeamLead, Pune, "UTC").Value!;
    private static readonly Employee Meera = Employee.Create(new(10), "Meera Shah", "meera@leaddesk.test", Roles.SalesManager, null, "UTC").Value!;
    private static readonly Actor AsAsha = Actor.Person(Asha, []);
    private static readonly Actor AsOmar = Actor.Person(Omar, []);
    private static readonly Actor AsTara = Actor.Person(Tara, [Pune]);
    private static readonly Actor AsMeera = Actor.Person(Meera, []);

    private static readonly LeadPlace Ashas = Commits.Place(owner: 7, team: 3);
    private static readonly LeadPlace Omars = Commits.Place(owner: 8, team: 4);
    private static readonly LeadPlace Unassigned = Commits.Place();
    private static readonly LeadPlace RetiredFromPune = Commits.Place(retired: true, retiredFromTeam: 3);

    [Fact]
    public void A_retired_lead_is_told_to_its_owner_the_team_lead_and_managers_and_to_nobody_else()
    {
        var commit = Commits.Of(Commits.Change(1, RetiredFromPune, Ashas, LeadEventKind.Retired, batch: 5));

        foreach (var actor in new[] { AsAsha, AsTara, AsMeera })
        {
            var news = DeskNews.For(actor, [commit]);
            Assert.Equal([new RetiredLead(1, 7, commit.Leads[0].At, 5)], news.Retired);
            Assert.Equal([new LeftLead(1, "retired", commit.Leads[0].At)], news.Left);
        }

        var stranger = DeskNews.For(AsOmar, [commit]);
        Assert.Empty(stranger.Retired);
        Assert.Empty(stranger.Left);
        Assert.Empty(stranger.Changed);
    }

    [Fact]
    public void Who_lost_a_lead_hears_why_and_who_got_it_only_that_something_is_new()
    {
        var commit = Commits.Of(Commits.Change(1, Omars, Ashas, LeadEventKind.Reassigned));

        Assert.Equal("reassigned", Assert.Single(DeskNews.For(AsAsha, [commit]).Left).Why);
        Assert.Equal(["lead:1", "leads", "owner:7", "pool:1", "source:1", "team:3"], Words(AsAsha, commit));
        Assert.Empty(DeskNews.For(AsOmar, [commit]).Left);
        Assert.Equal(["lead:1", "leads", "owner:8", "pool:1", "source:1", "team:4"], Words(AsOmar, commit));
        Assert.Equal("unassigned", Assert.Single(DeskNews.For(AsMeera, [Commits.Of(Commits.Change(1, Unassigned, Ashas))]).Left).Why);
    }

    [Fact]
    public void A_change_that_takes_nothing_away_leaves_nobody()
    {
        LeadChange[] changes = [Commits.Change(1, Ashas, Ashas), Commits.Change(2, Ashas), Commits.Change(3, Ashas, Unassigned), Commits.Change(4, Unassigned, RetiredFromPune)];

        var news = DeskNews.For(AsMeera, [Commits.Of(changes)]);

        Assert.Empty(news.Left);
        Assert.Empty(news.Retired);
        Assert.Contains("lead:4", news.Changed);
    }

    [Fact]
    public void What_is_told_besides_leads_goes_to_whom_it_concerns()
    {
        var commit = new Commit([], [Topic.Desk, Topic.Batches, Topic.Batch(new(6)), Topic.Owner(new(7)), Topic.Team(Pune), Topic.Inbox(new(7)), Topic.Session(12)]);

        Assert.Equal(["desk", "inbox:7", "owner:7"], Words(AsAsha, commit));
        Assert.Equal(["desk"], Words(AsOmar, commit));
        Assert.Equal(["desk", "team:3"], Words(AsTara, commit));
        Assert.Equal(["batch:6", "batches", "desk", "owner:7", "team:3"], Words(AsMeera, commit));
    }

    /// <summary>The scope of a place is a second writing of the rule; this holds both to each other.</summary>
    [Fact]
    public void A_place_is_seen_by_whoever_may_see_the_lead()
    {
        var pool = Pool.Create(new(1), "Inbound").Value!;
        pool.SetMembers([Asha.Id, Omar.Id]);
        var system = Actor.System("test");
        var start = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

        Gen.Select(Gen.Int[0, 4].Array[0, 6], Gen.Int[0, 4]).Sample((acts, who) =>
        {
            var actor = new[] { AsAsha, AsOmar, AsTara, AsMeera, system }[who];
            var (lead, at) = (Lead.Create(new(1), new() { Name = "Lena" }, new(1), pool.Id, new(1), system, Cause.System, start).Value!, start);
            foreach (var act in acts)
            {
                at += TimeSpan.FromDays(8);
                _ = act switch
                {
                    0 => lead.Assign(Asha, pool, system, Cause.System, at),
                    1 => lead.Reassign(Omar, pool, system, Cause.System, at),
                    2 => lead.RetireIfDue(new(TimeSpan.FromDays(7), TimeSpan.Zero), true, system, at, at),
                    3 => lead.Unassign(system, Cause.System, at),
                    _ => lead.ReleaseToPool(system, Cause.System, at),
                };
            }

            var place = new LeadPlace(lead.OwnerId, lead.TeamId, lead.PoolId, lead.StageId, lead.SourceId, lead.IsRetired, lead.RetiredFromTeamId);
            return DeskNews.MaySee(actor, place) == lead.MayBeSeenBy(actor);
        });
    }

    private static IEnumerable<string> Words(Actor actor, Commit commit) => DeskNews.For(actor, [commit]).Changed.Order(StringComparer.Ordinal);
}
