using System.Net;
using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Access;

public sealed class DoorsTests
{
    [Fact]
    public async Task A_screen_opens_only_for_its_own_origin_or_for_none()
    {
        await using var server = await DeskServer.StartAsync();
        using var asha = await server.ClientAsync(server.Desk.Asha.Email);

        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(asha)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(asha, server.Address)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Desks.KnockAsync(asha, "https://evil.example")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Desks.KnockAsync(asha, "null")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await Desks.KnockAsync(asha, "http://127.0.0.1:1")).StatusCode);
    }

    [Theory]
    [InlineData("https://desk.example", "desk.example", true)]
    [InlineData("http://desk.example", "desk.example", true)]
    [InlineData("https://Desk.example:443", "desk.example", true)]
    [InlineData("https://desk.example:8443", "desk.example:8443", true)]
    [InlineData("http://[::1]:5080", "[::1]:5080", true)]
    [InlineData("https://desk.example.evil.example", "desk.example", false)]
    [InlineData("https://desk.example:8443", "desk.example", false)]
    [InlineData("file:///desk.example", "desk.example", false)]
    public void Host_and_port_make_an_origin_ones_own(string origin, string host, bool isOwn) =>
        Assert.Equal(isOwn, ForeignOrigin.IsOwn(origin, new HostString(host)));

    [Theory]
    [InlineData("/hubs/desk"), InlineData("/_blazor/negotiate"), InlineData("/api/v1/leads")]
    public async Task A_program_that_is_a_stranger_is_told_a_number(string path)
    {
        await using var server = await DeskServer.StartAsync();
        using var stranger = server.Client();
        stranger.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        Assert.Equal(HttpStatusCode.Unauthorized, (await stranger.GetAsync(new Uri(path, UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("/_framework/blazor.web.js"), InlineData("/app.css"), InlineData("/account.css"), InlineData("/LeadDesk.App.styles.css"), InlineData("/_content/MudBlazor/MudBlazor.min.js"), InlineData("/health/ready")]
    public async Task What_everyone_may_have_is_there_for_strangers(string path)
    {
        await using var server = await DeskServer.StartAsync();

        var answer = await server.Client().GetAsync(new Uri(path, UriKind.Relative));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.NotEmpty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_empty_desk_leads_everywhere_to_its_set_up_which_is_gone_once_someone_is_there()
    {
        await using var server = await DeskServer.StartEmptyAsync();
        using var first = server.Client();
        first.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var sent = await first.GetAsync(new Uri("/not-found", UriKind.Relative));
        var signIn = await first.GetAsync(new Uri("/account/sign-in", UriKind.Relative));
        var weak = await DeskServer.PostFormAsync(first, "/account/set-up", Fields("short"));
        var done = await DeskServer.PostFormAsync(first, "/account/set-up", Fields(DeskServer.Password));

        Assert.Equal("/account/set-up", sent.Headers.Location!.ToString());
        Assert.Equal("/account/set-up", signIn.Headers.Location!.ToString());
        Assert.Contains("A password has at least 10 characters.", await weak.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("/", done.Headers.Location!.PathAndQuery);
        var desk = await server.Get<DeskDirectory>().GetAsync();
        Assert.Equal(("Iris Aydin", Roles.Admin), (desk.Employees.Single().Name, desk.Employees.Single().Roles));
        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(first)).StatusCode);
        Assert.Equal("/", (await server.Client().GetAsync(new Uri("/account/set-up", UriKind.Relative))).Headers.Location!.PathAndQuery);
        using var again = await server.ClientAsync("iris@leaddesk.test");

        Dictionary<string, string> Fields(string password) => new() { ["FullName"] = "Iris Aydin", ["Email"] = "iris@leaddesk.test", ["Password"] = password };
    }
}

public sealed class SetUpFirstAdminTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Of_two_at_once_one_becomes_the_first_admin(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await using (var db = desk.Database())
        {
            await db.Pools.ExecuteDeleteAsync();
            await db.Employees.ExecuteDeleteAsync();
        }

        var act = desk.Get<SetUpFirstAdmin>();
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 4).Select(n => act.RunAsync($"Admin {n}", $"admin{n}@leaddesk.test", DeskServer.Password, "UTC")));

        Assert.Single(outcomes, o => o.Kind is OutcomeKind.Done);
        Assert.All(outcomes.Where(o => o.IsRefused), o => Assert.Equal("This desk has its first admin. Sign in.", o.Refusal!.Sentence));
        await using var after = desk.Database();
        Assert.Equal(1, await after.Employees.CountAsync());
        Assert.Equal(1, await after.Users.CountAsync());
    }
}
