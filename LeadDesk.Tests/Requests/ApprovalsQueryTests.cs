using LeadDesk.App.Leads;
using LeadDesk.App.Requests;
using LeadDesk.App.Shell;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Requests;

public sealed class ApprovalsQueryTests(PostgresCluster cluster)
{
    private static readonly ApprovalsFilter All = new(false, null, null, null);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_queue_is_read_page_by_page_oldest_first_and_each_row_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(120);
        var (query, meera, read) = (desk.Get<ApprovalsQuery>(), await desk.As(desk.Meera), new List<RequestRow>());

        while (await query.PageAsync(All, read.LastOrDefault(), 50, meera) is { Count: > 0 } page)
        {
            read.AddRange(page);
        }

        Assert.Equal(ids, read.Select(r => r.Id));
        Assert.Equal(("Lead 0", "Reason 0", desk.Asha.Id), (read[0].Lead, read[0].Reason, read[0].AskedById));
        Assert.Equal(new QueueFigures(120, read[0].AskedAt, 0, null), await query.FiguresAsync(All, meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task To_anyone_but_managers_there_is_no_queue(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        var query = desk.Get<ApprovalsQuery>();

        foreach (var who in new[] { desk.Asha, desk.Ravi, desk.Tara, desk.Nils })
        {
            var actor = await desk.As(who);
            Assert.Empty(await query.PageAsync(All, null, 50, actor));
            Assert.Empty(await query.FindAsync([id], actor));
            Assert.Equal(new(0, null, 0, null), await query.FiguresAsync(All, actor));
            Assert.Null(await desk.Get<RequestPreviewQuery>().FindAsync(id, actor));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task It_is_narrowed_to_a_team_a_person_and_a_tag(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (asha, ravi, omar) = (await AskOnAsync(desk.Asha), await AskOnAsync(desk.Ravi), await AskOnAsync(desk.Omar));
        var (query, meera) = (desk.Get<ApprovalsQuery>(), await desk.As(desk.Meera));

        Assert.Equal([asha, ravi], await IdsAsync(All with { Team = desk.Pune.Id }));
        Assert.Equal([omar], await IdsAsync(All with { Agent = desk.Omar.Id }));
        Assert.Equal([asha, ravi, omar], await IdsAsync(All with { Tag = desk.Restricted.Id }));
        Assert.Empty(await IdsAsync(All with { Tag = desk.French.Id }));
        Assert.Equal(2, (await query.FiguresAsync(All with { Team = desk.Pune.Id }, meera)).Count);

        async Task<RequestId> AskOnAsync(Domain.People.Employee who) => await desk.AskAsync(await desk.LeadAsync(who.Name, who), who);

        async Task<IEnumerable<RequestId>> IdsAsync(ApprovalsFilter filter) => (await query.PageAsync(filter, null, 50, meera)).Select(r => r.Id);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_is_over_is_read_newest_first_and_counted_for_whoever_decided_it_today(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(4);
        var (query, act, meera) = (desk.Get<ApprovalsQuery>(), desk.Get<DecideRequest>(), await desk.As(desk.Meera));
        foreach (var (id, minutes) in ids.Zip([1, 9, 20]))
        {
            desk.Wait(TimeSpan.FromMinutes(minutes));
            await act.RunAsync(id, true, null, meera);
        }

        await desk.Get<WithdrawRequest>().RunAsync(ids[3], await desk.As(desk.Asha));

        var over = await query.PageAsync(All with { Decided = true }, null, 3, meera);
        Assert.Equal([ids[3], ids[2], ids[1]], over.Select(r => r.Id));
        Assert.Equal([ids[0]], (await query.PageAsync(All with { Decided = true }, over[^1], 3, meera)).Select(r => r.Id));
        var figures = await query.FiguresAsync(All, meera);
        Assert.Equal((0, 3, 10), (figures.Count, figures.DecidedToday, (int)figures.Median!.Value.TotalMinutes));
        Assert.Equal(0, (await query.FiguresAsync(All, await desk.As(desk.Iris))).DecidedToday);
        desk.Wait(TimeSpan.FromHours(12));
        Assert.Equal((0, null), ((await query.FiguresAsync(All, meera)).DecidedToday, (await query.FiguresAsync(All, meera)).Median));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_preview_has_the_tags_now_and_after_what_changed_since_what_else_waits_and_the_askers_record(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (lead, meera, asha) = (await desk.LeadAsync(ownedBy: desk.Asha), await desk.As(desk.Meera), await desk.As(desk.Asha));
        for (var n = 0; n < 3; n++)
        {
            var earlier = await desk.AskAsync(await desk.LeadAsync($"Earlier {n}", desk.Asha));
            await desk.Get<DecideRequest>().RunAsync(earlier, n > 0, "Because", meera);
        }

        await desk.Get<App.Batches.ActOnLeads>().RunAsync(new App.Batches.TagLeads(App.Batches.LeadSelection.Of(lead.Id), desk.French.Id), asha);
        await desk.Get<AddComment>().RunAsync(lead.Id, "Before", asha);
        desk.Wait(TimeSpan.FromSeconds(1));
        var id = await desk.AskAsync(lead);
        desk.Wait(TimeSpan.FromMinutes(3));
        await desk.Get<AddComment>().RunAsync(lead.Id, "After", asha);
        var other = await desk.AskAsync(lead, desk.Tara, tag: await AddTagAsync(desk, "Key account"));

        var preview = await desk.Get<RequestPreviewQuery>().FindAsync(id, meera);

        Assert.NotNull(preview);
        Assert.Equal([desk.French.Id], preview.Lead.Tags);
        Assert.Equal([desk.French.Id, desk.Restricted.Id], preview.Lead.TagsAfter(preview.Request));
        Assert.Equal([(LeadEventKind.TagRequested, null), (LeadEventKind.Commented, "After")], preview.Since.Select(e => (e.Kind, e.Kind is LeadEventKind.Commented ? e.Text : null)));
        Assert.Equal([other], preview.AlsoWaiting.Select(r => r.Id));
        Assert.Equal(new AskerRecord(2, 1), preview.Record);
        Assert.Equal((desk.Asha.Id, desk.Inbound.Id), (preview.Lead.OwnerId, preview.Lead.PoolId));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_managers_day_begins_with_the_queue_where_something_waits(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (home, lead) = (desk.Get<HomeQuery>(), await desk.LeadAsync(ownedBy: desk.Asha));
        var counters = ActivatorUtilities.CreateInstance<NavCounters>(desk.Get<IServiceProvider>());
        Assert.Equal("board", await home.ForAsync(await desk.As(desk.Meera)));

        await desk.AskAsync(lead);

        Assert.Equal("approvals", await home.ForAsync(await desk.As(desk.Meera)));
        Assert.Equal("approvals", await home.ForAsync(await desk.As(desk.Iris)));
        Assert.NotEqual("approvals", await home.ForAsync(await desk.As(desk.Tara)));
        Assert.Equal(1, (await counters.ForAsync(await desk.As(desk.Meera)))["approvals"]);
        Assert.False((await counters.ForAsync(await desk.As(desk.Tara))).ContainsKey("approvals"));
    }

    private static async Task<Domain.Tags.Tag> AddTagAsync(TestDesk desk, string name)
    {
        await desk.Get<IdSource>().ReserveAsync<TagId>(1, default);
        Domain.Tags.Tag tag = null!;
        await desk.Get<Transactor>().RunAsync(Domain.People.Actor.System("test"), work =>
        {
            tag = Domain.Tags.Tag.Create(work.NewId<TagId>(), name, isModifiable: false).Value!;
            work.Db.Tags.Add(tag);
            return Task.FromResult(Outcome.Done);
        });
        return tag;
    }
}
