using LeadDesk.App.Requests;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Requests;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>A manager who sees no screen and holds no mouse: what is read out, where the focus goes, what is announced.</summary>
public sealed class ScreenReaderStory(Chromium chromium)
{
    [Fact]
    public async Task A_manager_decides_requests_by_what_is_read_out_and_where_the_focus_goes()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var ids = await desk.AskManyAsync(3);
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/approvals");
        var page = meera.Page;
        await page.HearsQueueAsync();
        await page.MarkAsync();
        var (region, options) = (page.GetByTestId("region"), page.GetByRole(AriaRole.Listbox, new() { Name = "Waiting requests, oldest first" }).GetByRole(AriaRole.Option));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Approvals", Level = 1 })).ToBeVisibleAsync();
        await Assertions.Expect(options).ToHaveCountAsync(3);
        await Assertions.Expect(options.First).ToHaveAccessibleNameAsync("Lead 0 waits under a minute put on VIP asked by Asha Rao “Reason 0”");
        await Assertions.Expect(page.GetByRole(AriaRole.Region, new() { Name = "The request" })).ToMatchAriaSnapshotAsync(
            """
            - heading "Lead 0" [level=2]
            - link /Open lead/
            - heading "Approving" [level=3]
            - heading "Changed since the request" [level=3]
            - textbox "Comment to Asha, needed to reject"
            - button /Reject/
            - button /Approve/
            """);
        await Axe.FindsNothingSeriousAsync(page);

        await options.First.FocusAsync();
        foreach (var stop in Stops(page))
        {
            await page.Keyboard.PressAsync("Tab");
            await Assertions.Expect(stop).ToBeFocusedAsync();
        }

        foreach (var stop in Stops(page).Reverse().Skip(1).Append(options.First))
        {
            await page.Keyboard.PressAsync("Shift+Tab");
            await Assertions.Expect(stop).ToBeFocusedAsync();
        }

        await page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(options.Nth(1)).ToBeFocusedAsync();
        await Assertions.Expect(options.Nth(1)).ToHaveAttributeAsync("aria-selected", "true");
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 1" }).ShowsAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 0" }).ShowsAsync();

        await page.Keyboard.PressAsync("a");
        await Assertions.Expect(region).ToHaveTextAsync("Approved: put on VIP, Lead 0. Next: Lead 1, put on VIP, asked by Asha Rao, waiting under a minute.");
        await Assertions.Expect(options.Nth(1)).ToBeFocusedAsync();
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 1" }).ShowsAsync();

        var comment = page.GetByRole(AriaRole.Textbox, new() { Name = "Comment to Asha, needed to reject" });
        await page.Keyboard.PressAsync("r");
        await Assertions.Expect(comment).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("A rejection needs a comment, so Asha knows why.");
        await Assertions.Expect(comment).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(comment).ToHaveAccessibleDescriptionAsync("A rejection needs a comment, so Asha knows why.");
        await Assertions.Expect(comment).ToBeFocusedAsync();
        Assert.Equal(RequestState.Waiting, (await desk.RequestAsync(ids[1])).State);

        await page.Keyboard.TypeAsync("One branch only");
        await server.AdvanceAsync(TimeSpan.FromSeconds(6));
        await page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(region).ToHaveTextAsync("Rejected: put on VIP, Lead 1. Next: Lead 2, put on VIP, asked by Asha Rao, waiting under a minute.");
        await Assertions.Expect(options.Filter(new() { HasText = "Lead 2" })).ToBeFocusedAsync();
        Assert.Equal("One branch only", (await desk.RequestAsync(ids[1])).Comment);

        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 2" }).ShowsAsync();
        await server.AdvanceAsync(TimeSpan.FromSeconds(6));
        await desk.Get<DecideRequest>().RunAsync(ids[2], true, null, await desk.As(desk.Iris));
        await Assertions.Expect(region).ToHaveTextAsync("Iris approved this: put on VIP, Lead 2.");
        await page.AskOf().GetByRole(AriaRole.Button, new() { NameRegex = new("Approve") }).IsGoneAsync();

        await server.AdvanceAsync(TimeSpan.FromSeconds(6));
        await desk.AskAsync(await desk.LeadAsync("Lena Fischer", desk.Asha));
        await Assertions.Expect(region).ToHaveTextAsync("New: Lena Fischer, put on VIP, asked by Asha Rao, waiting under a minute.");
        await Axe.FindsNothingSeriousAsync(page);
        await page.WasNeverReloadedAsync();
        Assert.Empty(meera.Complaints);
    }

    /// <summary>From the list on, in the order of the tab key.</summary>
    private static ILocator[] Stops(IPage page) =>
    [
        page.AskOf().GetByRole(AriaRole.Link, new() { NameRegex = new("Open lead") }),
        page.AskOf().GetByRole(AriaRole.Textbox),
        page.AskOf().GetByRole(AriaRole.Button, new() { NameRegex = new("Reject") }),
        page.AskOf().GetByRole(AriaRole.Button, new() { NameRegex = new("Approve") }),
    ];
}
