using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>Who is at a lead, before the eyes of the others.</summary>
public sealed class PresenceStory(Chromium chromium)
{
    [Fact]
    public async Task Board_profile_and_stale_say_who_is_at_a_lead_while_they_are()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7) - TimeSpan.FromHours(5));
        await using var board = await server.AtAsync(chromium, desk.Meera, "/board?view=stale");
        await using var stale = await server.AtAsync(chromium, desk.Tara, "/stale");
        await board.Page.Lead(lead.Id).ShowsAsync();
        await stale.Page.Lead(lead.Id).ShowsAsync();
        var asha = await server.AtAsync(chromium, desk.Asha, $"/leads/{lead.Id}");
        await using (asha)
        {
            await board.Page.Lead(lead.Id).GetByText("Asha is looking").ShowsAsync();
            await stale.Page.Lead(lead.Id).GetByText("Asha is looking").ShowsAsync();

            await asha.Page.Locator("[data-key=l]").ClickAsync();
            await board.Page.Lead(lead.Id).GetByText("Asha is on a call").ShowsAsync();
            await stale.Page.Lead(lead.Id).GetByText("Asha is on a call").ShowsAsync();

            await using var tara = await server.AtAsync(chromium, desk.Tara, $"/leads/{lead.Id}");
            await tara.Page.GetByText("Asha Rao is on a call").ShowsAsync();
            await asha.Page.GetByText("Tara Bose is looking").ShowsAsync();
        }

        await board.Page.Lead(lead.Id).GetByText("Asha is").IsGoneAsync();
        await stale.Page.Lead(lead.Id).GetByText("Asha is").IsGoneAsync();
        Assert.Empty(board.Complaints);
    }

    [Fact]
    public async Task A_card_is_tagged_by_keys_and_what_only_managers_use_is_asked_for()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha);
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/board");
        var card = asha.Page.Lead(lead.Id);
        await card.ShowsAsync();
        await asha.Page.HearsAsync();
        await card.FocusAsync();
        await asha.Page.Keyboard.PressAsync("t");
        var first = asha.Page.GetByRole(AriaRole.Menuitemcheckbox).First;
        await Assertions.Expect(first).ToBeFocusedAsync();
        await Axe.FindsNothingSeriousAsync(asha.Page);

        await asha.Page.GetByRole(AriaRole.Menuitemcheckbox).Filter(new() { HasText = desk.Restricted.Name }).PressAsync("Enter");
        await Assertions.Expect(asha.Page.GetByTestId("reason")).ToBeFocusedAsync();
        await Axe.FindsNothingSeriousAsync(asha.Page);
        await asha.Page.Keyboard.TypeAsync("Three branches");
        await asha.Page.Keyboard.PressAsync("Control+Enter");

        await card.Locator("mark").ShowsAsync();
        await Assertions.Expect(card).ToBeFocusedAsync();
        Assert.Empty(asha.Complaints);
    }
}
