using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Requests;

/// <summary>Every way in, whatever is sent; and requests whose lead went elsewhere meanwhile.</summary>
public sealed class RequestRightsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Many_sent_at_once_by_agents_and_team_leads_decide_none(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(5);

        foreach (var who in new[] { desk.Asha, desk.Ravi, desk.Tara, desk.Nils })
        {
            var outcomes = await desk.Get<DecideRequest>().RunAsync(ids, true, "Mine", await desk.As(who));
            Assert.All(outcomes, o => Assert.IsType<NotFound>(o.Outcome.Refusal));
        }

        await using var db = desk.Database();
        Assert.Equal(5, await db.Requests.CountAsync(r => r.State == RequestState.Waiting));
        Assert.Empty(await db.LeadTags.ToListAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Of_many_a_manager_who_also_asked_decides_all_but_their_own(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var own = await desk.AskAsync(await desk.LeadAsync(ownedBy: desk.Asha));
        var another = await desk.AskAsync(await desk.LeadAsync(ownedBy: desk.Ravi), desk.Ravi);
        await desk.GiveRolesAsync(desk.Asha, Roles.Agent | Roles.SalesManager);

        var outcomes = await desk.Get<DecideRequest>().RunAsync([own, another], true, null, await desk.As(desk.Asha));

        Assert.Equal("You asked for this one, so someone else decides.", outcomes[0].Outcome.Refusal?.Sentence);
        Assert.Equal(OutcomeKind.Done, outcomes[1].Outcome.Kind);
        Assert.Equal((RequestState.Waiting, RequestState.Approved), ((await desk.RequestAsync(own)).State, (await desk.RequestAsync(another)).State));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_history_and_the_waiting_tag_of_a_lead_are_shown_to_nobody_who_may_not_see_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.AskAsync(lead);

        foreach (var who in new[] { desk.Ravi, desk.Omar, desk.Nils })
        {
            Assert.Null(await desk.Get<App.Board.BoardQuery>().TagsAsync(lead.Id, await desk.As(who)));
            Assert.Null(await desk.Get<App.Leads.Profile.ProfileQuery>().AskAsync(lead.Id, await desk.As(who)));
        }

        foreach (var who in new[] { desk.Asha, desk.Tara, desk.Meera })
        {
            Assert.Single((await desk.Get<App.Board.BoardQuery>().TagsAsync(lead.Id, await desk.As(who)))!.Waiting);
        }
    }

    [Fact]
    public async Task A_program_of_an_agent_or_a_team_lead_hears_of_no_request_but_what_concerns_their_leads()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var commits = new List<Commit>();
        desk.Get<ChangeFeed>().Committed += commits.Add;
        var id = await desk.AskAsync(lead);
        await desk.Get<DecideRequest>().RunAsync(id, false, "Not this branch", await desk.As(desk.Meera));

        foreach (var stranger in new[] { desk.Ravi, desk.Omar, desk.Nils })
        {
            Assert.Empty(DeskNews.For(await desk.As(stranger), commits).Changed);
        }

        Assert.DoesNotContain("requests", DeskNews.For(await desk.As(desk.Asha), commits).Changed);
        Assert.DoesNotContain("requests", DeskNews.For(await desk.As(desk.Tara), commits).Changed);
        Assert.Contains($"lead:{lead.Id}", DeskNews.For(await desk.As(desk.Asha), commits).Changed);
        Assert.Contains("requests", DeskNews.For(await desk.As(desk.Iris), commits).Changed);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_request_of_a_lead_that_retired_or_went_to_somebody_else_still_waits_and_who_asked_hears_the_decision(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (retired, given) = (await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(6.5)), await desk.LeadAsync("Oscar Blanc", desk.Asha));
        var (first, second) = (await desk.AskAsync(retired), await desk.AskAsync(given));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        await desk.Get<ActOnLeads>().RunAsync(new ReassignLeads(LeadSelection.Of(given.Id), desk.Ravi.Id), await desk.As(desk.Meera));
        desk.Wait(TimeSpan.FromDays(1));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        Assert.True((await desk.ReadAsync(retired.Id)).IsRetired);

        var outcomes = await desk.Get<DecideRequest>().RunAsync([first, second], true, null, await desk.As(desk.Meera));

        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Done, o.Outcome.Kind));
        Assert.Contains((await desk.ReadAsync(retired.Id)).Tags, t => t.TagId == desk.Restricted.Id);
        Assert.Equal((desk.Ravi.Id, 1), ((await desk.ReadAsync(given.Id)).OwnerId, (await desk.ReadAsync(given.Id)).Tags.Count));
        Assert.Equal(2, (await desk.InboxAsync(desk.Asha)).Count(n => n.Kind is NotificationKind.RequestApproved));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_who_ask_for_the_same_200_at_once_ask_once_for_each(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(200, desk.Asha);
        var (asha, tara, act) = (await desk.As(desk.Asha), await desk.As(desk.Tara), desk.Get<ActOnLeads>());

        var both = await Task.WhenAll(
            Task.Run(() => act.RunAsync(new TagLeads(LeadSelection.Of(leads), desk.Restricted.Id, "One chain"), asha)),
            Task.Run(() => act.RunAsync(new TagLeads(LeadSelection.Of([.. leads.Reverse()]), desk.Restricted.Id, "The same chain"), tara)));

        Assert.Equal(200, both.Sum(o => o.Value!.Done));
        await using var db = desk.Database();
        Assert.Equal(200, await db.Requests.CountAsync());
        Assert.Equal(200, await db.Requests.Select(r => r.LeadId).Distinct().CountAsync());
        Assert.Equal(200, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.TagRequested));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task However_many_wait_too_long_a_manager_is_reminded_in_one_line(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.AskManyAsync(501);
        desk.Wait(TimeSpan.FromHours(5));

        Assert.Equal(501, await desk.Get<RequestReminder>().RunAsync());

        Assert.Equal(501, Assert.Single(await desk.InboxAsync(desk.Meera), n => n.Kind is NotificationKind.RequestsOld).Count);
        Assert.Equal(0, await desk.Get<RequestReminder>().RunAsync());
    }
}
