using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Leads.Profile;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Requests;

/// <summary>Asking for a tag where tags stand: on the profile and in the list.</summary>
public sealed class AskForTagTests
{
    [Fact]
    public async Task On_the_profile_a_locked_tag_asks_for_a_reason_waits_on_the_lead_and_comes_when_it_is_approved()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await using var page = new DeskPage(desk, desk.Asha);
        var screen = Open(page, lead.Id);

        await ChooseVipAsync(screen);
        Assert.Contains("Only managers put VIP on.", screen.Find("[data-testid=ask-for-tag]").TextContent, StringComparison.Ordinal);
        await screen.Find("[data-testid=ask-for-tag]").SubmitAsync();
        Assert.Equal("A request needs a reason, so a manager can decide.", screen.Find("#reason-wrong").TextContent);
        await screen.Find("[data-testid=reason]").InputAsync(new ChangeEventArgs { Value = "Three branches" });
        await screen.Find("[data-testid=reason]").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", CtrlKey = true });

        screen.WaitForAssertion(() => Assert.StartsWith("VIP waits for a manager since 12:00", screen.Find("[data-testid=waits] span").TextContent, StringComparison.Ordinal));
        Assert.Equal("VIP", screen.Find("[data-testid=tags] .pending").TextContent.Trim());
        Assert.Empty(screen.FindAll("[data-testid=ask-for-tag]"));

        await ChooseVipAsync(screen);
        Assert.Equal("VIP was asked for at 12:00 and still waits.", screen.FindAll("[data-testid=said] > span").Single().TextContent.Trim());

        await using (var db = desk.Database())
        {
            await desk.Get<DecideRequest>().RunAsync((await db.Requests.SingleAsync()).Id, true, null, await desk.As(desk.Meera));
        }

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-testid=waits], .pending")));
        Assert.Equal("VIP", screen.Find("[data-testid=tags] .ld-tag:not(.add)").TextContent.Trim());
    }

    [Fact]
    public async Task Only_who_asked_is_offered_to_withdraw()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var id = await desk.AskAsync(lead);
        await using var theirs = new DeskPage(desk, desk.Tara);
        Assert.Equal("VIP waits for a manager since 12:00, asked by Asha", Open(theirs, lead.Id).Find("[data-testid=waits]").TextContent.Trim());
        await using var page = new DeskPage(desk, desk.Asha);
        var screen = Open(page, lead.Id);

        await screen.Find("[data-testid=waits] button").ClickAsync();

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-testid=waits]")));
        Assert.Equal(RequestState.Withdrawn, (await desk.RequestAsync(id)).State);
    }

    [Fact]
    public async Task A_manager_uses_the_same_tag_at_once()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, lead.Id);

        await ChooseVipAsync(screen);

        Assert.Single((await desk.ReadAsync(lead.Id)).Tags);
        Assert.Empty(screen.FindAll("[data-testid=ask-for-tag]"));
    }

    [Fact]
    public async Task In_the_list_many_are_asked_for_with_one_reason_and_each_shows_that_it_waits()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(3, desk.Asha);
        await using var page = new DeskPage(desk, desk.Asha);
        var screen = page.Render<LeadList>();
        screen.WaitForAssertion(() => Assert.Equal(3, screen.FindAll("tr[data-lead-id]").Count));

        for (var row = 0; row < 3; row++)
        {
            await screen.InvokeAsync(() => screen.FindComponent<LeadGrid>().Instance.Ticked(screen.FindAll("tr[data-lead-id]")[row].GetAttribute("data-lead-id")!, false));
        }

        await screen.FindAll("[data-testid=bulk] button").Single(b => b.TextContent.Trim() == "Tag").ClickAsync();
        await screen.FindAll("[data-testid=bulk-panel] .ld-option").Single(o => o.TextContent.Contains("VIP", StringComparison.Ordinal)).ClickAsync();
        Assert.Equal("Send 3 requests", screen.Find("[data-testid=ask-for-tag] .primary").TextContent);
        await screen.Find("[data-testid=reason]").InputAsync(new ChangeEventArgs { Value = "One chain" });
        await screen.Find("[data-testid=ask-for-tag]").SubmitAsync();

        screen.WaitForAssertion(() => Assert.Equal("3 requests sent.", screen.Find("[data-testid=receipt] [data-testid=said] > span").TextContent.Trim()));
        screen.WaitForAssertion(() => Assert.Equal(["VIP", "VIP", "VIP"], screen.FindAll("tr[data-lead-id] .ld-tag.pending").Select(t => t.TextContent.Trim())));
        await using var db = desk.Database();
        Assert.Equal(3, await db.Requests.CountAsync(r => r.Reason == "One chain" && r.State == RequestState.Waiting));
    }

    [Fact]
    public async Task A_card_of_the_board_shows_that_a_tag_was_asked_for_until_it_is_decided()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await using var page = new DeskPage(desk, desk.Tara);
        var screen = page.Render<App.Board.Board>();
        screen.WaitForElement("[data-lead-id]");

        var id = await desk.AskAsync(lead);
        screen.WaitForAssertion(() => Assert.Equal(("VIP", "VIP waits for a manager"), (screen.Find("[data-lead-id] mark").TextContent, screen.Find("[data-lead-id] mark").GetAttribute("title"))));
        Assert.Contains(", VIP waits for a manager, retires in ", screen.Find("[data-lead-id]").GetAttribute("aria-label"), StringComparison.Ordinal);
        await desk.Get<DecideRequest>().RunAsync(id, true, null, await desk.As(desk.Meera));

        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("mark")));
        Assert.Equal("VIP", screen.Find("[data-lead-id] > div > span").TextContent);
    }

    [Fact]
    public void A_bulk_act_that_asked_says_how_many_requests_it_sent()
    {
        var desk = new Desk([], [], [], [], [], [], [], null);
        RefusedLead lena = new(1, "Lena Fischer", "VIP was asked for at 13:41 and still waits.");

        Assert.Equal("1 request sent. Lena Fischer stayed: VIP was asked for at 13:41 and still waits.", Done(1, 0, lena));
        Assert.Equal("No request sent. 2 were so already.", Done(0, 2));
        Assert.Equal("501 requests sent.", BatchWords.Over(new BatchView(new(1), BatchKind.Tag, "VIP", BatchState.Done, 501, 501, 0, 0, [], null) { Asks = true }));

        string Done(int done, int unchanged, params RefusedLead[] refused) =>
            BatchWords.Done(new TagLeads(LeadSelection.Of(new LeadId(1)), new(1), "Why"), desk, new ActResult(new(1), false, done, unchanged, refused, refused.Length));
    }

    private static IRenderedComponent<LeadPage> Open(DeskPage page, LeadId lead)
    {
        var screen = page.Render<LeadPage>(p => p.Add(l => l.Id, lead.Value));
        screen.WaitForElement("[data-testid=profile]");
        return screen;
    }

    private static async Task ChooseVipAsync(IRenderedComponent<LeadPage> screen)
    {
        await screen.Find("[data-key=t]").ClickAsync();
        await screen.FindAll(".ld-option").Single(o => o.TextContent.Contains("VIP", StringComparison.Ordinal)).ClickAsync();
    }
}
