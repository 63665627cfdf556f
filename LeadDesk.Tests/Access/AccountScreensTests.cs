using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Access;

public sealed class AccountScreensTests(Chromium chromium)
{
    [Fact]
    public async Task The_plain_pages_are_there_for_everyone_in_four_looks()
    {
        await using var demo = await DeskServer.StartDemoAsync();
        await using var empty = await DeskServer.StartEmptyAsync();
        foreach (var look in Look.All)
        {
            await using var ana = await chromium.PersonAsync(look, demo.Address);
            await LookAtAsync(ana, "/account/sign-in", "account-sign-in");
            await ana.Page.GetByLabel("E-mail").FillAsync("agent@leaddesk.local");
            await ana.Page.GetByLabel("Password").FillAsync($"wrong {look}");
            await ana.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
            await Assertions.Expect(ana.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("E-mail or password is not right.");
            await Axe.FindsNothingSeriousAsync(ana.Page);
            await LookAtAsync(ana, "/account/signed-out", "account-signed-out");
            await demo.SignInAsync(ana, "agent@leaddesk.local");
            await LookAtAsync(ana, "/account/denied", "account-denied");
            await LookAtAsync(ana, "/account/password", "account-password");
            Assert.Empty(ana.Complaints);

            await using var first = await chromium.PersonAsync(look, empty.Address);
            await LookAtAsync(first, "/", "account-set-up");
        }
    }

    [Fact]
    public async Task Signing_in_by_a_button_of_the_demo_works_without_script()
    {
        await using var demo = await DeskServer.StartDemoAsync();
        await using var otto = await chromium.PersonAsync(Look.WideLight, demo.Address, o => o.JavaScriptEnabled = false);
        await otto.Page.GotoAsync("/people");
        Assert.Contains("/account/sign-in?returnUrl=", otto.Page.Url, StringComparison.Ordinal);

        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "Team Lead" }).ClickAsync();

        Assert.Contains("/account/denied", otto.Page.Url, StringComparison.Ordinal);
        await Assertions.Expect(otto.Page.GetByText("You are signed in as Otto Thorsen, Team Lead.")).ToBeVisibleAsync();
        await otto.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Assertions.Expect(otto.Page.GetByText("You are signed out of this desk.")).ToBeVisibleAsync();
    }

    private static async Task LookAtAsync(Person person, string path, string name)
    {
        await person.Page.GotoAsync(path);
        await Shots.TakeAsync(person, name);
        await Axe.FindsNothingSeriousAsync(person.Page);
    }
}
