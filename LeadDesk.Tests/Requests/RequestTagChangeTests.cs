using LeadDesk.App.Batches;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Requests;

public sealed class RequestTagChangeTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Asking_leaves_the_tag_off_notes_it_on_the_lead_and_tells_every_manager(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(2));

        var id = await desk.AskAsync(lead, reason: "  Three branches ");

        var (request, after) = (await desk.RequestAsync(id), await desk.ReadAsync(lead.Id));
        Assert.Equal((RequestState.Waiting, "Three branches", true, desk.Asha.Id, desk.Now), (request.State, request.Reason, request.PutsOn, request.AskedById, request.AskedAt));
        Assert.Empty(after.Tags);
        Assert.Equal(lead.ClockStart, after.ClockStart);
        Assert.Equal((LeadEventKind.TagRequested, desk.Restricted.Id.Value), ((await desk.HistoryAsync(lead.Id))[^1].Kind, (await desk.HistoryAsync(lead.Id))[^1].ToId));
        foreach (var manager in new[] { desk.Meera, desk.Iris })
        {
            var line = Assert.Single(await desk.InboxAsync(manager));
            Assert.Equal((NotificationKind.RequestWaiting, 1, "Lena Fischer", desk.Asha.Id, desk.Restricted.Id), (line.Kind, line.Count, line.LeadName, line.ById, line.TagId));
        }

        Assert.Empty(await desk.InboxAsync(desk.Asha));
        Assert.Empty(await desk.InboxAsync(desk.Tara));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Asking_twice_is_refused_with_the_time_until_the_first_is_over(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var first = await desk.AskAsync(lead);
        desk.Wait(TimeSpan.FromMinutes(30));
        var act = desk.Get<RequestTagChange>();

        var again = await act.RunAsync(lead.Id, desk.Restricted.Id, true, "Really", await desk.As(desk.Tara));
        await desk.Get<WithdrawRequest>().RunAsync(first, await desk.As(desk.Asha));
        var afterwards = await act.RunAsync(lead.Id, desk.Restricted.Id, true, "Really", await desk.As(desk.Tara));

        Assert.Equal("VIP was asked for at 12:00 and still waits.", again.Refusal?.Sentence);
        Assert.Equal(OutcomeKind.Done, afterwards.Kind);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Of_many_who_ask_for_the_same_at_once_one_asks_and_the_others_are_told(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var (asha, tara, act) = (await desk.As(desk.Asha), await desk.As(desk.Tara), desk.Get<RequestTagChange>());

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => Task.Run(() => act.RunAsync(lead.Id, desk.Restricted.Id, true, $"Reason {n}", n % 2 == 0 ? asha : tara))));

        Assert.Single(outcomes, o => o.Kind is OutcomeKind.Done);
        Assert.All(outcomes.Where(o => o.Kind is not OutcomeKind.Done), o => Assert.Equal("VIP was asked for at 12:00 and still waits.", o.Refusal?.Sentence));
        await using var db = desk.Database();
        Assert.Equal(1, await db.Requests.CountAsync());
        Assert.Equal(1, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.TagRequested));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Both_directions_may_wait_and_a_reason_is_needed(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var (act, asha) = (desk.Get<RequestTagChange>(), await desk.As(desk.Asha));

        var none = await act.RunAsync(lead.Id, desk.Restricted.Id, true, "  ", asha);
        var off = await act.RunAsync(lead.Id, desk.Restricted.Id, false, "My mistake", asha);
        await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.Restricted.Id), await desk.As(desk.Meera));
        var nowOff = await act.RunAsync(lead.Id, desk.Restricted.Id, false, "My mistake", asha);

        Assert.Equal("A request needs a reason, so a manager can decide.", Assert.IsType<NotAcceptable>(none.Refusal).Sentence);
        Assert.Equal(OutcomeKind.NothingToDo, off.Kind);
        Assert.Equal(OutcomeKind.Done, nowOff.Kind);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Somebody_elses_lead_is_not_there_and_who_may_use_the_tag_does_not_ask(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var act = desk.Get<RequestTagChange>();

        Assert.IsType<NoLeadHere>((await act.RunAsync(lead.Id, desk.Restricted.Id, true, "Mine", await desk.As(desk.Ravi))).Refusal);
        Assert.IsType<NoLeadHere>((await act.RunAsync(lead.Id, desk.Restricted.Id, true, "Mine", await desk.As(desk.Nils))).Refusal);
        Assert.IsType<NoLeadHere>((await act.RunAsync(new(987654), desk.Restricted.Id, true, "Mine", await desk.As(desk.Asha))).Refusal);
        Assert.IsType<NotFound>((await act.RunAsync(lead.Id, new(987654), true, "Mine", await desk.As(desk.Asha))).Refusal);
        Assert.Equal("You may use VIP directly.", (await act.RunAsync(lead.Id, desk.Restricted.Id, true, "Mine", await desk.As(desk.Meera))).Refusal?.Sentence);
        Assert.Equal("You may use French directly.", (await act.RunAsync(lead.Id, desk.French.Id, true, "Mine", await desk.As(desk.Asha))).Refusal?.Sentence);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Tagging_many_asks_once_for_each_and_the_managers_hear_one_line(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(3, desk.Asha);

        var outcome = await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of(leads), desk.Restricted.Id, "All of one chain"), await desk.As(desk.Asha));

        Assert.Equal((3, 0), (outcome.Value!.Done, outcome.Value.RefusedCount));
        Assert.Equal((NotificationKind.RequestWaiting, 3), ((await desk.InboxAsync(desk.Meera)).Single().Kind, (await desk.InboxAsync(desk.Meera)).Single().Count));
        await using var db = desk.Database();
        Assert.Equal(3, await db.Requests.CountAsync(r => r.State == RequestState.Waiting && r.Reason == "All of one chain"));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_unread_line_of_a_manager_counts_all_that_came_also_at_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var first = await desk.LeadAsync("First", desk.Asha);
        await desk.AskAsync(first);
        var leads = await desk.LeadsAsync(8, desk.Asha);
        var (act, asha) = (desk.Get<RequestTagChange>(), await desk.As(desk.Asha));

        await Task.WhenAll(leads.Select(l => Task.Run(() => act.RunAsync(l, desk.Restricted.Id, true, "Same chain", asha))));

        Assert.Equal(9, (await desk.InboxAsync(desk.Meera)).Single().Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Only_who_asked_withdraws_and_once_it_is_over_is_told_so(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var act = desk.Get<WithdrawRequest>();

        Assert.IsType<NotFound>((await act.RunAsync(id, await desk.As(desk.Ravi))).Refusal);
        Assert.IsType<NotFound>((await act.RunAsync(id, await desk.As(desk.Meera))).Refusal);
        Assert.Equal(OutcomeKind.Done, (await act.RunAsync(id, await desk.As(desk.Asha))).Kind);
        Assert.Equal(RequestState.Withdrawn, (await desk.RequestAsync(id)).State);
        Assert.Equal(LeadEventKind.RequestWithdrawn, (await desk.HistoryAsync(lead.Id))[^1].Kind);

        var next = await desk.AskAsync(lead);
        await desk.Get<DecideRequest>().RunAsync(next, true, null, await desk.As(desk.Meera));
        Assert.Equal("Meera decided this meanwhile.", (await act.RunAsync(next, await desk.As(desk.Asha))).Refusal?.Sentence);
    }
}
