using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Requests;
using LeadDesk.App.Settings;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Requests;

public sealed class CloseRequestsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_manager_who_puts_the_tag_on_directly_ends_the_request_for_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);

        await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.Restricted.Id), await desk.As(desk.Meera));

        var request = await desk.RequestAsync(id);
        Assert.Equal((RequestState.Closed, "Meera put it on directly.", null), (request.State, request.Comment, request.DecidedById));
        Assert.Equal([LeadEventKind.Tagged, LeadEventKind.RequestClosed], (await desk.HistoryAsync(lead.Id)).TakeLast(2).Select(e => e.Kind));
        var line = Assert.Single(await desk.InboxAsync(desk.Asha));
        Assert.Equal((NotificationKind.RequestClosed, "Meera put it on directly."), (line.Kind, line.Text));
        Assert.All(await desk.InboxAsync(desk.Iris), n => Assert.NotNull(n.ReadAt));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Taking_it_off_ends_the_request_to_take_it_off_and_no_other(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (lead, other) = (await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync("Jonas Weber", desk.Asha));
        var (act, meera) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera));
        await act.RunAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.Restricted.Id), meera);
        var (off, on) = (await desk.AskAsync(lead, putOn: false), await desk.AskAsync(other));

        await act.RunAsync(new UntagLeads(LeadSelection.Of(lead.Id, other.Id), desk.Restricted.Id), meera);

        Assert.Equal((RequestState.Closed, "Meera took it off directly."), ((await desk.RequestAsync(off)).State, (await desk.RequestAsync(off)).Comment));
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(on)).State);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_bulk_act_ends_them_too_also_as_a_stored_job(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(501);
        var meera = await desk.As(desk.Meera);

        var started = await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.All(new LeadFilter()), desk.Restricted.Id), meera);
        while (await desk.Get<ActOnLeads>().RunChunkAsync(started.Value!.Batch, meera, default))
        {
        }

        await using var db = desk.Database();
        Assert.Equal(ids.Count, await db.Requests.CountAsync(r => r.State == RequestState.Closed));
        Assert.Equal(ids.Count, await db.Notifications.CountAsync(n => n.EmployeeId == desk.Asha.Id && n.Kind == NotificationKind.RequestClosed));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_requests_of_a_tag_that_goes_close_with_it_and_who_asked_is_told(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (mine, theirs) = (await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync("Jonas Weber", desk.Omar));
        var (one, two) = (await desk.AskAsync(mine), await desk.AskAsync(theirs, desk.Omar));

        Assert.Equal(OutcomeKind.Done, (await desk.Get<DeleteTag>().RunAsync(desk.Restricted.Id, await desk.As(desk.Meera))).Kind);

        foreach (var id in new[] { one, two })
        {
            Assert.Equal((RequestState.Closed, "The tag VIP was deleted."), ((await desk.RequestAsync(id)).State, (await desk.RequestAsync(id)).Comment));
        }

        Assert.Equal("The tag VIP was deleted.", (await desk.InboxAsync(desk.Omar)).Single().Text);
        Assert.Equal(LeadEventKind.RequestClosed, (await desk.HistoryAsync(mine.Id))[^1].Kind);
        Assert.IsType<NotFound>((await desk.Get<RequestTagChange>().RunAsync(mine.Id, desk.Restricted.Id, true, "Again", await desk.As(desk.Asha))).Refusal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Who_approves_while_another_puts_it_on_directly_is_told_what_became_of_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(20);
        var (meera, iris) = (await desk.As(desk.Meera), await desk.As(desk.Iris));
        await using (var db = desk.Database())
        {
            var leads = await db.Requests.Select(r => r.LeadId).ToListAsync();
            await Task.WhenAll(
                Task.Run(() => desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of(leads), desk.Restricted.Id), iris)),
                Task.Run(() => desk.Get<DecideRequest>().RunAsync(ids, true, null, meera)));
        }

        await using var after = desk.Database();
        Assert.Equal(20, await after.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Tagged));
        Assert.Equal(0, await after.Requests.CountAsync(r => r.State == RequestState.Waiting));
        Assert.Equal(20, await after.Notifications.CountAsync(n => n.EmployeeId == desk.Asha.Id));
    }
}
