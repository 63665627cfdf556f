using System.Net;
using LeadDesk.App.Access;
using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Access;

public sealed class OutAtOnceTests(Chromium chromium)
{
    private const string AnyScreen = "/not-found";

    [Fact]
    public async Task The_open_screen_of_someone_disabled_closes_and_says_who_did_it_and_when()
    {
        await using var server = await DeskServer.StartAsync();
        await using var asha = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(asha, server.Desk.Asha);
        await asha.Page.GotoAsync(AnyScreen);
        await Assertions.Expect(asha.Page.GetByTestId("account")).ToBeVisibleAsync();

        await Desks.DisableAsync(server, server.Desk.Asha);

        await asha.Page.WaitForURLAsync("**/account/signed-out", new() { Timeout = 3_000 });
        await Assertions.Expect(asha.Page.GetByText("You were signed out by Iris Aydin at 12:00.")).ToBeVisibleAsync();
        await asha.Page.GotoAsync("/nowhere");
        Assert.Contains("/account/sign-in", asha.Page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_closes_the_other_screens_of_the_same_browser()
    {
        await using var server = await DeskServer.StartAsync();
        await using var asha = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(asha, server.Desk.Asha);
        await asha.Page.GotoAsync(AnyScreen);
        var other = await asha.TabAsync();
        await other.GotoAsync(AnyScreen);
        await other.GetByTestId("account").WaitForAsync();

        await asha.Page.GetByTestId("account").ClickAsync();
        await asha.Page.GetByText("Sign out").ClickAsync();

        await asha.Page.WaitForURLAsync("**/account/signed-out");
        await other.WaitForURLAsync("**/account/signed-out", new() { Timeout = 3_000 });
    }

    [Fact]
    public async Task Ones_own_password_is_changed_from_the_account_menu_and_the_screen_opens_again()
    {
        await using var server = await DeskServer.StartAsync();
        await using var asha = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(asha, server.Desk.Asha);
        await asha.Page.GotoAsync(AnyScreen);

        await asha.Page.GetByTestId("account").ClickAsync();
        await asha.Page.GetByText("Change your password").ClickAsync();
        await asha.Page.WaitForURLAsync("**/account/password");
        await asha.Page.GetByLabel("Password now").FillAsync(DeskServer.Password);
        await asha.Page.GetByLabel("New password", new() { Exact = false }).First.FillAsync("a brand new one");
        await asha.Page.GetByLabel("New password again").FillAsync("a brand new one");
        await asha.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await asha.Page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal), new() { WaitUntil = WaitUntilState.Commit });

        await asha.Page.GotoAsync(AnyScreen);
        await asha.Page.GetByTestId("account").WaitForAsync();
    }

    [Fact]
    public async Task A_screen_more_than_one_may_have_does_not_open()
    {
        await using var server = await DeskServer.StartAsync(new Dictionary<string, string> { ["Access:ScreensPerPerson"] = "1" });
        await using var asha = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(asha, server.Desk.Asha);
        await asha.Page.GotoAsync(AnyScreen);
        await asha.Page.GetByTestId("account").WaitForAsync();
        var second = await asha.TabAsync();
        await second.GotoAsync(AnyScreen);

        await Assertions.Expect(second.Locator("#blazor-error-ui")).ToBeVisibleAsync();
        Assert.Equal(1, server.Get<OpenScreens>().Of(server.Desk.Asha.Id));

        await asha.Page.GotoAsync("/account/denied");
        await Until.TrueAsync(() => server.Get<OpenScreens>().Of(server.Desk.Asha.Id) == 0, "the first screen to be gone");
    }

    [Fact]
    public async Task A_one_time_password_opens_only_the_page_that_changes_it()
    {
        await using var server = await DeskServer.StartAsync();
        await Desks.AskForPasswordAsync(server, server.Desk.Asha);
        using var asha = await server.ClientAsync(server.Desk.Asha.Email);

        var page = await asha.GetAsync(new Uri(AnyScreen, UriKind.Relative));
        var circuit = await Desks.KnockAsync(asha);
        var refused = await DeskServer.PostFormAsync(asha, "/account/password", Passwords("wrong", "a brand new one"));
        var short_ = await DeskServer.PostFormAsync(asha, "/account/password", Passwords(DeskServer.Password, "short"));
        var changed = await DeskServer.PostFormAsync(asha, "/account/password", Passwords(DeskServer.Password, "a brand new one"));

        Assert.Equal("/account/password", page.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, circuit.StatusCode);
        Assert.Contains("This is not your password. 4 tries left", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("A password has at least 10 characters.", await short_.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(asha)).StatusCode);
        using var again = await server.ClientAsync(server.Desk.Asha.Email, "a brand new one");
        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(again)).StatusCode);
    }

    [Fact]
    public async Task A_changed_password_ends_the_other_sign_ins()
    {
        await using var server = await DeskServer.StartAsync();
        using var here = await server.ClientAsync(server.Desk.Asha.Email);
        using var there = await server.ClientAsync(server.Desk.Asha.Email);

        await DeskServer.PostFormAsync(here, "/account/password", Passwords(DeskServer.Password, "a brand new one"));

        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(here)).StatusCode);
        Assert.Equal(HttpStatusCode.Unauthorized, (await Desks.KnockAsync(there)).StatusCode);
        Assert.Contains("You changed your password at 12:00. Sign in with the new one.", await there.GetStringAsync(new Uri("/account/sign-in", UriKind.Relative)), StringComparison.Ordinal);
    }

    private static Dictionary<string, string> Passwords(string current, string next) => new() { ["Current"] = current, ["Next"] = next, ["Again"] = next };
}
