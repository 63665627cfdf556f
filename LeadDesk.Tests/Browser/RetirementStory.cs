using System.Diagnostics;
using System.Text.Json;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>A neglected lead, in front of everyone's eyes: two browsers, a program, the real server, a clock that the story moves.</summary>
public sealed class RetirementStory(Chromium chromium)
{
    [Fact]
    public async Task A_retired_lead_leaves_the_agent_appears_at_the_manager_and_is_handed_out_again_without_a_reload()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await using var board = await server.AtAsync(chromium, desk.Asha, "/board");
        var list = await board.TabAsync();
        await list.GotoAsync("/leads");
        await using var manager = await server.AtAsync(chromium, desk.Meera, "/retired");
        await using var other = await server.AtAsync(chromium, desk.Ravi, "/leads?view=fresh");
        await board.Page.Lead(lead.Id).ShowsAsync();
        await list.Lead(lead.Id).ShowsAsync();
        await manager.Page.GetByText("No retired leads", new() { Exact = false }).First.ShowsAsync();
        await other.Page.GetByRole(AriaRole.Heading, new() { Name = "Leads" }).First.ShowsAsync();
        foreach (var page in new[] { board.Page, list, manager.Page, other.Page })
        {
            await page.MarkAsync();
        }

        await using var program = await HubAsync(server, desk.Meera.Email);
        var heard = new TaskCompletionSource<JsonElement>(TaskCreationOptions.RunContinuationsAsynchronously);
        program.On<JsonElement>("LeadsRetired", heard.SetResult);
        await program.StartAsync();

        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        var swept = Stopwatch.GetTimestamp();
        await Task.WhenAll(board.Page.Lead(lead.Id).IsGoneAsync(), list.Lead(lead.Id).IsGoneAsync(), manager.Page.Lead(lead.Id).ShowsAsync(), heard.Task.WaitAsync(TimeSpan.FromSeconds(20)));
        TestContext.Current.TestOutputHelper?.WriteLine($"Everywhere {Stopwatch.GetElapsedTime(swept).TotalMilliseconds:0} ms after the sweep");

        var message = (await heard.Task)[0];
        Assert.Equal((lead.Id.Value, desk.Asha.Id.Value), (message.GetProperty("leadId").GetInt64(), message.GetProperty("previousOwnerId").GetInt64()));

        await manager.Page.GetByLabel("Tick Lena Fischer").CheckAsync();
        await manager.Page.GetByTestId("receiver").Filter(new() { HasText = desk.Ravi.Name }).ClickAsync();
        await manager.Page.GetByRole(AriaRole.Button, new() { Name = "Reassign 1" }).ClickAsync();

        await other.Page.Lead(lead.Id).ShowsAsync();
        await manager.Page.Lead(lead.Id).IsGoneAsync();
        Assert.Equal(desk.Ravi.Id, (await desk.ReadAsync(lead.Id)).OwnerId);
        foreach (var page in new[] { board.Page, list, manager.Page, other.Page })
        {
            await page.WasNeverReloadedAsync();
        }
    }

    [Fact]
    public async Task What_was_begun_before_the_lead_left_is_kept_for_ten_minutes_marked_and_starts_no_clock()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var kept = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var late = await desk.LeadAsync("Jonas Weber", desk.Asha, TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        await using var asha = await server.AtAsync(chromium, desk.Asha, $"/leads/{kept.Id}?act=comment");
        var second = await asha.TabAsync();
        await second.GotoAsync($"/leads/{late.Id}?act=comment");
        await asha.Page.GetByLabel("Comment").Last.FillAsync("She decides on Friday.");
        await second.GetByLabel("Comment").Last.FillAsync("Too late for this one.");

        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await asha.Page.GetByTestId("left").ShowsAsync();
        await second.GetByTestId("left").ShowsAsync();
        await server.AdvanceAsync(TimeSpan.FromMinutes(5));
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Save comment" }).ClickAsync();

        await Until.TrueAsync(async () => (await desk.HistoryAsync(kept.Id)).Any(e => e.Text == "She decides on Friday."), "the comment in the history");
        var comment = (await desk.HistoryAsync(kept.Id)).Single(e => e.Text == "She decides on Friday.");
        Assert.Equal(Domain.Retirement.ClockVerdict.AfterLeaving, comment.Verdict);
        var after = await desk.ReadAsync(kept.Id);
        Assert.Equal((null, null, null), (after.OwnerId, after.ClockStart, after.LastActivityAt));

        await server.AdvanceAsync(TimeSpan.FromMinutes(6));
        await second.GetByRole(AriaRole.Button, new() { Name = "Save comment" }).ClickAsync();
        await second.GetByRole(AriaRole.Alert).Or(second.GetByTestId("not-found")).First.ShowsAsync();
        Assert.DoesNotContain(await desk.HistoryAsync(late.Id), e => e.Text == "Too late for this one.");
        await asha.Page.GotoAsync($"/leads/{kept.Id}");
        await asha.Page.GetByTestId("not-found").ShowsAsync();
    }

    private static async Task<HubConnection> HubAsync(DeskServer server, string email)
    {
        var cookies = new System.Net.CookieContainer();
        using var client = server.Client(cookies);
        await DeskServer.PostFormAsync(client, "/account/sign-in", new() { ["Email"] = email, ["Password"] = DeskServer.Password });
        return new HubConnectionBuilder().WithUrl($"{server.Address}/hubs/desk", o => o.Cookies = cookies).Build();
    }
}
