using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>
/// Every screen of the demo desk, wide and narrow, light and dark: photographed for docs/screens, asked by axe, and without a complaint of the browser.
/// </summary>
public sealed class EveryScreenStory(Chromium chromium)
{
    private static readonly (string Name, string Who, string Path)[] _screens =
    [
        ("board", "manager", "/board"),
        ("board-agent", "agent", "/board"),
        ("leads", "manager", "/leads"),
        ("leads-follow-ups", "agent", "/leads?view=follow-ups"),
        ("lead", "agent", "/leads/{lead}?act=call"),
        ("lead-new", "agent", "/leads/new"),
        ("inbox", "agent", "/board"),
        ("stale", "lead", "/stale"),
        ("stale-agent", "agent", "/stale"),
        ("board-stale", "lead", "/board?view=stale"),
        ("leads-stale", "lead", "/leads?view=stale"),
        ("approvals", "manager", "/approvals"),
        ("retired", "manager", "/retired"),
        ("retired-team", "lead", "/retired"),
        ("assign", "manager", "/assign"),
        ("import", "manager", "/import"),
        ("people", "admin", "/people"),
        ("settings-sources", "manager", "/settings/sources"),
        ("settings-pools", "manager", "/settings/pools"),
        ("settings-stages", "manager", "/settings/stages"),
        ("settings-tags", "manager", "/settings/tags"),
        ("settings-call-tags", "manager", "/settings/call-tags"),
        ("settings-retirement", "admin", "/settings/retirement"),
    ];

    public static TheoryData<string> Looks => [.. Look.All.Select(l => l.ToString())];

    [Theory, MemberData(nameof(Looks))]
    public async Task Every_screen_can_be_used_by_everyone(string look)
    {
        var seen = Look.All.Single(l => l.ToString() == look);
        await using var server = await DeskServer.StartDemoAsync();
        var lead = await LeadOfTheAgentAsync(server);
        var wrong = new List<string>();
        await using (var stranger = await chromium.PersonAsync(seen, server.Address))
        {
            await stranger.Page.GotoAsync("/account/sign-in");
            await LookAtAsync(stranger, "sign-in", wrong);
        }

        foreach (var screens in _screens.GroupBy(s => s.Who))
        {
            await using var person = await chromium.PersonAsync(seen, server.Address);
            await server.SignInAsync(person, $"{screens.Key}@leaddesk.local");
            foreach (var (name, _, path) in screens)
            {
                try
                {
                    await person.Page.GotoAsync(path.Replace("{lead}", lead.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
                    await person.Page.Locator("h1").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
                    await Assertions.Expect(person.Page.GetByTestId("loading")).ToHaveCountAsync(0, new() { Timeout = 20_000 });
                    if (name == "inbox")
                    {
                        await person.Page.GetByTestId("bell").ClickAsync();
                        await person.Page.GetByRole(AriaRole.Dialog).ShowsAsync();
                    }

                    await LookAtAsync(person, name, wrong);
                }
                catch (PlaywrightException e)
                {
                    wrong.Add($"{name}: {e.Message}");
                }
            }

            wrong.AddRange(person.Complaints.Select(c => $"{screens.Key}: {c}"));
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public async Task Signing_in_works_without_script()
    {
        await using var server = await DeskServer.StartAsync();
        await using var person = await chromium.PersonAsync(Look.WideLight, server.Address, o => o.JavaScriptEnabled = false);
        await person.Page.GotoAsync("/account/sign-in");
        await person.Page.GetByLabel("E-mail").FillAsync(server.Desk.Asha.Email);
        await person.Page.GetByLabel("Password").FillAsync("not this");
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).First.ClickAsync();
        await person.Page.GetByText("E-mail or password is not right", new() { Exact = false }).ShowsAsync();
        await person.Page.GetByLabel("E-mail").FillAsync(server.Desk.Asha.Email);
        await person.Page.GetByLabel("Password").FillAsync(DeskServer.Password);
        await person.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).First.ClickAsync();
        await person.Page.WaitForURLAsync(url => !url.Contains("/account/", StringComparison.Ordinal));
    }

    private static async Task LookAtAsync(Person person, string name, List<string> wrong)
    {
        try
        {
            await Axe.FindsNothingSeriousAsync(person.Page);
        }
        catch (Xunit.Sdk.XunitException e)
        {
            wrong.Add($"{name}: {e.Message}");
        }

        if (await person.Page.GetByTestId("failed").CountAsync() > 0)
        {
            wrong.Add($"{name}: shows its failed face");
        }

        await Shots.TakeAsync(person, name);
    }

    private static async Task<long> LeadOfTheAgentAsync(DeskServer server)
    {
        await using var db = server.Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();
        var agent = await db.Employees.Where(e => e.Email == "agent@leaddesk.local").Select(e => e.Id).FirstAsync();
        var lead = await db.Leads.Where(l => l.OwnerId == agent && l.WarnedAt != null).OrderBy(l => l.ClockStart).Select(l => (LeadDesk.Domain.Basics.LeadId?)l.Id).FirstOrDefaultAsync()
            ?? await db.Leads.Where(l => l.OwnerId == agent).OrderBy(l => l.ClockStart).Select(l => l.Id).FirstAsync();
        return lead.Value;
    }
}
