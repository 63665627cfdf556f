using AngleSharp.Dom;
using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Retirement;

public sealed class RetiredScreenTests
{
    [Fact]
    public async Task The_first_rows_are_there_without_a_browser_and_the_rest_follows_when_asked()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(60, desk.Asha, TimeSpan.FromDays(7));
        await desk.SweepAsync();
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = Open(page);

        Assert.Equal(50, screen.FindAll("tr[data-lead-id]").Count);
        Assert.Equal("60 wait for a decision", Fact(screen));
        Assert.Contains("Sweep 12:00 retired 60 leads of Asha: no activity for 7 days", screen.Find("[data-testid=sweep]").TextContent, StringComparison.Ordinal);
        await screen.InvokeAsync(() => screen.FindComponent<App.Ui.LiveTable>().Instance.EdgeSeen("end"));
        Assert.Equal(60, screen.FindAll("tr[data-lead-id]").Count);
        Assert.Equal(60, screen.FindAll("tr[data-lead-id]").Select(r => r.GetAttribute("data-lead-id")).Distinct().Count());
        Assert.Empty(screen.FindAll("[data-edge=end]"));
    }

    [Fact]
    public async Task Ticked_leads_go_to_an_agent_in_one_act_and_what_stays_is_named_and_stays_ticked()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lena = await desk.RetiredAsync(desk.Ravi, "Lena Fischer");
        var jonas = await desk.RetiredAsync(desk.Omar, "Jonas Weber");
        var chiara = await desk.RetiredAsync(desk.Asha, "Chiara Greco", pool: desk.Vip);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        Assert.Empty(screen.FindAll("aside"));

        await TickAsync(screen, lena, jonas, chiara);
        Assert.Equal("Reassign 3 leads", screen.Find("aside h2").TextContent);
        Assert.True(Button(screen, "Reassign 3").HasAttribute("disabled"));
        await ChooseAsync(screen, "Ravi Nair");

        Assert.Contains("can take 2 of 3 · had 1 of these", Receiver(screen, "Ravi Nair").TextContent, StringComparison.Ordinal);
        Assert.Equal("Ravi takes 2 leads. Chiara Greco stays: VIP is not one of Ravi's pools.", screen.Find("[data-testid=takes]").TextContent);
        await Button(screen, "Reassign 2").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Reassigned 2 to Ravi Nair. Chiara Greco stayed: Ravi is not in pool VIP, so they cannot own this lead.", Said(screen)));
        Assert.Equal([chiara.Id.ToString()], Rows(screen));
        Assert.Equal("Reassign 1 lead", screen.Find("aside h2").TextContent);
        foreach (var id in new[] { lena.Id, jonas.Id })
        {
            var after = await desk.ReadAsync(id);
            Assert.Equal((desk.Ravi.Id, desk.Now, true), (after.OwnerId!.Value, after.ClockStart!.Value, after.IsSecondChance));
        }

        Assert.Empty(screen.FindAll(".ld-tomb"));
    }

    [Fact]
    public async Task One_lead_goes_back_to_who_had_it_and_is_not_bulk()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.RetiredAsync(desk.Asha);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);

        await TickAsync(screen, lead);
        await ChooseAsync(screen, "Asha Rao");
        await Button(screen, "Reassign 1").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Reassigned 1 to Asha Rao.", Said(screen)));
        var row = (await desk.HistoryAsync(lead.Id))[^1];
        Assert.Equal((LeadEventKind.Reassigned, Cause.Person, desk.Meera.Id), (row.Kind, row.Cause, row.ActorId!.Value));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("aside")));
    }

    [Fact]
    public async Task A_sweep_makes_the_list_grow_while_it_is_looked_at()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var old = await desk.RetiredAsync(desk.Asha, "Old one", TimeSpan.FromHours(1));
        var due = await desk.LeadAsync("Lena Fischer", desk.Ravi, TimeSpan.FromDays(7));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);

        await desk.SweepAsync();

        screen.WaitForAssertion(() => Assert.Equal([due.Id.ToString(), old.Id.ToString()], Rows(screen)));
        Assert.Equal("new", screen.Find($"tr[data-lead-id='{due.Id}'] .new").TextContent);
        screen.WaitForAssertion(() => Assert.Equal("2 wait for a decision", Fact(screen)));
        Assert.Contains("Sweep 12:00 retired 1 lead", screen.Find("[data-testid=sweep]").TextContent, StringComparison.Ordinal);
        Assert.Equal("1 lead retired.", screen.Find("[data-testid=region]").TextContent);
    }

    [Fact]
    public async Task News_wait_in_a_strip_while_something_is_ticked()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var old = await desk.RetiredAsync(desk.Asha, "Old one", TimeSpan.FromHours(1));
        var due = await desk.LeadAsync("Lena Fischer", desk.Ravi, TimeSpan.FromDays(7));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        await TickAsync(screen, old);

        await desk.SweepAsync();

        screen.WaitForAssertion(() => Assert.Equal("1 new, show", screen.Find("[data-testid=strip]").TextContent));
        Assert.Equal([old.Id.ToString()], Rows(screen));
        await screen.Find("[data-testid=strip]").ClickAsync();
        Assert.Equal([due.Id.ToString(), old.Id.ToString()], Rows(screen));
        Assert.True(Box(screen, old).HasAttribute("checked"));
    }

    [Fact]
    public async Task What_a_colleague_took_stays_as_a_tombstone_for_a_moment_and_loses_its_tick()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lena = await desk.RetiredAsync(desk.Asha, "Lena Fischer");
        var jonas = await desk.RetiredAsync(desk.Asha, "Jonas Weber");
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        await TickAsync(screen, lena, jonas);

        await desk.Get<ActOnLeads>().RunAsync(new ReassignLeads(LeadSelection.Of(lena.Id), desk.Ravi.Id), await desk.As(desk.Iris));

        screen.WaitForAssertion(() => Assert.Equal("Iris reassigned it to Ravi Nair, now", screen.Find(".ld-tomb .left").TextContent));
        var tomb = screen.Find(".ld-tomb");
        Assert.False(tomb.HasAttribute("data-lead-id"));
        Assert.Equal("Lena Fischer", tomb.QuerySelector("s")!.TextContent);
        Assert.Empty(tomb.QuerySelectorAll("input, button, a"));
        screen.WaitForAssertion(() => Assert.Equal("1 of these 2 was taken meanwhile. 1 is yours to reassign.", Said(screen)));
        Assert.Equal("Reassign 1 lead", screen.Find("aside h2").TextContent);
        desk.Wait(App.Ui.LiveRows<RetiredRow>.Mourning);
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll(".ld-tomb")));
        Assert.Equal([jonas.Id.ToString()], Rows(screen));
    }

    [Fact]
    public async Task Released_leads_wait_in_their_pool_again()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var (lena, jonas) = (await desk.RetiredAsync(desk.Asha), await desk.RetiredAsync(desk.Omar, "Jonas Weber"));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        await TickAsync(screen, lena, jonas);

        await Button(screen, "Release 2 to pool").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Released 2 to their pools.", Said(screen)));
        var after = await desk.ReadAsync(lena.Id);
        Assert.Equal((false, null, desk.Inbound.Id), (after.IsRetired, after.OwnerId, after.PoolId!.Value));
        screen.WaitForAssertion(() => Assert.Contains("No retired leads.", screen.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_that_match_are_the_filter_and_not_the_loaded_rows()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(55, desk.Asha, TimeSpan.FromDays(7));
        await desk.LeadsAsync(2, desk.Omar, TimeSpan.FromDays(7));
        await desk.SweepAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"retired?had={desk.Asha.Id}");

        await screen.Find("thead .ld-box").ChangeAsync(true);
        Assert.Equal("Reassign 50 leads", screen.Find("aside h2").TextContent);
        await Button(screen, "All 55 that match").ClickAsync();
        await ChooseAsync(screen, "Ravi Nair");
        await Button(screen, "Reassign 55").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Reassigned 55 to Ravi Nair.", Said(screen)));
        await using var db = desk.Database();
        Assert.Equal(55, await db.Leads.CountAsync(l => l.OwnerId == desk.Ravi.Id));
        Assert.Equal(2, await db.Leads.CountAsync(l => l.RetiredAt != null));
    }

    [Fact]
    public async Task More_than_five_hundred_run_as_a_job_that_shows_how_far_it_is()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(501, desk.Asha, TimeSpan.FromDays(7));
        await desk.SweepAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        await screen.Find("thead .ld-box").ChangeAsync(true);
        await Button(screen, "All 501 that match").ClickAsync();
        await ChooseAsync(screen, "Ravi Nair");

        await Button(screen, "Reassign 501").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("Reassigning 0 of 501 to Ravi Nair", screen.Find("[data-testid=job] [role=status]").TextContent));
        await desk.Get<BatchRunner>().RunAllAsync(default);

        screen.WaitForAssertion(() => Assert.Equal("Reassigned 501 to Ravi Nair.", Said(screen)));
        screen.WaitForAssertion(() => Assert.Empty(Rows(screen)));
    }

    [Fact]
    public async Task Team_leads_look_and_find_no_act()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var pune = await desk.RetiredAsync(desk.Asha);
        await desk.RetiredAsync(desk.Omar, "Jonas Weber");
        await using var page = new DeskPage(desk, desk.Tara);
        var screen = Open(page);

        Assert.Equal([pune.Id.ToString()], Rows(screen));
        Assert.Empty(screen.FindAll("input[type=checkbox]"));
        Assert.Equal("1 waits for a decision. Only managers can reassign. You can look.", Fact(screen));
        var next = await desk.LeadAsync("Next one", desk.Ravi, TimeSpan.FromDays(7));
        await desk.LeadAsync("Not theirs", desk.Omar, TimeSpan.FromDays(7));
        await desk.SweepAsync();
        screen.WaitForAssertion(() => Assert.Equal([next.Id.ToString(), pune.Id.ToString()], Rows(screen)));
    }

    [Fact]
    public async Task Filters_and_order_stand_in_the_address_and_the_address_rules()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var cheap = await desk.RetiredAsync(desk.Asha, "Cheap", value: 100);
        var dear = await desk.RetiredAsync(desk.Asha, "Dear", TimeSpan.FromDays(2), value: 900_000);
        await desk.RetiredAsync(desk.Omar, "Not hers", value: 500);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"retired?had={desk.Asha.Id}&sort=value");
        Assert.Equal([dear.Id.ToString(), cheap.Id.ToString()], Rows(screen));

        await screen.FindAll("th button")[0].ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal([cheap.Id.ToString(), dear.Id.ToString()], Rows(screen)));
        Assert.EndsWith($"/retired?had={desk.Asha.Id}", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_retired_and_nothing_that_matches_say_what_to_do_next()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        Assert.Equal("No retired leads. The first sweep has not run yet.", screen.Find("[data-testid=empty] p").TextContent);

        page.Services.GetRequiredService<NavigationManager>().NavigateTo("retired?q=fischr");

        screen.WaitForAssertion(() => Assert.Equal("No retired lead matches.", screen.Find("[data-testid=empty] p").TextContent));
        await Button(screen, "Clear the filters").ClickAsync();
        screen.WaitForAssertion(() => Assert.StartsWith("No retired leads.", screen.Find("[data-testid=empty] p").TextContent, StringComparison.Ordinal));
    }

    [Fact]
    public async Task While_it_is_read_the_list_shows_its_bones()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        var lead = await desk.RetiredAsync(desk.Asha);
        await using var page = new DeskPage(desk, desk.Meera);
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trouble.Until = read.Task;

        var screen = page.Render<Retired>();
        Assert.Single(screen.FindAll("[data-testid=loading]"));
        Assert.Empty(Rows(screen));
        read.SetResult();

        screen.WaitForAssertion(() => Assert.Equal([lead.Id.ToString()], Rows(screen)));
        Assert.Empty(screen.FindAll("[data-testid=loading]"));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_and_is_tried_again()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        var lead = await desk.RetiredAsync(desk.Asha);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        trouble.IsOn = true;
        await screen.InvokeAsync(() => screen.FindComponent<RetiredList>().Instance.StartAsync());
        Assert.Equal("The retired leads could not be read. Nothing you did is lost.", screen.Find("[data-testid=failed] p").TextContent);

        trouble.IsOn = false;
        await Button(screen, "Try again").ClickAsync();

        Assert.Equal([lead.Id.ToString()], Rows(screen));
    }

    [Fact]
    public async Task An_act_that_the_desk_cannot_do_changes_nothing_and_says_so()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        var lead = await desk.RetiredAsync(desk.Asha);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        await TickAsync(screen, lead);
        await ChooseAsync(screen, "Asha Rao");

        trouble.IsOn = true;
        await Button(screen, "Reassign 1").ClickAsync();
        trouble.IsOn = false;

        Assert.Equal("The desk could not do this. Nothing was changed. Try again.", Said(screen));
        Assert.False(Button(screen, "Reassign 1").HasAttribute("disabled"));
        Assert.True((await desk.ReadAsync(lead.Id)).IsRetired);
    }

    [Fact]
    public async Task Keys_tick_open_and_range()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var leads = (await desk.LeadsAsync(4, desk.Asha, TimeSpan.FromDays(7))).Reverse().ToList();
        await desk.SweepAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page);
        var table = screen.FindComponent<App.Ui.LiveTable>().Instance;
        var shown = Rows(screen);

        await screen.InvokeAsync(() => table.KeyActed("X", shown[0]));
        Assert.Equal("Reassign 1 lead", screen.Find("aside h2").TextContent);
        await screen.InvokeAsync(() => table.RangeActed(shown[3], shown[1]));
        Assert.Equal("Reassign 3 leads", screen.Find("aside h2").TextContent);
        await screen.InvokeAsync(table.AllActed);
        Assert.Equal("Reassign 4 leads", screen.Find("aside h2").TextContent);
        await screen.InvokeAsync(() => table.KeyActed("Enter", shown[2]));
        Assert.EndsWith($"/leads/{shown[2]}", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal(4, leads.Count);
    }

    private static IRenderedComponent<Retired> Open(DeskPage page, string address = "retired")
    {
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var screen = page.Render<Retired>();
        screen.WaitForState(() => screen.FindAll("tr[data-lead-id], [data-testid=empty]").Count > 0);
        return screen;
    }

    private static async Task TickAsync(IRenderedComponent<Retired> screen, params Lead[] leads)
    {
        foreach (var lead in leads)
        {
            await Box(screen, lead).ChangeAsync(true);
        }
    }

    private static async Task ChooseAsync(IRenderedComponent<Retired> screen, string agent) => await Receiver(screen, agent).QuerySelector("input")!.ChangeAsync(true);

    private static IElement Box(IRenderedComponent<Retired> screen, Lead lead) => screen.Find($"tr[data-lead-id='{lead.Id}'] .ld-box");

    private static IElement Receiver(IRenderedComponent<Retired> screen, string agent) =>
        screen.FindAll("[data-testid=receiver]").Single(r => r.TextContent.Contains(agent, StringComparison.Ordinal));

    private static IElement Button(IRenderedComponent<Retired> screen, string text) =>
        screen.FindAll("aside button, .ld-face button").First(b => b.TextContent.StartsWith(text, StringComparison.Ordinal));

    private static string Said(IRenderedComponent<Retired> screen) => screen.Find("[data-testid=said] > span").TextContent.Trim();

    private static string? Fact(IRenderedComponent<Retired> screen) => screen.FindComponent<App.Ui.PageHead>().Instance.Fact;

    private static string[] Rows(IRenderedComponent<Retired> screen) => [.. screen.FindAll("tr[data-lead-id]").Select(r => r.GetAttribute("data-lead-id")!)];
}
