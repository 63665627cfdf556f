using LeadDesk.App.People;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.People;

public sealed class PeopleScreensTests(Chromium chromium)
{
    [Fact]
    public async Task People_is_there_for_everyone_in_four_looks()
    {
        await using var server = await DeskServer.StartDemoAsync();
        foreach (var look in Look.All)
        {
            await using var iris = await chromium.PersonAsync(look, server.Address);
            await server.SignInAsync(iris, "admin@leaddesk.local");
            await iris.Page.GotoAsync("/people");
            await Assertions.Expect(iris.Page.GetByText("Ana Costa", new() { Exact = true })).ToBeVisibleAsync();
            await Shots.TakeAsync(iris, "people");
            await Axe.FindsNothingSeriousAsync(iris.Page);

            await iris.Page.GetByLabel("Edit Ana Costa").ClickAsync();
            await Assertions.Expect(iris.Page.GetByTestId("employee-form")).ToBeVisibleAsync();
            await Shots.TakeAsync(iris, "people-employee");
            await Axe.FindsNothingSeriousAsync(iris.Page);
            Assert.Empty(iris.Complaints);
        }
    }

    [Theory]
    [InlineData("access"), InlineData("password"), InlineData("team"), InlineData("role")]
    public async Task An_open_screen_closes_when_its_person_loses(string what)
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var tara = await chromium.PersonAsync(Look.WideLight, server.Address);
        await server.SignInAsync(tara, desk.Tara);
        await tara.Page.GotoAsync("/not-found");
        await tara.Page.GetByTestId("account").WaitForAsync();
        var iris = await desk.As(desk.Iris);

        var done = what switch
        {
            "access" => (await server.Get<DisableEmployee>().RunAsync(desk.Tara.Id, iris)).Kind,
            "password" => (await server.Get<SetOneTimePassword>().RunAsync(desk.Tara.Id, iris)).Kind,
            "team" => (await server.Get<EditTeam>().RunAsync(desk.Pune.Id, "Pune", null, iris)).Kind,
            _ => (await server.Get<EditEmployee>().RunAsync(desk.Tara.Id, new(desk.Tara.Name, desk.Tara.Email, Roles.TeamLead | Roles.Agent, desk.Tara.TeamId, "UTC"), iris)).Kind,
        };

        Assert.Equal(OutcomeKind.Done, done);
        await tara.Page.WaitForURLAsync("**/account/signed-out", new() { Timeout = 3_000 });
        await Assertions.Expect(tara.Page.GetByText("You were signed out by Iris Aydin at 12:00.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Agents_and_team_leads_are_denied_the_page()
    {
        await using var server = await DeskServer.StartAsync();
        foreach (var who in new[] { server.Desk.Asha, server.Desk.Tara })
        {
            foreach (var path in new[] { "/people", "/settings/sources", "/settings/retirement" })
            {
                using var client = await server.ClientAsync(who.Email);
                var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                Assert.StartsWith("/account/denied", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
            }
        }
    }
}
