using AngleSharp.Dom;
using Bunit;
using Bunit.TestDoubles;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Requests;

/// <summary>The queue as a manager works it: without a mouse, and as a screen reader is told of it.</summary>
public sealed class ApprovalsTests
{
    [Fact]
    public async Task The_queue_is_a_listbox_with_one_tab_stop_and_rows_that_read_as_a_sentence()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.AskAsync(await desk.LeadAsync("Lena Fischer", desk.Asha));
        desk.Wait(TimeSpan.FromMinutes(31));
        await desk.AskAsync(await desk.LeadAsync("Oscar Blanc", desk.Ravi), desk.Ravi);
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = await OpenAsync(page);

        var list = screen.Find("[role=listbox]");
        Assert.Equal(("Waiting requests, oldest first", "true"), (list.GetAttribute("aria-label"), list.GetAttribute("aria-multiselectable")));
        var options = screen.FindAll("[role=option]");
        Assert.Equal(
            ["Lena Fischer waits 31 min put on VIP asked by Asha Rao “Buys for three branches”", "Oscar Blanc waits under a minute put on VIP asked by Ravi Nair “Buys for three branches”"],
            options.Select(o => Words(string.Join(' ', o.Descendants<IText>().Select(t => t.Data.Trim())))));
        Assert.Equal(["0", "-1"], options.Select(o => o.GetAttribute("tabindex")));
        Assert.Equal(["true", "false"], options.Select(o => o.GetAttribute("aria-selected")));
        Assert.All(options, o => Assert.Equal("false", o.GetAttribute("aria-checked")));
        Assert.Empty(screen.FindAll("[role=option] button, [role=option] a, [role=option] input"));
        Assert.Equal("Lena Fischer", screen.Find("[data-testid=ask] h2").TextContent);
        Assert.Equal("Comment to Asha, needed to reject", screen.Find("textarea").GetAttribute("aria-label"));
    }

    [Fact]
    public async Task Focus_goes_from_the_list_to_the_lead_the_comment_reject_and_approve()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.AskManyAsync(2);
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = await OpenAsync(page);

        var stops = screen.FindAll(".desk [tabindex='0'], .desk a[href], .desk button:not([tabindex='-1'], .narrow, :disabled), .desk textarea, .desk input:not(:disabled)");
        Assert.Equal(["INPUT", "LI", "A", "TEXTAREA", "BUTTON", "BUTTON"], stops.Select(s => s.TagName));
        Assert.Equal(["Reject R", "Approve A"], stops.TakeLast(2).Select(b => Words(b.TextContent)));
        Assert.Equal("a", stops[^1].GetAttribute("data-key"));
        Assert.Equal("o", stops[2].GetAttribute("data-key"));
    }

    [Fact]
    public async Task Approving_acts_at_once_goes_on_to_the_next_and_says_so()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(3);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);

        await screen.Find("[data-key=a]").ClickAsync();

        Assert.Equal((RequestState.Approved, desk.Meera.Id), ((await desk.RequestAsync(ids[0])).State, (await desk.RequestAsync(ids[0])).DecidedById));
        screen.WaitForAssertion(() => Assert.Equal("Lead 1", screen.Find("[data-testid=ask] h2").TextContent));
        Assert.Equal("Approved: put on VIP, Lead 0. Next: Lead 1, put on VIP, asked by Asha Rao, waiting under a minute.", screen.Find("[data-testid=region]").TextContent);
        var tomb = screen.Find("[data-testid=tomb]");
        Assert.Contains("You approved this", tomb.TextContent, StringComparison.Ordinal);
        Assert.Equal(("true", null, null), (tomb.GetAttribute("aria-disabled"), tomb.GetAttribute("data-lead-id"), tomb.GetAttribute("aria-checked")));
        Assert.Equal("0", screen.FindAll("[role=option]")[1].GetAttribute("tabindex"));
        Assert.Equal("Waiting 2", Words(screen.Find(".ld-tab").TextContent));
    }

    [Fact]
    public async Task Rejecting_without_a_comment_is_refused_at_the_field_and_Ctrl_Enter_sends()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(2);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);

        await Button(screen, "Reject R").ClickAsync();
        Assert.Equal("A rejection needs a comment, so Asha knows why.", screen.Find("[role=alert]").TextContent);
        Assert.Equal(("true", screen.Find("[role=alert]").Id), (screen.Find("textarea").GetAttribute("aria-invalid"), screen.Find("textarea").GetAttribute("aria-describedby")));
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(ids[0])).State);

        await screen.Find("textarea").InputAsync(new ChangeEventArgs { Value = "one branch only" });
        Assert.Empty(screen.FindAll("[role=alert]"));
        await screen.Find("textarea").KeyDownAsync(new KeyboardEventArgs { Key = "Enter", CtrlKey = true });

        Assert.Equal((RequestState.Rejected, "one branch only"), ((await desk.RequestAsync(ids[0])).State, (await desk.RequestAsync(ids[0])).Comment));
        screen.WaitForAssertion(() => Assert.Equal("Lead 1", screen.Find("[data-testid=ask] h2").TextContent));
        Assert.True(string.IsNullOrEmpty(screen.Find("textarea").GetAttribute("value")));
    }

    [Fact]
    public async Task The_keys_walk_and_tick_and_a_comment_begun_waits_where_it_was_begun()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(3);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);
        var queue = screen.FindComponent<ApprovalQueue>().Instance;
        await screen.Find("textarea").InputAsync(new ChangeEventArgs { Value = "not" });

        await screen.InvokeAsync(() => queue.KeyPressed("next"));
        Assert.Equal("Lead 1", screen.Find("[data-testid=ask] h2").TextContent);
        Assert.True(string.IsNullOrEmpty(screen.Find("textarea").GetAttribute("value")));
        await screen.InvokeAsync(() => queue.KeyPressed("last"));
        await screen.InvokeAsync(() => queue.KeyPressed("next"));
        Assert.Equal("Lead 2", screen.Find("[data-testid=ask] h2").TextContent);
        await screen.InvokeAsync(() => queue.KeyPressed("first"));
        Assert.Equal("not", screen.Find("textarea").GetAttribute("value"));
        await screen.InvokeAsync(() => queue.KeyPressed("tick"));

        Assert.Equal(["true", "false", "false"], screen.FindAll("[role=option]").Select(o => o.GetAttribute("aria-checked")));
        Assert.EndsWith($"?request={ids[0]}", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fifty_are_decided_in_one_go_after_one_question_with_the_true_numbers_and_each_has_its_outcome()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(51);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);
        var queue = screen.FindComponent<ApprovalQueue>().Instance;

        await screen.InvokeAsync(() => queue.KeyPressed("all"));
        Assert.Equal("50 ticked", screen.Find("[data-testid=many] h2").TextContent);
        Assert.Equal("50 tags go on, on 50 leads.", screen.Find("[data-testid=many] p").TextContent);
        var asked = screen.Find("[data-key=a]").ClickAsync();
        page.Dialogs.WaitForAssertion(() => Assert.Equal("50 tags go on, on 50 leads. Asha hears of it at once.", page.Dialogs.Find(".mud-dialog p").TextContent));
        // While the question stands, somebody else decides one of them and the agent takes one back.
        await desk.Get<DecideRequest>().RunAsync(ids[3], false, "No", await desk.As(desk.Iris));
        await desk.Get<WithdrawRequest>().RunAsync(ids[4], await desk.As(desk.Asha));
        await page.Dialogs.FindAll(".mud-dialog button").Single(b => b.TextContent == "Approve 50").ClickAsync();
        await asked;

        screen.WaitForAssertion(() => Assert.StartsWith("Approved 48. 2 stayed, for several reasons.", Words(screen.Find("[data-testid=receipt]").TextContent), StringComparison.Ordinal));
        await using var db = desk.Database();
        Assert.Equal(48, await db.LeadTags.CountAsync());
        Assert.Equal("Lead 50", screen.Find("[data-testid=ask] h2").TextContent);
        await Button(screen, "Details").ClickAsync();
        page.Dialogs.WaitForAssertion(() => Assert.Equal(
            ["Lead 3 Iris rejected this at 12:00. Your decision was not needed.", "Lead 4 Asha withdrew this at 12:00."], page.Dialogs.FindAll(".stayed li").Select(l => Words(l.TextContent))));
    }

    [Fact]
    public async Task Who_has_it_open_is_told_who_decided_and_the_row_becomes_a_tombstone_that_goes()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(2);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);

        await desk.Get<DecideRequest>().RunAsync(ids[0], true, null, await desk.As(desk.Iris));

        screen.WaitForAssertion(() => Assert.Equal("Iris approved this now.", Words(screen.Find("[data-testid=over]").TextContent)));
        Assert.Empty(screen.FindAll("[data-key=a], textarea"));
        Assert.Equal("Iris approved this: put on VIP, Lead 0.", screen.Find("[data-testid=region]").TextContent);
        Assert.Contains("Iris approved this", screen.Find("[data-testid=tomb]").TextContent, StringComparison.Ordinal);
        Assert.Equal("Lead 0", screen.Find("[data-testid=ask] h2").TextContent);

        await Button(screen, "Next J").ClickAsync();
        Assert.Equal("Lead 1", screen.Find("[data-testid=ask] h2").TextContent);
        desk.Wait(TimeSpan.FromSeconds(11));
        screen.WaitForAssertion(() => Assert.Empty(screen.FindAll("[data-testid=tomb]")));
    }

    [Fact]
    public async Task A_new_request_stands_at_the_end_at_once_and_an_empty_queue_opens_it()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);
        Assert.Equal("Nothing waits.", screen.Find("[data-testid=empty] p").TextContent);

        await desk.AskAsync(await desk.LeadAsync("Lena Fischer", desk.Asha));

        screen.WaitForAssertion(() => Assert.Equal("Lena Fischer", screen.Find("[data-testid=ask] h2").TextContent));
        Assert.Equal("New: Lena Fischer, put on VIP, asked by Asha Rao, waiting under a minute.", screen.Find("[data-testid=region]").TextContent);
        desk.Wait(TimeSpan.FromSeconds(20));
        await desk.AskAsync(await desk.LeadAsync("Oscar Blanc", desk.Ravi), desk.Ravi);
        screen.WaitForAssertion(() => Assert.Equal(2, screen.FindAll("[role=option]").Count));
        Assert.Equal("Lena Fischer", screen.Find("[data-testid=ask] h2").TextContent);
    }

    [Fact]
    public async Task A_change_of_the_lead_that_stands_open_is_shown_and_one_elsewhere_draws_nothing()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var (lead, other) = (await desk.LeadAsync("Lena Fischer", desk.Asha), await desk.LeadAsync("Oscar Blanc", desk.Asha));
        await desk.AskAsync(lead);
        desk.Wait(TimeSpan.FromMinutes(2));
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await OpenAsync(page);
        var queue = screen.FindComponent<ApprovalQueue>();
        screen.WaitForElement("[data-testid=ask]");
        var drawn = queue.RenderCount;

        await desk.Get<App.Leads.AddComment>().RunAsync(other.Id, "Elsewhere", await desk.As(desk.Asha));
        var asked = desk.Get<SharedQueries>().Figures.Asked;
        desk.Get<ChangeFeed>().Publish(new([], [Topic.Requests]));
        await Until.TrueAsync(() => desk.Get<SharedQueries>().Figures.Asked >= asked + 2, "the figures and the queue to be read again");
        await screen.InvokeAsync(() => { });
        Assert.Equal(drawn, queue.RenderCount);

        await desk.Get<App.Leads.AddComment>().RunAsync(lead.Id, "Asked for titanium frames", await desk.As(desk.Asha));

        screen.WaitForAssertion(() => Assert.Equal("“Asked for titanium frames”", screen.Find(".cols .note").TextContent));
    }

    [Fact]
    public async Task Ones_own_request_is_somebody_elses_to_decide()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.AskAsync(await desk.LeadAsync("Lena Fischer", desk.Asha));
        await desk.GiveRolesAsync(desk.Asha, Roles.Agent | Roles.SalesManager);
        await using var page = new DeskPage(desk, desk.Asha);

        var screen = await OpenAsync(page);

        Assert.Equal("Someone else decides this one.", Words(screen.Find("[data-testid=said]").TextContent));
        Assert.Empty(screen.FindAll("[data-key=a], textarea"));
    }

    [Fact]
    public async Task The_address_keeps_the_filters_and_what_is_looked_at()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.AskAsync(await desk.LeadAsync("Lena Fischer", desk.Asha));
        var second = await desk.AskAsync(await desk.LeadAsync("Jonas Weber", desk.Asha));
        await desk.AskAsync(await desk.LeadAsync("Oscar Blanc", desk.Omar), desk.Omar);
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = await OpenAsync(page, $"approvals?team={desk.Pune.Id}&request={second}");

        Assert.Equal(2, screen.FindAll("[role=option]").Count);
        Assert.Equal("Jonas Weber", screen.Find("[data-testid=ask] h2").TextContent);
        await screen.Find("[aria-label='Clear team']").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal(3, screen.FindAll("[role=option]").Count));
        Assert.EndsWith("/approvals", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_over_is_listed_with_who_decided_and_offers_no_decision()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var ids = await desk.AskManyAsync(2);
        await desk.Get<DecideRequest>().RunAsync(ids[0], false, "one branch only", await desk.As(desk.Iris));
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = await OpenAsync(page, "approvals?view=decided");

        var row = Assert.Single(screen.FindAll("[role=option]"));
        Assert.Contains("Iris rejected this", row.TextContent, StringComparison.Ordinal);
        Assert.Null(row.GetAttribute("aria-checked"));
        Assert.Equal("Iris rejected this now. “one branch only”", Words(screen.Find("[data-testid=over]").TextContent));
        Assert.Empty(screen.FindAll("[data-key=a], textarea, [data-tick]"));
    }

    private static async Task<IRenderedComponent<Approvals>> OpenAsync(DeskPage page, string address = "approvals")
    {
        page.Services.GetRequiredService<BunitNavigationManager>().NavigateTo(address);
        var screen = page.Render<Approvals>();
        await screen.WaitForElementAsync(".ld-tools");
        return screen;
    }

    private static IElement Button(IRenderedComponent<Approvals> screen, string words) => screen.FindAll("button").Single(b => Words(b.TextContent) == words);

    private static string Words(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).Replace(" .", ".", StringComparison.Ordinal);
}
