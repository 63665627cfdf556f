using AngleSharp.Dom;
using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Leads.Grid;

public sealed class LeadListTests : IAsyncLifetime
{
    private TestDesk _desk = null!;
    private DeskPage? _page;

    public async ValueTask InitializeAsync() => _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await (_page?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task The_first_fifty_rows_and_the_count_are_sent_without_a_browser()
    {
        await _desk.LeadsAsync(70, ownedBy: _desk.Asha);

        var list = await OpenAsync(_desk.Meera);

        Assert.Equal(OpenList.Page, Rows(list).Count);
        Assert.Equal("70 match", list.Find("[data-testid=matches]").TextContent);
        Assert.Equal("71", list.Find("[role=grid]").GetAttribute("aria-rowcount"));
        Assert.Equal("20", list.FindAll("tr.space")[1].GetAttribute("data-space"));
        Assert.Equal(["2", "3"], Rows(list).Take(2).Select(r => r.GetAttribute("aria-rowindex")));
    }

    [Fact]
    public async Task The_address_says_view_filter_and_order()
    {
        await _desk.LeadAsync("Ben", ownedBy: _desk.Asha, value: 100);
        await _desk.LeadAsync("Ana", ownedBy: _desk.Asha, value: 300);
        await _desk.LeadAsync("Zoe", ownedBy: _desk.Ravi, value: 200);

        var list = await OpenAsync(_desk.Meera, $"leads?view=fresh&owner={_desk.Asha.Id}&sort=-value");

        Assert.Equal(["Ana", "Ben"], Names(list));
        Assert.Equal("Fresh Leads", list.Find(".ld-tab[aria-current=page]").TextContent.Trim().Split("  ")[0].TrimEnd('2').Trim());
        Assert.Equal("descending", list.Find("th[data-col=value]").GetAttribute("aria-sort"));
        Assert.Equal("none", list.Find("th[data-col=lead]").GetAttribute("aria-sort"));

        await list.Find("th[data-col=lead] button").ClickAsync();
        list.WaitForAssertion(() => Assert.Equal("ascending", list.Find("th[data-col=lead]").GetAttribute("aria-sort")));
        Assert.EndsWith($"leads?view=fresh&owner={_desk.Asha.Id}&sort=name", Address, StringComparison.Ordinal);

        await list.Find("[aria-label='Clear owner']").ClickAsync();
        list.WaitForAssertion(() => Assert.Equal(["Ana", "Ben", "Zoe"], Names(list)));
        Assert.EndsWith("leads?view=fresh&sort=name", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_role_is_offered_the_filters_it_may_use()
    {
        Assert.Equal(["Status", "Owner", "Team", "Pool", "Stage", "Source", "Tag"], Labels(await OpenAsync(_desk.Meera)));
        Assert.Equal(["Status", "Owner", "Pool", "Stage", "Source", "Tag"], Labels(await OpenAsync(_desk.Tara)));
        Assert.Equal(["Pool", "Stage", "Source", "Tag"], Labels(await OpenAsync(_desk.Asha)));

        static IEnumerable<string> Labels(IRenderedComponent<LeadList> list) => list.FindAll(".chips .label").Select(l => l.TextContent);
    }

    [Fact]
    public async Task Without_leads_it_says_so_and_what_to_do()
    {
        var empty = await OpenAsync(_desk.Asha);
        Assert.Equal("No leads here yet.", empty.Find("[data-testid=empty] p").TextContent);

        await _desk.LeadAsync(ownedBy: _desk.Asha);
        var none = await OpenAsync(_desk.Asha, "leads?q=zzz");
        Assert.Equal("No lead that you may see matches 'zzz'. Search ignores accents and spaces in numbers.", none.Find("[data-testid=empty] p").TextContent);

        _page!.Services.GetRequiredService<NavigationManager>().NavigateTo(none.Find("[data-testid=empty] a").GetAttribute("href")!);
        none.WaitForAssertion(() => Assert.Single(Rows(none)));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_and_can_be_asked_again()
    {
        await _desk.LeadAsync(ownedBy: _desk.Asha);
        var disk = new Disk(_desk.Get<IDbContextFactory<LeadDeskDb>>()) { IsGone = true };
        await using var page = new DeskPage(_desk, _desk.Meera, s => s.AddSingleton(new LeadListQuery(disk, _desk.Get<DeskDirectory>(), _desk.Get<SharedQueries>(), _desk.Clock)));
        var list = page.Render<LeadList>();
        list.WaitForAssertion(() => Assert.Equal("The list could not be read. Try again. Nothing you did is lost.", list.Find("[data-testid=failed] p").TextContent));

        disk.IsGone = false;
        await list.Find("[data-testid=failed] button").ClickAsync();

        list.WaitForAssertion(() => Assert.Single(Rows(list)));
        Assert.Empty(list.FindAll("[data-testid=failed]"));
    }

    [Fact]
    public async Task Ticking_brings_the_acts_of_the_role_with_the_true_number()
    {
        await _desk.LeadsAsync(3, ownedBy: _desk.Asha);
        var boss = await OpenAsync(_desk.Meera);
        Assert.Empty(boss.FindAll("[data-testid=bulk]"));

        await TickAsync(boss, 0);
        await TickAsync(boss, 2, shift: true);

        Assert.StartsWith("3 selected", Bar(boss), StringComparison.Ordinal);
        Assert.Contains("An act on many leads starts no clock", Bar(boss), StringComparison.Ordinal);
        Assert.Equal(["Reassign", "Stage", "Tag", "Untag"], boss.FindAll("[data-testid=bulk] .ld-btn").Select(b => b.TextContent));
        Assert.Equal(3, boss.FindAll("tr[aria-selected=true]").Count);

        var agent = await OpenAsync(_desk.Asha);
        await TickAsync(agent, 0);
        Assert.Equal(["Stage", "Tag", "Untag", "Follow-up"], agent.FindAll("[data-testid=bulk] .ld-btn").Select(b => b.TextContent));
    }

    [Fact]
    public async Task All_that_match_carries_the_filter_and_not_the_rows()
    {
        var hers = await _desk.LeadsAsync(60, ownedBy: _desk.Asha);
        var others = await _desk.LeadsAsync(5, ownedBy: _desk.Ravi);
        var list = await OpenAsync(_desk.Meera, $"leads?owner={_desk.Asha.Id}");

        await list.Find("thead input").ClickAsync();
        Assert.StartsWith("50 selected", Bar(list), StringComparison.Ordinal);
        await list.Find("[data-testid=bulk] .ld-link").ClickAsync();
        Assert.StartsWith("60 selected, as filtered", Bar(list), StringComparison.Ordinal);
        await ActAsync(list, "Tag 60", "French");

        list.WaitForAssertion(() => Assert.Equal("Tagged 60 with French.", Said(list)));
        await using var db = _desk.Database();
        Assert.Equal(hers.Order(), (await db.LeadTags.Where(t => t.TagId == _desk.French.Id).Select(t => t.LeadId).ToListAsync()).Order());
        Assert.DoesNotContain(others[0], hers);
        Assert.Empty(list.FindAll("[data-testid=bulk]"));
    }

    [Fact]
    public async Task What_stays_is_named_with_its_reason()
    {
        await _desk.LeadAsync("Ana", ownedBy: _desk.Asha);
        await _desk.LeadAsync("Chiara Greco", ownedBy: _desk.Asha, pool: _desk.Vip);
        var list = await OpenAsync(_desk.Meera);
        await list.Find("thead input").ClickAsync();

        await list.FindAll("[data-testid=bulk] .ld-btn").First(b => b.TextContent == "Reassign").ClickAsync();
        Assert.Equal(["Asha Rao", "Omar Khancan own 1 of 2", "Ravi Naircan own 1 of 2"], list.FindAll("[data-testid=bulk-panel] .ld-option").Select(o => o.TextContent));
        await list.FindAll("[data-testid=bulk-panel] .ld-option")[2].ClickAsync();

        list.WaitForAssertion(() => Assert.Equal("Reassigned 1 to Ravi Nair. Chiara Greco stayed: Ravi is not in pool VIP, so they cannot own this lead.", Said(list)));
    }

    [Fact]
    public async Task An_act_on_one_lead_is_the_persons_own_and_a_refusal_is_a_sentence()
    {
        var lead = await _desk.LeadAsync("Ana", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(3));
        var list = await OpenAsync(_desk.Asha);
        await TickAsync(list, 0);
        Assert.DoesNotContain("starts no clock", Bar(list), StringComparison.Ordinal);

        await ActAsync(list, "Stage", "Contacted");

        list.WaitForAssertion(() => Assert.Equal("Moved 1 to Contacted.", Said(list)));
        Assert.Equal(_desk.Now, (await _desk.ReadAsync(lead.Id)).ClockStart);
    }

    [Fact]
    public async Task A_row_that_left_stays_as_its_place_for_a_while_and_counts_for_nothing()
    {
        var lead = await _desk.LeadAsync("Lena Fischer", ownedBy: _desk.Asha);
        await _desk.LeadAsync("Jonas Weber", ownedBy: _desk.Asha);
        var list = await OpenAsync(_desk.Asha);
        await TickAsync(list, 0);
        await TickAsync(list, 1);

        await DoAsync(new UnassignLeads(LeadSelection.Of(lead.Id)), _desk.Meera);

        list.WaitForAssertion(() => Assert.Equal("Lena Fischer Meera unassigned it, 12:00", list.Find("tr.ld-tomb").TextContent.Trim()));
        Assert.Empty(list.FindAll($"[data-lead-id='{lead.Id}']"));
        Assert.Empty(list.FindAll("tr.ld-tomb input"));
        Assert.Equal("1 match", list.Find("[data-testid=matches]").TextContent);
        Assert.StartsWith("1 selected", Bar(list), StringComparison.Ordinal);

        _desk.Wait(TimeSpan.FromSeconds(8));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll("tr.ld-tomb")));
        Assert.Equal(["Jonas Weber"], Names(list));
    }

    [Fact]
    public async Task A_fact_changes_in_place_says_who_and_moves_only_when_nobodys_hand_is_there()
    {
        var (first, second) = (await _desk.LeadAsync("First", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(3)), await _desk.LeadAsync("Second", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(2)));
        var list = await OpenAsync(_desk.Meera);
        await TouchAsync(list, true);

        await _desk.Get<SetLeadStage>().RunAsync(first.Id, _desk.Stage("Contacted").Id, first.StageId, await _desk.As(_desk.Asha));

        list.WaitForAssertion(() => Assert.Equal("Asha moved it to Contacted", list.Find($"[data-lead-id='{first.Id}'].ld-hit .ld-note").TextContent));
        Assert.Equal(["First", "Second"], Names(list));
        _desk.Wait(TimeSpan.FromSeconds(6));
        list.WaitForAssertion(() => Assert.Empty(list.FindAll(".ld-note")));
        Assert.Equal(["First", "Second"], Names(list));

        await TouchAsync(list, false);
        list.WaitForAssertion(() => Assert.Equal(["Second", "First"], Names(list)));
        Assert.Equal(second.Id.ToString(), Rows(list)[0].GetAttribute("data-lead-id"));
    }

    [Fact]
    public async Task A_new_row_waits_in_a_strip_while_the_hand_is_in_the_list_and_comes_by_itself_otherwise()
    {
        await _desk.LeadAsync("Old", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(1));
        var list = await OpenAsync(_desk.Asha);

        await _desk.LeadAsync("Second", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(2));
        list.WaitForAssertion(() => Assert.Equal(["Second", "Old"], Names(list)));

        await TouchAsync(list, true);
        await _desk.LeadAsync("Third", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(3));
        await _desk.LeadAsync("Not hers", ownedBy: _desk.Ravi);
        list.WaitForAssertion(() => Assert.Equal("1 new lead matches, show", list.Find("[data-testid=strip]").TextContent));
        Assert.Equal(["Second", "Old"], Names(list));

        await list.Find("[data-testid=strip]").ClickAsync();
        list.WaitForAssertion(() => Assert.Equal(["Third", "Second", "Old"], Names(list)));
        Assert.Empty(list.FindAll("[data-testid=strip]"));
    }

    [Fact]
    public async Task A_new_row_waits_while_something_is_ticked()
    {
        await _desk.LeadAsync("Old", ownedBy: _desk.Asha);
        var list = await OpenAsync(_desk.Asha);
        await TickAsync(list, 0);

        await _desk.LeadAsync("New", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(1));

        list.WaitForAssertion(() => Assert.NotNull(list.Find("[data-testid=strip]")));
        Assert.Equal(["Old"], Names(list));
    }

    [Fact]
    public async Task What_is_not_shown_paints_nothing()
    {
        await _desk.LeadAsync("Hers", ownedBy: _desk.Asha);
        var others = await _desk.LeadAsync("His", ownedBy: _desk.Ravi);
        var list = await OpenAsync(_desk.Meera, $"leads?owner={_desk.Asha.Id}");
        var rows = list.FindComponents<LeadGridRow>();
        var (page, row) = (list.RenderCount, rows[0].RenderCount);

        await _desk.Get<SetLeadStage>().RunAsync(others.Id, _desk.Stage("Contacted").Id, others.StageId, await _desk.As(_desk.Ravi));
        var mine = await _desk.LeadAsync("Hers too", ownedBy: _desk.Asha);

        list.WaitForAssertion(() => Assert.Equal(2, Rows(list).Count));
        Assert.Equal(page + 1, list.RenderCount);
        Assert.NotEqual(mine.Id, others.Id);
        Assert.InRange(rows[0].RenderCount, row, row + 1);
    }

    [Fact]
    public async Task Many_changes_at_once_are_one_strip_without_single_effects()
    {
        var leads = await _desk.LeadsAsync(40, ownedBy: _desk.Asha);
        var list = await OpenAsync(_desk.Asha);
        await TouchAsync(list, true);

        await DoAsync(new UnassignLeads(LeadSelection.Of(leads.Take(30))), _desk.Meera);

        list.WaitForAssertion(() => Assert.Equal("Many leads changed, show", list.Find("[data-testid=strip]").TextContent));
        Assert.Empty(list.FindAll(".ld-note"));
        Assert.Equal("10 match", list.Find("[data-testid=matches]").TextContent);
        await list.Find("[data-testid=strip]").ClickAsync();
        list.WaitForAssertion(() => Assert.Equal(10, list.FindAll("tbody tr[role=row]").Count));
    }

    [Fact]
    public async Task Columns_that_were_chosen_are_shown_and_kept()
    {
        await _desk.LeadAsync(ownedBy: _desk.Asha);
        var list = await OpenAsync(_desk.Asha);
        await list.Find(".chooser > button").ClickAsync();

        await list.FindAll(".chooser li").First(l => l.TextContent.Contains("City", StringComparison.Ordinal)).QuerySelector("input")!.ChangeAsync(new ChangeEventArgs { Value = true });
        await list.InvokeAsync(() => list.FindComponent<LeadGrid>().Instance.Resized("city", 222));
        await list.InvokeAsync(() => list.FindComponent<LeadGrid>().Instance.ColumnMoved("city", -20));

        Assert.Equal(["lead", "city", "left"], list.FindAll("th[data-col]").Take(3).Select(h => h.GetAttribute("data-col")));
        var again = await OpenAsync(_desk.Asha);
        Assert.Equal("222", again.Find("col[data-col=city]").GetAttribute("width"));
    }

    [Fact]
    public async Task A_number_on_do_not_call_is_struck_through_and_not_offered()
    {
        await _desk.Get<KeepColumns>().RunAsync(ColumnLayout.Standard.Show("phone", true), await _desk.As(_desk.Asha));
        await _desk.LeadAsync(ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(1), details: new() { Name = "Quiet", Phones = [new("+91 20 1234", null)], DoNotCall = true });
        await _desk.LeadAsync(ownedBy: _desk.Asha, details: new() { Name = "Open", Phones = [new("+91 20 5678", null)] });

        var rows = Rows(await OpenAsync(_desk.Asha));

        Assert.Equal("+91 20 1234", rows[0].QuerySelector("s")!.TextContent);
        Assert.Null(rows[0].QuerySelector("a[href^='tel:']"));
        Assert.Equal("tel:+91 20 5678", rows[1].QuerySelector("a[href^='tel:']")!.GetAttribute("href"));
    }

    [Fact]
    public async Task Keys_open_tick_and_ask()
    {
        var leads = await _desk.LeadsAsync(3, ownedBy: _desk.Asha);
        var list = await OpenAsync(_desk.Asha);
        var grid = list.FindComponent<LeadGrid>().Instance;

        await list.InvokeAsync(() => grid.KeyActed("X", $"{leads[0]}"));
        Assert.StartsWith("1 selected", Bar(list), StringComparison.Ordinal);
        await list.InvokeAsync(() => grid.RangeActed($"{leads[0]}", $"{leads[2]}"));
        Assert.StartsWith("3 selected", Bar(list), StringComparison.Ordinal);
        await list.InvokeAsync(() => grid.AllActed());
        Assert.StartsWith("3 selected, as filtered", Bar(list), StringComparison.Ordinal);
        await list.InvokeAsync(() => grid.KeyActed("S", $"{leads[1]}"));
        Assert.Equal("Stage 3", list.Find("[data-testid=bulk-panel] h2").TextContent);
        await list.InvokeAsync(() => grid.KeyActed("Enter", $"{leads[1]}"));
        Assert.EndsWith($"leads/{leads[1]}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Follow_ups_fall_due_at_midnight_without_a_reload()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        await DoAsync(new SetLeadsFollowUp(LeadSelection.Of(lead.Id), new DateOnly(2026, 11, 25), null), _desk.Asha);
        var list = await OpenAsync(_desk.Asha, "leads?view=follow-ups");
        Assert.Equal("No follow-up is due.", list.Find("[data-testid=empty] p").TextContent);

        _desk.Wait(TimeSpan.FromHours(12));

        list.WaitForAssertion(() => Assert.Single(Rows(list)));
        Assert.Contains("today", Rows(list)[0].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Going_Stale_is_a_tab_with_its_count_that_leads_enter_when_they_are_warned_and_leave_when_they_are_worked()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.5));
        await _desk.LeadAsync("Tom Jansen", _desk.Asha, TimeSpan.FromDays(6) - TimeSpan.FromMinutes(5));
        await _desk.LeadAsync("Lena Fischer", _desk.Asha);
        var list = await OpenAsync(_desk.Asha, "leads");
        Assert.Equal("Going Stale 1", Tab(list));
        list = await OpenAsync(_desk.Asha, $"leads{list.FindAll(".ld-tab")[2].GetAttribute("href")![5..]}");
        Assert.Equal(["Greta Holm"], Names(list));
        Assert.Equal("page", list.FindAll(".ld-tab")[2].GetAttribute("aria-current"));

        _desk.Wait(TimeSpan.FromMinutes(6));
        await _desk.Get<RetirementSweep>().RunAsync(_desk.Now);
        list.WaitForAssertion(() => Assert.Equal(["Greta Holm", "Tom Jansen"], Names(list)));
        Assert.Equal("Going Stale 2", Tab(list));

        await _desk.Get<AddComment>().RunAsync(lead.Id, "Called back", await _desk.As(_desk.Tara));
        list.WaitForAssertion(() => Assert.Contains("Tara commented", list.Find("tr.ld-tomb").TextContent, StringComparison.Ordinal));
        Assert.Equal(["Tom Jansen"], Names(list));
        Assert.Equal("Going Stale 1", Tab(list));

        Assert.Equal("Nothing is going stale.", (await OpenAsync(_desk.Omar, "leads?view=stale")).Find("[data-testid=empty] p").TextContent);

        static string Tab(IRenderedComponent<LeadList> list) => list.FindAll(".ld-tab")[2].TextContent.Trim();
    }

    private string Address => _page!.Services.GetRequiredService<NavigationManager>().Uri;

    private static List<IElement> Rows(IRenderedComponent<LeadList> list) => [.. list.FindAll("tr[data-lead-id]")];

    private static IEnumerable<string> Names(IRenderedComponent<LeadList> list) => Rows(list).Select(r => r.QuerySelector("b")!.TextContent);

    private static string Bar(IRenderedComponent<LeadList> list) => list.Find("[data-testid=bulk]").TextContent.Trim();

    private static string Said(IRenderedComponent<LeadList> list) => list.Find(".said [data-testid=said] > span").TextContent.Trim();

    private static Task TickAsync(IRenderedComponent<LeadList> list, int row, bool shift = false)
    {
        Assert.NotNull(Rows(list)[row].QuerySelector("input[type=checkbox]"));
        return list.InvokeAsync(() => list.FindComponent<LeadGrid>().Instance.Ticked(Rows(list)[row].GetAttribute("data-lead-id")!, shift));
    }

    private static Task TouchAsync(IRenderedComponent<LeadList> list, bool touched) => list.InvokeAsync(() => list.FindComponent<LeadGrid>().Instance.Touched(touched));

    private static async Task ActAsync(IRenderedComponent<LeadList> list, string act, string choice)
    {
        await list.FindAll("[data-testid=bulk] .ld-btn").First(b => b.TextContent == act).ClickAsync();
        await list.FindAll("[data-testid=bulk-panel] .ld-option").First(o => o.TextContent == choice).ClickAsync();
    }

    private async Task DoAsync(LeadOrder order, Employee by) => Assert.False((await _desk.Get<ActOnLeads>().RunAsync(order, await _desk.As(by))).IsRefused);

    private async Task<IRenderedComponent<LeadList>> OpenAsync(Employee who, string address = "leads")
    {
        await (_page?.DisposeAsync() ?? ValueTask.CompletedTask);
        _page = new(_desk, who);
        _page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        var list = _page.Render<LeadList>();
        list.WaitForState(() => list.FindAll("tr[data-lead-id], [data-testid=empty]").Count > 0);
        return list;
    }

    private sealed class Disk(IDbContextFactory<LeadDeskDb> inner) : IDbContextFactory<LeadDeskDb>
    {
        public bool IsGone { get; set; }

        public LeadDeskDb CreateDbContext() => IsGone ? throw new InvalidOperationException("The disk is gone.") : inner.CreateDbContext();
    }
}
