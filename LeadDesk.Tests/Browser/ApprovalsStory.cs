using System.Diagnostics;
using LeadDesk.App.Requests;
using LeadDesk.Domain.Requests;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>Agents ask for a tag, managers decide, everyone sees it while it happens.</summary>
public sealed class ApprovalsStory(Chromium chromium)
{
    [Fact]
    public async Task An_agent_asks_two_managers_have_it_one_decides_the_other_is_told_and_the_agent_sees_the_tag_without_a_reload()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha);
        await using var asha = await server.AtAsync(chromium, desk.Asha, $"/leads/{lead.Id}");
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/approvals");
        await using var iris = await server.AtAsync(chromium, desk.Iris, "/approvals");
        Person[] everyone = [asha, meera, iris];
        foreach (var person in everyone)
        {
            await person.Page.AliveAsync();
            await person.Page.MarkAsync();
        }

        await meera.Page.GetByText("Nothing waits.").ShowsAsync();
        await iris.Page.GetByText("Nothing waits.").ShowsAsync();
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Tag T", Exact = true }).ClickAsync();
        await asha.Page.GetByRole(AriaRole.Option, new() { Name = "VIP" }).ClickAsync();
        await asha.Page.GetByLabel("Reason").FillAsync("Buys for three branches");
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Send the request" }).ClickAsync();
        var asked = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            asha.Page.GetByTestId("waits").ShowsAsync(), AskOf(meera).GetByText("Buys for three branches").ShowsAsync(), AskOf(iris).GetByText("Buys for three branches").ShowsAsync());
        Note("Both managers have the request", asked);
        await AskOf(iris).GetByRole(AriaRole.Heading, new() { Name = "Lena Fischer" }).ShowsAsync();
        await AskOf(meera).GetByLabel("Comment to Asha, needed to reject").FillAsync("She does, I asked her.");

        await AskOf(meera).GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();
        var decided = Stopwatch.GetTimestamp();
        await Task.WhenAll(
            iris.Page.GetByTestId("over").GetByText("Meera approved this").ShowsAsync(),
            asha.Page.GetByTestId("tags").GetByText("VIP", new() { Exact = true }).ShowsAsync(),
            asha.Page.GetByTestId("waits").IsGoneAsync(),
            Assertions.Expect(asha.Page.GetByTestId("bell")).ToHaveAccessibleNameAsync("Notifications, 1 unread", new() { Timeout = 20_000 }));
        Note("The other manager and the agent know", decided);

        await AskOf(iris).GetByText("She does, I asked her.").ShowsAsync();
        await AskOf(iris).GetByRole(AriaRole.Button, new() { Name = "Approve" }).IsGoneAsync();
        await asha.Page.GetByTestId("bell").ClickAsync();
        await asha.Page.GetByTestId("line").GetByText("VIP on Lena Fischer approved by Meera").ShowsAsync();
        Assert.Contains((await desk.ReadAsync(lead.Id)).Tags, t => t.TagId == desk.Restricted.Id);
        foreach (var person in everyone)
        {
            await person.Page.WasNeverReloadedAsync();
            Assert.Empty(person.Complaints);
        }
    }

    [Fact]
    public async Task Of_500_that_wait_a_manager_decides_50_in_one_go_by_keyboard_and_each_says_what_became_of_it()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var ids = await desk.AskManyAsync(500);
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/approvals");
        await using var iris = await server.AtAsync(chromium, desk.Iris, "/approvals");
        var (page, keys) = (meera.Page, meera.Page.Keyboard);
        await page.HearsQueueAsync();
        await iris.Page.HearsQueueAsync();
        await page.MarkAsync();

        for (var n = 0; n < 50; n++)
        {
            await keys.PressAsync("x");
            if (n < 49)
            {
                await keys.PressAsync("j");
            }
        }

        await page.GetByTestId("many").GetByRole(AriaRole.Heading, new() { Name = "50 ticked" }).ShowsAsync();
        await page.GetByTestId("many").GetByText("50 tags go on, on 50 leads.").ShowsAsync();
        await keys.PressAsync("a");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByText("50 tags go on, on 50 leads. Asha hears of it at once.").ShowsAsync();
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Leave them" })).ToBeFocusedAsync();
        // While the question stands, somebody is faster with one of them.
        await desk.Get<DecideRequest>().RunAsync(ids[3], false, "Not this branch", await desk.As(desk.Iris));
        await keys.PressAsync("Tab");
        await Assertions.Expect(dialog.GetByRole(AriaRole.Button, new() { Name = "Approve 50" })).ToBeFocusedAsync();
        var started = Stopwatch.GetTimestamp();
        await keys.PressAsync("Enter");

        const string outcome = "Approved 49. VIP on Lead 3 stayed: Iris rejected this at 12:00. Your decision was not needed.";
        await page.GetByTestId("receipt").GetByText(outcome).ShowsAsync();
        Note("50 decided", started);
        await Assertions.Expect(page.GetByTestId("region")).ToHaveTextAsync(outcome);
        await Assertions.Expect(page.GetByTestId("tomb").Filter(new() { HasText = "You approved this" })).ToHaveCountAsync(49, new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByTestId("tomb").Filter(new() { HasText = "Iris rejected this" })).ToHaveCountAsync(1);
        await Assertions.Expect(iris.Page.GetByTestId("tomb").Filter(new() { HasText = "Meera approved this" })).ToHaveCountAsync(49, new() { Timeout = 20_000 });
        await Assertions.Expect(page.GetByRole(AriaRole.Option, new() { Selected = true })).ToBeFocusedAsync();
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 50" }).ShowsAsync();

        await keys.PressAsync("a");
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 51" }).ShowsAsync();
        await keys.PressAsync("r");
        await Assertions.Expect(page.GetByLabel("Comment to Asha, needed to reject")).ToBeFocusedAsync();
        await keys.TypeAsync("One branch only");
        await keys.PressAsync("Control+Enter");
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 52" }).ShowsAsync();
        await keys.PressAsync("j");
        await page.AskOf().GetByRole(AriaRole.Heading, new() { Name = "Lead 53" }).ShowsAsync();

        await using var db = desk.Database();
        var states = await db.Requests.GroupBy(r => r.State).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count);
        Assert.Equal((50, 2, 448), (states[RequestState.Approved], states[RequestState.Rejected], states[RequestState.Waiting]));
        Assert.Equal("One branch only", (await desk.RequestAsync(ids[51])).Comment);
        await page.WasNeverReloadedAsync();
        Assert.Empty(meera.Complaints);
    }

    private static ILocator AskOf(Person manager) => manager.Page.AskOf();

    private static void Note(string what, long since) =>
        TestContext.Current.TestOutputHelper?.WriteLine($"{what} after {Stopwatch.GetElapsedTime(since).TotalMilliseconds:0} ms");
}
