using System.Diagnostics;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>Leads about to go stale: the agent is warned, the team lead watches.</summary>
public sealed class StaleStory(Chromium chromium)
{
    private static readonly TimeSpan _window = TimeSpan.FromDays(6);

    [Fact]
    public async Task The_warning_reaches_the_agent_who_calls_and_the_row_leaves_the_team_lead()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, _window - TimeSpan.FromMinutes(1));
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/leads");
        await using var tara = await server.AtAsync(chromium, desk.Tara, "/stale");
        await asha.Page.Lead(lead.Id).ShowsAsync();
        await tara.Page.GetByTestId("loading").IsGoneAsync();
        await asha.Page.MarkAsync();
        await tara.Page.MarkAsync();

        await server.AdvanceAsync(TimeSpan.FromMinutes(2));
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread" }).ClickAsync();
        await tara.Page.Lead(lead.Id).ShowsAsync();
        await asha.Page.GetByTestId("inbox").GetByText("Lena Fischer goes stale", new() { Exact = false }).ClickAsync();
        await asha.Page.WaitForURLAsync($"**/leads/{lead.Id}");
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Log a call", Exact = false }).First.ClickAsync();
        var form = asha.Page.GetByTestId("call-form");
        await form.GetByLabel("Note").FillAsync("Wants the price list before Thursday.");
        await form.GetByRole(AriaRole.Button, new() { Name = "Save call", Exact = false }).ClickAsync();

        await Until.TrueAsync(async () => (await desk.ReadAsync(lead.Id)).ClockStart == desk.Now, "the call in the history");
        var called = Stopwatch.GetTimestamp();
        await tara.Page.Lead(lead.Id).IsGoneAsync();
        TestContext.Current.TestOutputHelper?.WriteLine($"The row left {Stopwatch.GetElapsedTime(called).TotalMilliseconds:0} ms after the call was seen in the database");
        await tara.Page.GetByTestId("saved").ShowsAsync();
        await asha.Page.WasNeverReloadedAsync();
        await tara.Page.WasNeverReloadedAsync();
        Assert.Empty(asha.Complaints);
        Assert.Empty(tara.Complaints);
    }

    [Fact]
    public async Task Two_thousand_leads_that_go_stale_at_once_are_one_line_in_the_inbox_and_the_screen_stays_usable()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var leads = await desk.LeadsAsync(2_000, desk.Asha, _window - TimeSpan.FromMinutes(40));
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/leads");
        await using var tara = await server.AtAsync(chromium, desk.Tara, "/stale");
        await asha.Page.Locator("tr[data-lead-id]").First.ShowsAsync();
        await tara.Page.GetByTestId("loading").IsGoneAsync();

        await server.AdvanceAsync(TimeSpan.FromMinutes(45));
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 1 unread" }).ClickAsync();
        await asha.Page.GetByTestId("inbox").GetByText("2,000 leads of yours go stale").ShowsAsync();
        await using (var db = desk.Database())
        {
            Assert.Equal((desk.Asha.Id, 2_000), await db.Notifications.Where(n => n.Kind == NotificationKind.GoingStale).Select(n => ValueTuple.Create(n.EmployeeId, n.Count)).SingleAsync());
        }

        // The soonest to retire is the oldest, and it is worked on the spot.
        var soonest = tara.Page.Lead(leads[^1]);
        await soonest.ShowsAsync();
        await soonest.GetByRole(AriaRole.Button, new() { Name = "Log call" }).ClickAsync();
        await tara.Page.GetByLabel("Note").FillAsync("Called for Asha.");
        await tara.Page.GetByRole(AriaRole.Button, new() { Name = "Save call", Exact = false }).ClickAsync();
        await soonest.IsGoneAsync();
        await tara.Page.Lead(leads[^2]).ShowsAsync();
        Assert.Empty(tara.Complaints);
    }
}
