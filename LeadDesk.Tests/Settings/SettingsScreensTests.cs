using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Settings;

public sealed class SettingsScreensTests(Chromium chromium)
{
    private static readonly (string Path, string Name, string Seen)[] _pages =
    [
        ("/settings/sources", "settings-sources", "Trade fair"), ("/settings/pools", "settings-pools", "Iberia"), ("/settings/stages", "settings-stages", "Negotiation"),
        ("/settings/tags", "settings-tags", "Deposit promised"), ("/settings/call-tags", "settings-call-tags", "Wrong number"), ("/settings/retirement", "settings-retirement", "In force now"),
    ];

    [Fact]
    public async Task Every_settings_page_is_there_for_everyone_in_four_looks()
    {
        await using var server = await DeskServer.StartDemoAsync();
        foreach (var look in Look.All)
        {
            await using var iris = await chromium.PersonAsync(look, server.Address);
            await server.SignInAsync(iris, "admin@leaddesk.local");
            foreach (var (path, name, seen) in _pages)
            {
                await iris.Page.GotoAsync(path);
                await Assertions.Expect(iris.Page.GetByText(seen, new() { Exact = true }).First).ToBeVisibleAsync();
                await Shots.TakeAsync(iris, name);
                await Axe.FindsNothingSeriousAsync(iris.Page);
            }

            Assert.Empty(iris.Complaints);
        }
    }

    [Fact]
    public async Task A_stage_is_dragged_to_its_place_and_moved_on_by_keys()
    {
        await using var server = await DeskServer.StartAsync();
        await using var meera = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(meera, server.Desk.Meera);
        await meera.Page.GotoAsync("/settings/stages");
        var rows = meera.Page.GetByTestId("setting");
        await rows.First.WaitForAsync();

        var handle = (await rows.Nth(3).Locator("[data-handle]").BoundingBoxAsync())!;
        var target = (await rows.Nth(1).BoundingBoxAsync())!;
        await meera.Page.Mouse.MoveAsync(handle.X + 8, handle.Y + 8);
        await meera.Page.Mouse.DownAsync();
        await meera.Page.Mouse.MoveAsync(handle.X + 8, target.Y + 4, new() { Steps = 8 });
        await meera.Page.Mouse.UpAsync();
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("Proposal");

        await rows.Nth(1).GetByLabel("Edit Proposal").PressAsync("Alt+ArrowUp");
        await Assertions.Expect(rows.First).ToContainTextAsync("Proposal");
        await Until.TrueAsync(async () => (await server.Get<DeskDirectory>().GetAsync()).Stages[0].Name == "Proposal", "the stored order");
    }
}
