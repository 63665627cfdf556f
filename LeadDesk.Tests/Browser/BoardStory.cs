using System.Text.RegularExpressions;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>Agents on the live board.</summary>
public sealed class BoardStory(Chromium chromium)
{
    [Fact]
    public async Task A_card_dragged_by_one_glides_in_at_the_other()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha);
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/board");
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/board");
        await asha.Page.Lead(lead.Id, desk.Stage("New")).ShowsAsync();
        await meera.Page.Lead(lead.Id, desk.Stage("New")).ShowsAsync();

        await asha.Page.DragAsync(lead.Id, desk.Stage("Qualified"));

        await asha.Page.Lead(lead.Id, desk.Stage("Qualified")).ShowsAsync();
        await meera.Page.Lead(lead.Id, desk.Stage("Qualified")).ShowsAsync();
        await meera.Page.GetByText("Asha moved it here", new() { Exact = false }).First.ShowsAsync();
        Assert.Equal(desk.Stage("Qualified").Id, (await desk.ReadAsync(lead.Id)).StageId);
        Assert.Empty(asha.Complaints);
    }

    [Fact]
    public async Task Of_two_who_drag_the_same_card_one_wins_and_the_other_is_told_who_and_sees_the_truth()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/board");
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/board");

        // Whether the second still sees the old stage when both let go is a matter of milliseconds: the pair tries until it was so.
        for (var round = 1; ; round++)
        {
            var lead = await desk.LeadAsync($"Lead {round}", desk.Asha);
            await asha.Page.Lead(lead.Id, desk.Stage("New")).ShowsAsync();
            await meera.Page.Lead(lead.Id, desk.Stage("New")).ShowsAsync();
            await asha.Page.HoldOverAsync(lead.Id, desk.Stage("Contacted"));
            await meera.Page.HoldOverAsync(lead.Id, desk.Stage("Qualified"));
            await Task.WhenAll(asha.Page.Mouse.UpAsync(), meera.Page.Mouse.UpAsync());

            if (await TellsAsync(asha.Page) || await TellsAsync(meera.Page))
            {
                var now = (await desk.ReadAsync(lead.Id)).StageId;
                var stage = desk.Stages.Single(s => s.Id == now);
                await asha.Page.Lead(lead.Id, stage).ShowsAsync();
                await meera.Page.Lead(lead.Id, stage).ShowsAsync();
                Assert.Single(await desk.HistoryAsync(lead.Id), e => e.Kind == LeadEventKind.StageChanged);
                return;
            }

            Assert.True(round < 12, "In twelve rounds the two never raced.");
        }
    }

    [Fact]
    public async Task A_card_moves_by_finger_and_by_key_too()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha);
        await using var keys = await server.AtAsync(chromium, desk.Asha, "/board");
        await keys.Page.Lead(lead.Id, desk.Stage("New")).ShowsAsync();
        await keys.Page.HearsAsync();
        await keys.Page.Lead(lead.Id).FocusAsync();
        await keys.Page.Keyboard.PressAsync("Control+ArrowRight");
        await keys.Page.Lead(lead.Id, desk.Stage("Contacted")).ShowsAsync();

        await using var phone = await server.AtAsync(chromium, desk.Asha, "/board", Look.NarrowLight);
        await phone.Page.Locator($"button:has-text('{desk.Stage("Contacted").Name}')").First.ClickAsync();
        await phone.Page.HearsAsync();
        await phone.Page.Lead(lead.Id).GetByRole(AriaRole.Button).First.ClickAsync();
        await phone.Page.Locator("[role^=menuitem]").Filter(new() { HasText = "Proposal" }).ClickAsync();

        await keys.Page.Lead(lead.Id, desk.Stage("Proposal")).ShowsAsync();
        Assert.Equal(desk.Stage("Proposal").Id, (await desk.ReadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task What_is_left_of_the_time_is_drawn_and_said_by_the_browser_in_the_readers_zone()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromHours(160) + TimeSpan.FromMinutes(40));
        var due = TimeZoneInfo.ConvertTime(desk.Now.AddHours(7).AddMinutes(20), TimeZoneInfo.FindSystemTimeZoneById(desk.Asha.TimeZone));
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/board");

        var card = asha.Page.Lead(lead.Id);
        await Assertions.Expect(card.Locator("time")).ToHaveClassAsync("ld-time t4");
        await Assertions.Expect(card.Locator("time")).ToHaveAttributeAsync("title", new Regex($"^Retires (today|tomorrow) at {due:HH:mm}, in 7 hours (20|19) minutes. "));
        await Assertions.Expect(card.Locator(".fuse")).ToHaveClassAsync("fuse f4");
        await Assertions.Expect(card.Locator(".fuse rect")).ToHaveAttributeAsync("width", "4%");
    }

    private static async Task<bool> TellsAsync(IPage page)
    {
        try
        {
            await Assertions.Expect(page.GetByText("moved this lead to", new() { Exact = false }).First).ToBeVisibleAsync(new() { Timeout = 1_500 });
            return true;
        }
        catch (PlaywrightException)
        {
            return false;
        }
    }
}
