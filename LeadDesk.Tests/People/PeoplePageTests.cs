using Bunit;
using LeadDesk.App.People;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.People;

public sealed class PeoplePageTests
{
    [Fact]
    public async Task Everyone_is_listed_by_team_and_managers_only_look()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var people = page.Render<PeoplePage>();

        people.WaitForAssertion(() => Assert.Equal(7, people.FindAll("[data-testid=person]").Count));
        Assert.Equal(["Delhi", "Pune", "No team"], people.FindAll("[data-testid=team] h2").Select(h => h.TextContent));
        Assert.Contains("led by Tara Bose", people.Markup, StringComparison.Ordinal);
        Assert.Empty(people.FindAll("[aria-label^='Edit']"));
    }

    [Fact]
    public async Task A_name_is_found_without_accents_and_a_search_without_hits_says_so()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var people = page.Render<PeoplePage>();

        people.WaitForElement("input[type=search]").Input("äsha");
        Assert.Equal("Asha Rao", people.Find("[data-testid=person] .ld-strong").TextContent);
        people.Find("input[type=search]").Input("zzz");
        Assert.Contains("Nobody here is called \"zzz\".", people.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
        people.Find("[data-testid=empty] button").Click();
        Assert.Equal(7, people.FindAll("[data-testid=person]").Count);
    }

    [Fact]
    public async Task An_admin_adds_someone_is_refused_at_the_field_and_sees_the_password_once()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Iris);
        var people = page.Render<PeoplePage>();
        people.WaitForElement("[data-testid=team]");
        var opened = people.InvokeAsync(() => people.Instance.OpenPersonAsync(null));
        var dialog = page.Dialogs;
        dialog.WaitForElement("[data-testid=employee-form]");

        dialog.FindAll("[data-testid=employee-form] input")[0].Change("Lea Voss");
        dialog.FindAll("[data-testid=employee-form] input")[1].Change("asha@leaddesk.test");
        dialog.Find("[data-testid=employee-form]").Submit();
        dialog.WaitForAssertion(() => Assert.Equal("Asha Rao signs in with this address already.", dialog.Find(".ld-wrong").TextContent));

        dialog.FindAll("[data-testid=employee-form] input")[1].Change("lea@leaddesk.test");
        dialog.Find("[data-testid=employee-form]").Submit();
        dialog.WaitForAssertion(() => Assert.Matches("^[a-z2-9-]{19}$", dialog.Find("[data-testid=one-time] code").TextContent));
        dialog.Find(".ld-btn.primary").Click();
        await opened;

        people.WaitForAssertion(() => Assert.Contains("Lea Voss", people.Markup, StringComparison.Ordinal));
        Assert.Contains("one-time password", people.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Disabling_asks_first_and_says_what_becomes_of_the_leads()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadAsync(ownedBy: desk.Asha);
        await using var page = new DeskPage(desk, desk.Iris);
        var people = page.Render<PeoplePage>();
        people.WaitForElement("[aria-label='Edit Asha Rao']").Click();
        var dialog = page.Dialogs;

        dialog.WaitForElement(".ld-btn.danger").Click();
        dialog.WaitForAssertion(() => Assert.Contains(
            "Asha is signed out at once, on every screen. 1 open lead stays with Asha until a manager reassigns it; its clock runs on.", dialog.Markup, StringComparison.Ordinal));
        Assert.True((await desk.Get<DeskDirectory>().GetAsync()).Employee(desk.Asha.Id)!.IsActive);
        dialog.FindAll("button").Single(b => b.TextContent == "Disable Asha").Click();

        people.WaitForAssertion(() => Assert.Contains("disabled", people.Markup, StringComparison.Ordinal));
        Assert.False((await desk.Get<DeskDirectory>().GetAsync()).Employee(desk.Asha.Id)!.IsActive);
    }

    [Fact]
    public async Task The_last_admin_is_told_why_not()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Iris);
        var people = page.Render<PeoplePage>();
        people.WaitForElement("[aria-label='Edit Iris Aydin']").Click();
        var dialog = page.Dialogs;
        dialog.WaitForElement("[data-testid=employee-form]");

        dialog.FindAll("fieldset input")[^1].Change(false);
        dialog.FindAll("fieldset input")[0].Change(true);
        dialog.Find("[data-testid=employee-form]").Submit();

        dialog.WaitForAssertion(() => Assert.Equal("Iris is the last admin. Make someone else an admin first.", dialog.Find("fieldset .ld-wrong").TextContent));
    }

    [Fact]
    public async Task What_cannot_be_read_says_so_and_tries_again()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        await using var page = new DeskPage(desk, desk.Iris);
        trouble.IsOn = true;
        var people = page.Render<PeoplePage>();

        people.WaitForAssertion(() => Assert.Contains("The people could not be read. Nothing you did is lost.", people.Find("[data-testid=failed]").TextContent, StringComparison.Ordinal));
        trouble.IsOn = false;
        people.Find("[data-testid=failed] button").Click();
        people.WaitForAssertion(() => Assert.Equal(7, people.FindAll("[data-testid=person]").Count));
    }

    [Fact]
    public async Task What_takes_its_time_shows_its_bones()
    {
        var (trouble, gate) = (new Trouble(), new TaskCompletionSource());
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        await using var page = new DeskPage(desk, desk.Iris);
        trouble.Until = gate.Task;
        var people = page.Render<PeoplePage>();

        Assert.Single(people.FindAll("[data-testid=loading]"));
        gate.SetResult();
        people.WaitForElement("[data-testid=person]");
    }

    [Fact]
    public async Task A_load_that_changes_arrives_by_itself()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var people = page.Render<PeoplePage>();
        people.WaitForElement("[data-testid=person]");

        await desk.LeadAsync(ownedBy: desk.Ravi);

        people.WaitForAssertion(() => Assert.Equal("1", people.FindAll("[data-testid=person]").Single(r => r.TextContent.Contains("Ravi", StringComparison.Ordinal)).QuerySelector("td.num")!.TextContent));
    }
}
