using AngleSharp.Dom;
using Bunit;
using LeadDesk.App.Assignment;
using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Pools;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Assignment;

public sealed class AssignScreenTests
{
    [Fact]
    public async Task An_employee_is_chosen_by_typing_and_stands_in_the_address()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(2, desk.Ravi);
        await desk.LeadAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, "assign");
        Assert.Equal("Choose an employee to see what they hold.", screen.Find("[data-testid=empty] p").TextContent);

        await screen.Find("[role=combobox]").InputAsync("ràv");
        Assert.Equal(["Ravi Nair"], screen.FindAll("[role=option] b").Select(o => o.TextContent));
        await screen.Find("[role=combobox]").KeyDownAsync(new KeyboardEventArgs { Key = "Enter" });

        screen.WaitForAssertion(() => Assert.Equal(["Assign leads to Ravi", "Unassign leads from Ravi"], screen.FindAll("h2").Select(h => h.TextContent)));
        Assert.Equal("2 open", screen.Find("[data-testid=holds]").TextContent);
        Assert.EndsWith($"/assign?to={desk.Ravi.Id}", Address(page), StringComparison.Ordinal);
        screen.WaitForAssertion(() => Assert.Equal(2, Rows(screen, "held").Length));
        Assert.Equal("false", screen.Find("[role=combobox]").GetAttribute("aria-expanded"));
    }

    [Fact]
    public async Task A_name_that_nobody_has_is_said()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, "assign");

        await screen.Find("[role=combobox]").InputAsync("meera");

        Assert.Empty(screen.FindAll("[role=option]"));
        Assert.Contains("No agent is called 'meera'.", screen.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrows_walk_the_employees_and_escape_leaves_things_as_they_were()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Asha.Id}");
        var box = screen.Find("[role=combobox]");

        await box.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        await box.KeyDownAsync(new KeyboardEventArgs { Key = "ArrowDown" });
        Assert.Equal($"agent-{desk.Omar.Id}", screen.Find("[role=combobox]").GetAttribute("aria-activedescendant"));
        await screen.Find("[role=combobox]").KeyDownAsync(new KeyboardEventArgs { Key = "Escape" });

        Assert.Empty(screen.FindAll("[role=option]"));
        Assert.Equal("Asha Rao", screen.Find("[role=combobox]").GetAttribute("value"));
    }

    [Fact]
    public async Task The_first_ten_are_assigned_in_one_act_and_the_load_follows()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var leads = await desk.LeadsAsync(60);
        await desk.LeadsAsync(3, desk.Ravi);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}&order=oldest");
        Assert.Equal(50, Rows(screen, "waiting").Length);
        Assert.Equal("60 unassigned in 1 pool", Fact(screen));

        await Button(screen, "10").ClickAsync();
        Assert.Equal("After this: 13", screen.Find("[data-testid=after]").TextContent);
        await Button(screen, "Assign 10").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Assigned 10 to Ravi Nair.", Said(screen)));
        await using var db = desk.Database();
        Assert.Equal(leads.TakeLast(10).Order(), await db.Leads.Where(l => l.OwnerId == desk.Ravi.Id && leads.Contains(l.Id)).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
        screen.WaitForAssertion(() => Assert.Equal("13 open", screen.Find("[data-testid=holds]").TextContent));
        screen.WaitForAssertion(() => Assert.Equal("50 unassigned in 1 pool", Fact(screen)));
        screen.WaitForAssertion(() => Assert.Equal(13, Rows(screen, "held").Length));
        Assert.Empty(screen.FindAll(".ld-tomb"));
    }

    [Fact]
    public async Task Ticks_survive_another_employee()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(12);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        await Button(screen, "10").ClickAsync();

        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"assign?to={desk.Omar.Id}");

        screen.WaitForAssertion(() => Assert.Equal("Assign leads to Omar", screen.Find("h2").TextContent));
        Assert.Equal(10, screen.FindAll("[data-testid=waiting-list] tr[aria-selected=true]").Count);
        await Button(screen, "Assign 10").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("Assigned 10 to Omar Khan.", Said(screen)));
    }

    [Fact]
    public async Task A_pool_that_is_not_theirs_can_be_looked_at_and_says_why_not()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(2);
        await desk.LeadsAsync(3, pool: desk.Vip);
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = Open(page, $"assign?to={desk.Ravi.Id}&pool={desk.Vip.Id}");
        await Button(screen, "10").ClickAsync();

        Assert.Equal(3, Rows(screen, "waiting").Length);
        Assert.StartsWith("Ravi cannot own leads of pool VIP. Add them to the pool first.", Said(screen), StringComparison.Ordinal);
        Assert.True(Button(screen, "Assign 3").HasAttribute("disabled"));
        await screen.FindAll(".ld-chip").First(c => c.TextContent.Contains("Pool", StringComparison.Ordinal)).ClickAsync();
        Assert.Equal(["Inbound, 2 unassigned", "VIP, 3 unassigned (Ravi is not in it)"], screen.FindAll(".ld-option").Select(o => o.TextContent));
    }

    [Fact]
    public async Task The_employees_own_pool_is_shown_and_stays_when_another_gets_fuller()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(2);
        await desk.LeadsAsync(1, pool: desk.Vip);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Asha.Id}");
        Assert.Equal(2, Rows(screen, "waiting").Length);

        await desk.LeadsAsync(5, pool: desk.Vip);

        screen.WaitForAssertion(() => Assert.Equal("8 unassigned in 2 pools", Fact(screen)));
        Assert.Equal(2, Rows(screen, "waiting").Length);
    }

    [Fact]
    public async Task What_a_colleague_was_faster_with_becomes_a_tombstone_and_is_said_in_numbers()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var (lena, jonas) = (await desk.LeadAsync("Lena Fischer"), await desk.LeadAsync("Jonas Weber"));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        await TickAsync(screen, "waiting", lena, jonas);

        await desk.Get<ActOnLeads>().RunAsync(new AssignLeads(LeadSelection.Of(lena.Id), desk.Omar.Id), await desk.As(desk.Iris));

        screen.WaitForAssertion(() => Assert.Equal("1 of these 2 was taken meanwhile. 1 is yours to assign.", Said(screen)));
        var tomb = screen.Find(".ld-tomb");
        Assert.Equal("Iris assigned it to Omar Khan, now", tomb.QuerySelector(".left")!.TextContent);
        Assert.False(tomb.HasAttribute("data-lead-id"));
        Assert.Equal([jonas.Id.ToString()], Rows(screen, "waiting"));
        await Button(screen, "Assign 1").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("Assigned 1 to Ravi Nair.", Said(screen)));
    }

    [Fact]
    public async Task A_new_lead_of_the_pool_comes_in_at_the_top()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var old = await desk.LeadAsync("Old one", idleFor: TimeSpan.FromHours(1));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}&pool={desk.Inbound.Id}");

        var elsewhere = await desk.LeadAsync("Of another pool", pool: desk.Vip);
        var fresh = await desk.LeadAsync("Lena Fischer");

        screen.WaitForAssertion(() => Assert.Equal([fresh.Id.ToString(), old.Id.ToString()], Rows(screen, "waiting")));
        Assert.NotEqual(elsewhere.Id, fresh.Id);
        Assert.Equal("new", screen.Find("[data-testid=waiting-list] .new").TextContent);
    }

    [Fact]
    public async Task All_in_the_pool_are_the_filter_and_leave_the_other_pool_alone()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(55);
        await desk.LeadsAsync(2, pool: desk.Vip);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Asha.Id}&pool={desk.Inbound.Id}");

        await Button(screen, "All 55 in this pool").ClickAsync();
        Assert.Equal("After this: 55", screen.Find("[data-testid=after]").TextContent);
        await Button(screen, "Assign 55").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Assigned 55 to Asha Rao.", Said(screen)));
        await using var db = desk.Database();
        Assert.Equal(2, await db.Leads.CountAsync(l => l.OwnerId == null));
        screen.WaitForAssertion(() => Assert.Equal("Pool Inbound has no unassigned leads. VIP has 2.", screen.Find("[data-testid=empty] p").TextContent));
        await Button(screen, "Show VIP").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal(2, Rows(screen, "waiting").Length));
    }

    [Fact]
    public async Task More_than_five_hundred_run_as_a_job_that_can_be_followed()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(501);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        await Button(screen, "All 501 in this pool").ClickAsync();

        await Button(screen, "Assign 501").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("Assigning 0 of 501 to Ravi Nair", screen.Find("[data-testid=job] [role=status]").TextContent));
        await desk.Get<BatchRunner>().RunAllAsync(default);

        screen.WaitForAssertion(() => Assert.Equal("Assigned 501 to Ravi Nair.", Said(screen)));
        screen.WaitForAssertion(() => Assert.Equal("501 open", screen.Find("[data-testid=holds]").TextContent));
    }

    [Fact]
    public async Task What_a_person_holds_goes_back_to_its_pool()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var stays = await desk.LeadAsync("Stays", desk.Ravi);
        var lena = await desk.LeadAsync("Lena Fischer", desk.Ravi, TimeSpan.FromDays(2));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        screen.WaitForAssertion(() => Assert.Equal([lena.Id.ToString(), stays.Id.ToString()], Rows(screen, "held")));
        Assert.Equal("2 held", screen.Find("[data-testid=held]").TextContent);

        await TickAsync(screen, "held", lena);
        Assert.Contains("1 lead goes back to its pool.", screen.Markup, StringComparison.Ordinal);
        await Button(screen, "Unassign 1").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Unassigned 1.", Said(screen)));
        var after = await desk.ReadAsync(lena.Id);
        Assert.Equal((null, desk.Inbound.Id, false), (after.OwnerId, after.PoolId!.Value, after.IsRetired));
        screen.WaitForAssertion(() => Assert.Equal([stays.Id.ToString()], Rows(screen, "held")));
        screen.WaitForAssertion(() => Assert.Equal([lena.Id.ToString()], Rows(screen, "waiting")));
        Assert.Contains("was Ravi's", screen.Find("[data-testid=waiting-list] tbody").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Won_and_lost_leads_are_shown_only_when_asked_for()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var open = await desk.LeadAsync("Open", desk.Ravi);
        var won = await desk.LeadAsync("Won", desk.Ravi, TimeSpan.FromDays(90), stage: desk.Stage("Won"));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        screen.WaitForAssertion(() => Assert.Equal([open.Id.ToString()], Rows(screen, "held")));

        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"assign?to={desk.Ravi.Id}&held=all");

        screen.WaitForAssertion(() => Assert.Equal([won.Id.ToString(), open.Id.ToString()], Rows(screen, "held")));
        Assert.Empty(screen.FindAll($"tr[data-lead-id='{won.Id}'] time"));
        Assert.Single(screen.FindAll($"tr[data-lead-id='{open.Id}'] time"));
    }

    [Fact]
    public async Task A_search_narrows_and_all_that_match_are_meant()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(3);
        await desk.LeadAsync("Lena Fischer");
        await desk.LeadAsync("Lena Weber");
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}&q=lena");
        Assert.Equal(2, Rows(screen, "waiting").Length);

        await Button(screen, "All 2 that match").ClickAsync();
        await Button(screen, "Assign 2").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Assigned 2 to Ravi Nair.", Said(screen)));
        await using var db = desk.Database();
        Assert.Equal(3, await db.Leads.CountAsync(l => l.OwnerId == null));
    }

    [Fact]
    public async Task A_no_of_the_rules_is_said_as_it_is_and_the_tick_stays()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        await TickAsync(screen, "waiting", lead);
        // Behind the screen's back, as by another server whose notice is still on its way.
        await using (var db = desk.Database())
        {
            await db.Set<PoolMember>().Where(m => m.EmployeeId == desk.Ravi.Id).ExecuteDeleteAsync();
        }

        await Button(screen, "Assign 1").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Ravi is not in pool Inbound, so they cannot own this lead.", Said(screen)));
        Assert.Contains("refused", screen.Find("[data-testid=said]").ClassList);
        Assert.Equal("1 ticked", screen.Find("footer b").TextContent);
        Assert.Null((await desk.ReadAsync(lead.Id)).OwnerId);
    }

    [Fact]
    public async Task While_they_are_read_the_lists_show_their_bones()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        await desk.LeadAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        trouble.Until = read.Task;

        var screen = page.Render<Assign>();
        Assert.Single(screen.FindAll("[data-testid=loading]"));
        read.SetResult();

        screen.WaitForAssertion(() => Assert.Single(Rows(screen, "waiting")));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_and_an_act_that_fails_changes_nothing()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        var lead = await desk.LeadAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, $"assign?to={desk.Ravi.Id}");
        await TickAsync(screen, "waiting", lead);

        trouble.IsOn = true;
        await Button(screen, "Assign 1").ClickAsync();
        await screen.InvokeAsync(() => screen.FindComponent<WaitingList>().Instance.StartAsync());
        trouble.IsOn = false;

        Assert.Equal("The desk could not do this. Nothing was changed. Try again.", Said(screen));
        Assert.Equal("The unassigned leads could not be read. Nothing you did is lost.", screen.Find("[data-testid=failed] p").TextContent);
        await Button(screen, "Try again").ClickAsync();
        Assert.Equal([lead.Id.ToString()], Rows(screen, "waiting"));
    }

    private static IRenderedComponent<Assign> Open(DeskPage page, string address)
    {
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var screen = page.Render<Assign>();
        screen.WaitForState(() => screen.FindAll("tr[data-lead-id], [data-testid=empty]").Count > 0);
        return screen;
    }

    private static async Task TickAsync(IRenderedComponent<Assign> screen, string list, params Lead[] leads)
    {
        foreach (var lead in leads)
        {
            await screen.Find($"[data-testid={list}-list] tr[data-lead-id='{lead.Id}'] .ld-box").ChangeAsync(true);
        }
    }

    private static IElement Button(IRenderedComponent<Assign> screen, string text) => screen.FindAll("button").First(b => b.TextContent.Trim().StartsWith(text, StringComparison.Ordinal));

    private static string Said(IRenderedComponent<Assign> screen) => screen.Find("[data-testid=said] > span").TextContent.Trim();

    private static string? Fact(IRenderedComponent<Assign> screen) => screen.FindComponent<App.Ui.PageHead>().Instance.Fact;

    private static string Address(DeskPage page) => page.Services.GetRequiredService<NavigationManager>().Uri;

    private static string[] Rows(IRenderedComponent<Assign> screen, string list) => [.. screen.FindAll($"[data-testid={list}-list] tr[data-lead-id]").Select(r => r.GetAttribute("data-lead-id")!)];
}
