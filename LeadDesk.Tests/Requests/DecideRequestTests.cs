using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Requests;

public sealed class DecideRequestTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Approving_puts_the_tag_on_starts_no_clock_and_tells_who_asked(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(2));
        var id = await desk.AskAsync(lead);
        desk.Wait(TimeSpan.FromMinutes(5));

        var outcome = await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Meera));

        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
        Assert.Equal(desk.Restricted.Id, Assert.Single(after.Tags).TagId);
        Assert.Equal(lead.ClockStart, after.ClockStart);
        Assert.Equal((RequestState.Approved, desk.Meera.Id, desk.Now), ((await desk.RequestAsync(id)).State, (await desk.RequestAsync(id)).DecidedById, (await desk.RequestAsync(id)).DecidedAt));
        Assert.Equal((LeadEventKind.Tagged, desk.Meera.Id), ((await desk.HistoryAsync(lead.Id))[^1].Kind, (await desk.HistoryAsync(lead.Id))[^1].ActorId));
        var line = Assert.Single(await desk.InboxAsync(desk.Asha));
        Assert.Equal((NotificationKind.RequestApproved, desk.Meera.Id, lead.Id), (line.Kind, line.ById, line.LeadId));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Approving_the_other_direction_takes_it_off(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.Get<DecideRequest>().RunAsync(await desk.AskAsync(lead), true, null, await desk.As(desk.Meera));

        await desk.Get<DecideRequest>().RunAsync(await desk.AskAsync(lead, putOn: false), true, null, await desk.As(desk.Iris));

        Assert.Empty((await desk.ReadAsync(lead.Id)).Tags);
        Assert.Equal((LeadEventKind.Untagged, desk.Iris.Id), ((await desk.HistoryAsync(lead.Id))[^1].Kind, (await desk.HistoryAsync(lead.Id))[^1].ActorId));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Rejecting_needs_a_comment_which_who_asked_reads(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var (act, meera) = (desk.Get<DecideRequest>(), await desk.As(desk.Meera));

        var silent = await act.RunAsync(id, false, "  ", meera);
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(id)).State);
        var said = await act.RunAsync(id, false, " one branch only ", meera);

        Assert.IsType<NotAcceptable>(silent.Refusal);
        Assert.Equal(OutcomeKind.Done, said.Kind);
        Assert.Empty((await desk.ReadAsync(lead.Id)).Tags);
        Assert.Equal((LeadEventKind.RequestRejected, "one branch only"), ((await desk.HistoryAsync(lead.Id))[^1].Kind, (await desk.HistoryAsync(lead.Id))[^1].Text));
        Assert.Equal((NotificationKind.RequestRejected, "one branch only"), ((await desk.InboxAsync(desk.Asha)).Single().Kind, (await desk.InboxAsync(desk.Asha)).Single().Text));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Neither_agents_nor_team_leads_decide_whatever_id_they_send(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var act = desk.Get<DecideRequest>();

        foreach (var who in new[] { desk.Asha, desk.Ravi, desk.Tara, desk.Nils })
        {
            Assert.IsType<NotFound>((await act.RunAsync(id, true, null, await desk.As(who))).Refusal);
            Assert.IsType<NotFound>((await act.RunAsync(id, false, "No", await desk.As(who))).Refusal);
        }

        Assert.IsType<NotFound>((await act.RunAsync(new RequestId(987654), true, null, await desk.As(desk.Meera))).Refusal);
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(id)).State);
        Assert.Empty((await desk.ReadAsync(lead.Id)).Tags);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_role_taken_a_second_ago_decides_nothing(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var meera = await desk.As(desk.Meera);
        await desk.GiveRolesAsync(desk.Meera, Roles.Agent);

        Assert.IsType<NotFound>((await desk.Get<DecideRequest>().RunAsync(id, true, null, meera)).Refusal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Nobody_decides_their_own_also_when_they_became_a_manager_since(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        await desk.GiveRolesAsync(desk.Asha, Roles.Agent | Roles.SalesManager);

        var outcome = await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Asha));

        Assert.Equal("You asked for this one, so someone else decides.", outcome.Refusal?.Sentence);
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(id)).State);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_second_of_two_managers_is_told_who_decided_and_when(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        desk.Wait(TimeSpan.FromMinutes(118));
        await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Iris));
        desk.Wait(TimeSpan.FromSeconds(6));

        var second = await desk.Get<DecideRequest>().RunAsync(id, false, "Too late", await desk.As(desk.Meera));

        Assert.Equal("Iris approved this at 13:58. Your decision was not needed.", Assert.IsType<ChangedMeanwhile>(second.Refusal).Sentence);
        Assert.Single((await desk.ReadAsync(lead.Id)).Tags);
        Assert.Single(await desk.InboxAsync(desk.Asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_managers_who_decide_the_same_200_at_once_decide_each_exactly_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(200);
        var (meera, iris, act) = (await desk.As(desk.Meera), await desk.As(desk.Iris), desk.Get<DecideRequest>());

        var both = await Task.WhenAll(Task.Run(() => act.RunAsync(ids, true, null, meera)), Task.Run(() => act.RunAsync([.. ids.Reverse()], false, "No", iris)));

        var (approved, rejected) = (both[0].Where(o => o.Outcome.Kind is OutcomeKind.Done).ToList(), both[1].Where(o => o.Outcome.Kind is OutcomeKind.Done).ToList());
        Assert.Equal(200, approved.Count + rejected.Count);
        Assert.Empty(approved.Select(o => o.Id).Intersect(rejected.Select(o => o.Id)));
        Assert.All(both.SelectMany(b => b).Where(o => o.Outcome.IsRefused), o => Assert.EndsWith("Your decision was not needed.", Assert.IsType<ChangedMeanwhile>(o.Outcome.Refusal).Sentence, StringComparison.Ordinal));
        await using var db = desk.Database();
        Assert.Equal(approved.Count, await db.LeadTags.CountAsync());
        Assert.Equal(approved.Count, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Tagged));
        Assert.Equal(rejected.Count, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.RequestRejected));
        Assert.Equal(approved.Count, await db.Requests.CountAsync(r => r.State == RequestState.Approved && r.DecidedById == desk.Meera.Id));
        Assert.Equal(rejected.Count, await db.Requests.CountAsync(r => r.State == RequestState.Rejected && r.DecidedById == desk.Iris.Id));
        Assert.Equal(200, await db.Notifications.CountAsync(n => n.EmployeeId == desk.Asha.Id));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Fifty_in_one_go_have_an_outcome_each(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(50);
        await desk.Get<DecideRequest>().RunAsync(ids[7], false, "Not this one", await desk.As(desk.Iris));
        await desk.Get<WithdrawRequest>().RunAsync(ids[8], await desk.As(desk.Asha));

        var outcomes = await desk.Get<DecideRequest>().RunAsync(ids, true, null, await desk.As(desk.Meera));

        Assert.Equal(ids, outcomes.Select(o => o.Id));
        Assert.Equal(48, outcomes.Count(o => o.Outcome.Kind is OutcomeKind.Done));
        Assert.Equal("Iris rejected this at 12:00. Your decision was not needed.", outcomes[7].Outcome.Refusal?.Sentence);
        Assert.Equal("Asha withdrew this at 12:00.", outcomes[8].Outcome.Refusal?.Sentence);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_fails_midway_leaves_request_lead_history_and_inbox_as_they_were(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var (before, events) = (await desk.ReadAsync(lead.Id), (await desk.HistoryAsync(lead.Id)).Count);
        await using (var db = desk.Database())
        {
            await db.Database.ExecuteSqlRawAsync(provider is DatabaseProvider.Sqlite
                ? """CREATE TRIGGER "Full" BEFORE INSERT ON "Notifications" BEGIN SELECT RAISE(ABORT, 'full'); END"""
                : """ALTER TABLE "Notifications" ADD CONSTRAINT "Full" CHECK ("Kind" <> 11) NOT VALID""");
        }

        await Assert.ThrowsAsync<DbUpdateException>(async () => await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Meera)));

        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(id)).State);
        Assert.Equal((before.Version, 0), ((await desk.ReadAsync(lead.Id)).Version, (await desk.ReadAsync(lead.Id)).Tags.Count));
        Assert.Equal(events, (await desk.HistoryAsync(lead.Id)).Count);
        Assert.Empty(await desk.InboxAsync(desk.Asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Managers_are_reminded_once_of_what_waits_too_long_and_of_nothing_once_it_is_over(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var reminder = desk.Get<RequestReminder>();

        desk.Wait(TimeSpan.FromHours(4) - TimeSpan.FromSeconds(1));
        Assert.Equal(0, await reminder.RunAsync());
        desk.Wait(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await reminder.RunAsync());
        desk.Wait(TimeSpan.FromDays(1));
        Assert.Equal(0, await reminder.RunAsync());

        Assert.Equal([NotificationKind.RequestWaiting, NotificationKind.RequestsOld], (await desk.InboxAsync(desk.Meera)).Select(n => n.Kind));
        await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Iris));
        Assert.All(await desk.InboxAsync(desk.Meera), n => Assert.Equal(desk.Now, n.ReadAt));
    }
}
