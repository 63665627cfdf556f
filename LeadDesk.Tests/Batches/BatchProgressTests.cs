using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Batches;

public sealed class BatchProgressTests
{
    [Fact]
    public async Task A_running_job_shows_how_far_it_is_and_becomes_its_receipt()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var batch = await StartAsync(desk, 501);
        await using var page = new DeskPage(desk, desk.Meera);
        var over = new List<BatchView>();
        var job = page.Render<BatchProgress>(p => p.Add(b => b.Id, batch).Add(b => b.OnOver, over.Add));
        job.WaitForAssertion(() => Assert.Equal("Tagging 0 of 501 with French", job.Find("[role=status]").TextContent));

        await desk.Get<ActOnLeads>().RunChunkAsync(batch, await desk.As(desk.Meera), default);
        job.WaitForAssertion(() => Assert.Equal("Tagging 500 of 501 with French", job.Find("[role=status]").TextContent));
        Assert.Empty(over);
        await desk.Get<ActOnLeads>().RunChunkAsync(batch, await desk.As(desk.Meera), default);

        job.WaitForAssertion(() => Assert.Equal("Tagged 501 with French.", job.Find("[data-testid=said] > span").TextContent.Trim()));
        job.WaitForAssertion(() => Assert.Single(over));
        Assert.Empty(job.FindAll("progress"));
    }

    [Fact]
    public async Task Stopping_leaves_what_is_done_and_says_how_much_that_is()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var batch = await StartAsync(desk, 501);
        await using var page = new DeskPage(desk, desk.Meera);
        var job = page.Render<BatchProgress>(p => p.Add(b => b.Id, batch));
        await desk.Get<ActOnLeads>().RunChunkAsync(batch, await desk.As(desk.Meera), default);
        job.WaitForElement("button");

        await job.Find("button").ClickAsync();

        job.WaitForAssertion(() => Assert.Equal("Stopped. Tagged 500 with French.", job.Find("[data-testid=said] > span").TextContent.Trim()));
        Assert.False(await desk.Get<ActOnLeads>().RunChunkAsync(batch, await desk.As(desk.Meera), default));
    }

    [Fact]
    public async Task Somebody_elses_job_is_not_shown_to_an_agent()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var batch = await StartAsync(desk, 501);
        await using var page = new DeskPage(desk, desk.Asha);

        var job = page.Render<BatchProgress>(p => p.Add(b => b.Id, batch));

        Assert.Null(await desk.Get<BatchQuery>().FindAsync(batch, await desk.As(desk.Asha)));
        Assert.Equal("", job.Markup.Trim());
    }

    [Fact]
    public void What_stayed_is_named_when_it_is_one_and_given_its_reason_when_all_share_it()
    {
        RefusedLead chiara = new(1, "Chiara Greco", "Jana is not in pool Export, so they cannot own this lead."), lena = chiara with { LeadId = 2, Name = "Lena Fischer" };

        Assert.Equal("Reassigned 2 to Jana. Chiara Greco stayed: Jana is not in pool Export, so they cannot own this lead.", Done(2, 0, chiara));
        Assert.Equal("Reassigned 2 to Jana. 1 was so already. 2 stayed: Jana is not in pool Export, so they cannot own this lead.", Done(2, 1, chiara, lena));
        Assert.Equal("Reassigned none. 2 stayed, for several reasons.", Done(0, 0, chiara, lena with { Why = "This lead has no owner." }));

        static string Done(int done, int unchanged, params RefusedLead[] refused) =>
            BatchWords.Done(BatchKind.Reassign, "Jana", new ActResult(new(1), false, done, unchanged, refused, refused.Length));
    }

    [Fact]
    public void Every_kind_of_batch_has_its_words() => Assert.All(Enum.GetValues<BatchKind>(), kind =>
    {
        var view = new BatchView(new(1), kind, "Ana", BatchState.Running, 5000, 1500, 0, 0, [], null);
        Assert.Contains("1,500 of 5,000", BatchWords.Running(view), StringComparison.Ordinal);
        Assert.Contains("1,500", BatchWords.Over(view with { State = BatchState.Done }), StringComparison.Ordinal);
    });

    [Fact]
    public async Task The_list_of_those_that_stayed_leads_to_each()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var receipt = page.Render<BatchReceipt>(p => p.Add(r => r.Sentence, "Reassigned none.").Add(r => r.RefusedCount, 300)
            .Add(r => r.Refused, [new(7, "Lena Fischer", "This lead has no owner."), new(8, "Jonas Weber", "This lead has no pool.")]));

        await receipt.Find(".ld-link").ClickAsync();

        page.Dialogs.WaitForAssertion(() => Assert.Equal("/leads/8", "/" + page.Dialogs.FindAll(".stayed a")[1].GetAttribute("href")));
        Assert.Contains("The first 2 of 300.", page.Dialogs.Markup, StringComparison.Ordinal);
    }

    private static async Task<BatchId> StartAsync(TestDesk desk, int leads)
    {
        await desk.Get<IdSource>().ReserveAsync<LeadId>(leads, default);
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            work.Db.Leads.AddRange(Enumerable.Range(0, leads).Select(n =>
                Lead.Create(work.NewId<LeadId>(), new() { Name = $"Lead {n}" }, desk.WebForm.Id, desk.Inbound.Id, desk.Stages[0].Id, work.By, Cause.System, work.Now).Value!));
            return Task.FromResult(Outcome.Done);
        });
        var started = await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.All(new LeadFilter()), desk.French.Id), await desk.As(desk.Meera));
        Assert.True(started.Value!.IsRunning);
        return started.Value.Batch;
    }
}
