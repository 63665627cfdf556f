using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.People;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.People;

public sealed class PeopleIntentsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_new_employee_signs_in_with_the_one_time_password(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);

        var outcome = await desk.Get<AddEmployee>().RunAsync(new("Lea Voss", "Lea@LeadDesk.test", Roles.Agent, desk.Pune.Id, "Europe/Berlin"), await desk.As(desk.Iris));

        var lea = (await desk.Get<DeskDirectory>().GetAsync()).Employees.Single(e => e.Name == "Lea Voss");
        var account = await desk.Get<CheckPassword>().RunAsync("lea@leaddesk.test", outcome.Value!);
        Assert.True(lea.MustChangePassword);
        Assert.Equal(lea.Id.Value, account.Value!.Id);
        Assert.Matches("^[a-z2-9]{4}(-[a-z2-9]{4}){3}$", outcome.Value);
        await using var db = desk.Database();
        Assert.DoesNotContain(await db.DeskEvents.ToListAsync(), e => $"{e.From}{e.To}".Contains(outcome.Value!, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "lea@leaddesk.test", Roles.Agent, "UTC", "Name"), InlineData("Lea Voss", "lea", Roles.Agent, "UTC", "Email"), InlineData("Lea Voss", "ASHA@leaddesk.test", Roles.Agent, "UTC", "Email")]
    [InlineData("Lea Voss", "lea@leaddesk.test", Roles.None, "UTC", "Roles"), InlineData("Lea Voss", "lea@leaddesk.test", Roles.Agent, "Mars/Olympus", "TimeZone")]
    public async Task What_cannot_be_is_refused_at_its_field_and_leaves_no_account(string name, string email, Roles roles, string zone, string field)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        var outcome = await desk.Get<AddEmployee>().RunAsync(new(name, email, roles, null, zone), await desk.As(desk.Iris));

        Assert.Equal(field, Assert.IsType<NotAcceptable>(outcome.Refusal).Field);
        await using var db = desk.Database();
        Assert.Empty(await db.Users.ToListAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Another_team_takes_the_leads_along_and_leaves_what_was_retired_where_it_was(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var mine = await desk.LeadAsync("Mine", desk.Asha);
        var other = await desk.LeadAsync("Ravis", desk.Ravi);
        var retired = await desk.LeadAsync("Retired", desk.Asha, TimeSpan.FromDays(8));
        await desk.Get<Transactor>().RunAsync(Actor.System("retirement"), async work =>
            (await work.LeadAsync(retired.Id))!.RetireIfDue(work.Desk.Policy, true, work.By, desk.Now, desk.Now));
        var heard = new List<Topic>();
        desk.Get<ChangeFeed>().Committed += commit => heard.AddRange(commit.Topics);

        await EditAsync(desk, desk.Asha, f => f with { TeamId = desk.Delhi.Id });

        Assert.Equal(desk.Delhi.Id, (await desk.ReadAsync(mine.Id)).TeamId);
        Assert.Equal(desk.Pune.Id, (await desk.ReadAsync(other.Id)).TeamId);
        Assert.Equal(desk.Pune.Id, (await desk.ReadAsync(retired.Id)).RetiredFromTeamId);
        Assert.Equal(mine.Version, (await desk.ReadAsync(mine.Id)).Version);
        Assert.Superset(new HashSet<Topic> { Topic.Team(desk.Pune.Id), Topic.Team(desk.Delhi.Id), Topic.Owner(desk.Asha.Id), Topic.Desk }, heard.ToHashSet());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_last_active_admin_stays_one(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var iris = await desk.As(desk.Iris);

        Assert.Equal("Iris is the last admin. Make someone else an admin first.", (await desk.Get<DisableEmployee>().RunAsync(desk.Iris.Id, iris)).Refusal?.Sentence);
        Assert.Equal("Roles", Assert.IsType<NotAcceptable>((await EditAsync(desk, desk.Iris, f => f with { Roles = Roles.SalesManager })).Refusal).Field);

        await EditAsync(desk, desk.Meera, f => f with { Roles = Roles.SalesManager | Roles.Admin });
        var (one, two) = (desk.Get<DisableEmployee>(), desk.Get<EditEmployee>());
        var meera = await desk.As(desk.Meera);
        var outcomes = await Task.WhenAll(one.RunAsync(desk.Iris.Id, meera), two.RunAsync(desk.Meera.Id, FormOf(desk.Meera) with { Roles = Roles.SalesManager }, iris));
        Assert.Single(outcomes, o => o.Kind is OutcomeKind.Done);
        Assert.Single((await desk.Get<DeskDirectory>().GetAsync()).Employees, e => e.IsActive && e.Roles.HasFlag(Roles.Admin));
    }

    [Fact]
    public async Task Who_leads_a_team_keeps_the_role_until_someone_else_does()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        var outcome = await EditAsync(desk, desk.Tara, f => f with { Roles = Roles.Agent });
        await desk.Get<EditTeam>().RunAsync(desk.Pune.Id, "Pune", null, await desk.As(desk.Iris));

        Assert.Equal("Tara leads team Pune. Give it another lead first.", outcome.Refusal?.Sentence);
        Assert.Equal(OutcomeKind.Done, (await EditAsync(desk, desk.Tara, f => f with { Roles = Roles.Agent })).Kind);
    }

    [Fact]
    public async Task Teams_are_added_renamed_and_given_a_lead_who_has_the_role()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var iris = await desk.As(desk.Iris);

        Assert.Equal("There is a team called Pune already.", (await desk.Get<AddTeam>().RunAsync("pune", null, iris)).Refusal?.Sentence);
        Assert.Equal("Asha is no active Team Lead. Give them the role first.", (await desk.Get<AddTeam>().RunAsync("Goa", desk.Asha.Id, iris)).Refusal?.Sentence);
        await desk.Get<AddTeam>().RunAsync("Goa", null, iris);
        var goa = (await desk.Get<DeskDirectory>().GetAsync()).Teams.Single(t => t.Name == "Goa");
        await desk.Get<EditTeam>().RunAsync(goa.Id, "Goa South", desk.Tara.Id, iris);

        Assert.Equal([desk.Pune.Id, goa.Id], (await desk.As(desk.Tara)).LeadsTeams.Order());
    }

    [Fact]
    public async Task The_query_says_who_holds_what_and_how_each_signs_in()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await desk.LeadAsync("Open", desk.Asha);
        await desk.LeadAsync("Won", desk.Asha, stage: desk.Stage("Won"));
        var iris = await desk.As(desk.Iris);
        await server.Get<DisableEmployee>().RunAsync(desk.Omar.Id, iris);
        await server.Get<SetOneTimePassword>().RunAsync(desk.Ravi.Id, iris);
        for (var i = 0; i < CheckPassword.Tries; i++)
        {
            await server.Get<CheckPassword>().RunAsync(desk.Tara.Email, "wrong");
        }

        var rows = (await server.Get<PeopleQuery>().RunAsync(iris)).ToDictionary(r => r.Id);

        Assert.Equal((1, "Inbound, VIP", DoorState.Active), (rows[desk.Asha.Id].Holds, rows[desk.Asha.Id].Pools, rows[desk.Asha.Id].Door));
        Assert.Equal(DoorState.Disabled, rows[desk.Omar.Id].Door);
        Assert.Equal(DoorState.OneTimePassword, rows[desk.Ravi.Id].Door);
        Assert.Equal((DoorState.Paused, server.Clock.GetUtcNow() + CheckPassword.Pause), (rows[desk.Tara.Id].Door, rows[desk.Tara.Id].PausedUntil));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await server.Get<PeopleQuery>().RunAsync(await desk.As(desk.Asha)));
    }

    [Fact]
    public async Task Only_admins_change_people()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        (string Act, Func<Actor, Task<Refusal?>> Run)[] acts =
        [
            ("add", async by => (await desk.Get<AddEmployee>().RunAsync(new($"New {by.Name}", $"new{by.Id}@leaddesk.test", Roles.Agent, null, "UTC"), by)).Refusal),
            ("edit", async by => (await desk.Get<EditEmployee>().RunAsync(desk.Omar.Id, FormOf(desk.Omar) with { Name = $"Omar {by.Name}" }, by)).Refusal),
            ("disable", async by => (await desk.Get<DisableEmployee>().RunAsync(desk.Omar.Id, by)).Refusal),
            ("enable", async by => (await desk.Get<EnableEmployee>().RunAsync(desk.Omar.Id, by)).Refusal),
            ("password", async by => (await desk.Get<SetOneTimePassword>().RunAsync(desk.Omar.Id, by)).Refusal),
            ("add team", async by => (await desk.Get<AddTeam>().RunAsync($"Team {by.Name}", null, by)).Refusal),
            ("edit team", async by => (await desk.Get<EditTeam>().RunAsync(desk.Delhi.Id, $"Delhi {by.Name}", desk.Nils.Id, by)).Refusal),
        ];
        Employee[] people = [desk.Asha, desk.Tara, desk.Meera, desk.Iris];

        foreach (var (act, run) in acts)
        {
            foreach (var who in people)
            {
                Assert.True((await run(await desk.As(who)) is NotAllowed) == (who != desk.Iris), $"{who.Name}: {act}");
            }
        }
    }

    private static EmployeeForm FormOf(Employee e) => new(e.Name, e.Email, e.Roles, e.TeamId, e.TimeZone);

    private static async Task<Outcome> EditAsync(TestDesk desk, Employee whom, Func<EmployeeForm, EmployeeForm> change) =>
        await desk.Get<EditEmployee>().RunAsync(whom.Id, change(FormOf(whom)), await desk.As(desk.Iris));
}
