using System.Diagnostics;
using LeadDesk.App;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LeadDesk.Tests.Demo;

public sealed class DemoDeskTests : IAsyncLifetime
{
    private static readonly DateTimeOffset _now = TestDesk.Tuesday;

    private DeskServer _server = null!;
    private Desk _desk = null!;
    private List<Lead> _leads = [];
    private ILookup<LeadId, LeadEvent> _history = null!;

    public async ValueTask InitializeAsync()
    {
        // Hours between sweeps: what stands here is what was made.
        _server = await DeskServer.StartDemoAsync(new Dictionary<string, string> { ["Retirement:SweepInterval"] = "12:00:00" });
        _desk = await _server.Get<DeskDirectory>().GetAsync();
        await using var db = Database();
        _leads = await db.Leads.AsNoTracking().Include(l => l.Tags).ToListAsync();
        _history = (await db.LeadEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync()).ToLookup(e => e.LeadId);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public void It_is_a_floor_of_four_teams_with_three_thousand_leads_and_months_of_history()
    {
        Assert.Equal(4, _desk.Teams.Count);
        Assert.Equal(24, _desk.Employees.Count(e => e.Roles == Roles.Agent));
        Assert.Equal(4, _desk.Employees.Count(e => e.Roles == Roles.TeamLead));
        Assert.Equal(2, _desk.Employees.Count(e => e.Roles == Roles.SalesManager));
        Assert.Equal(1, _desk.Employees.Count(e => e.Roles == Roles.Admin));
        Assert.Equal(3_000, _leads.Count);
        Assert.InRange(_history.Average(h => h.Count()), 8, 12);
        Assert.True(_history.SelectMany(h => h).Min(e => e.At) < _now.AddDays(-60));
        Assert.All(_history.SelectMany(h => h), e => Assert.True(e.At <= _now));
    }

    [Fact]
    public async Task Requests_wait_for_the_managers_some_are_decided_and_the_inboxes_say_so()
    {
        await using var db = Database();
        var requests = await db.Requests.AsNoTracking().ToListAsync();
        var notices = await db.Notifications.AsNoTracking().ToListAsync();
        var agent = _desk.Employees.Single(e => e.Email == "agent@leaddesk.local").Id;

        Assert.InRange(requests.Count(r => r.State == RequestState.Waiting), 6, 7);
        Assert.Contains(requests, r => r.State == RequestState.Approved && r.AskedById == agent);
        Assert.Contains(requests, r => r.State == RequestState.Rejected && r.AskedById == agent);
        Assert.All(requests, r => Assert.Contains(_history[r.LeadId], e => e.Kind == LeadEventKind.TagRequested && e.At == r.AskedAt));
        Assert.All(_desk.Employees.Where(e => e.Roles == Roles.SalesManager), m => Assert.Contains(notices, n => n.EmployeeId == m.Id && n.Kind == NotificationKind.RequestWaiting));
        Assert.All(
            _leads.Where(l => l.WarnedAt is not null).GroupBy(l => l.OwnerId!.Value),
            o => Assert.Equal(o.Count(), notices.Single(n => n.EmployeeId == o.Key && n.Kind == NotificationKind.GoingStale).Count));
    }

    [Fact]
    public void The_ledger_of_every_lead_leads_to_its_clock()
    {
        foreach (var lead in _leads)
        {
            DateTimeOffset? clock = null;
            EmployeeId? owner = null;
            var last = DateTimeOffset.MinValue;
            var version = 0L;
            foreach (var e in _history[lead.Id])
            {
                Assert.True(e.At >= last, $"Lead {lead.Id}: {e.Kind} out of order.");
                Assert.Equal(++version, e.LeadVersion);
                if (owner is not null && clock + _desk.Policy.Period < e.At && _desk.Retires(lead.StageId))
                {
                    Assert.Equal(LeadEventKind.Retired, e.Kind);
                }

                owner = e.Kind switch
                {
                    LeadEventKind.Assigned or LeadEventKind.Reassigned => new EmployeeId(e.ToId!.Value),
                    LeadEventKind.Retired or LeadEventKind.Unassigned => null,
                    _ => owner,
                };
                clock = e.Verdict.StartsTheClock() ? e.At : owner is null ? null : clock;
                Assert.Equal(clock, e.ClockStart);
                last = e.At;
            }

            Assert.Equal((clock, owner, version), (lead.ClockStart, lead.OwnerId, lead.Version));
        }
    }

    [Fact]
    public void Rows_of_the_history_are_numbered_in_the_order_of_time() =>
        Assert.Equal(_history.SelectMany(h => h).OrderBy(e => e.Id).Select(e => e.At), _history.SelectMany(h => h).Select(e => e.At).Order());

    [Fact]
    public void Every_owner_is_an_agent_of_the_leads_pool_and_gives_it_their_team() =>
        Assert.All(_leads.Where(l => l.OwnerId is not null), lead =>
        {
            Assert.True(_desk.Pool(lead.PoolId)!.Has(lead.OwnerId!.Value));
            Assert.Equal(_desk.Employee(lead.OwnerId)!.TeamId, lead.TeamId);
        });

    [Fact]
    public void Nothing_is_due_three_retire_in_the_first_two_minutes_and_eight_per_cent_go_stale_in_every_team()
    {
        var clocks = _leads.Select(l => (l.TeamId, Clock: _desk.Clock(l.ClockStart, l.StageId, _now))).Where(c => c.Clock is not null).Select(c => (c.TeamId, Clock: c.Clock!.Value)).ToList();

        Assert.DoesNotContain(clocks, c => c.Clock.Step is TimeLeftStep.Due);
        Assert.Equal(3, clocks.Count(c => c.Clock.RetiresAt <= _now.AddMinutes(2)));
        var stale = clocks.Where(c => c.Clock.Step is TimeLeftStep.GoingStale).ToList();
        Assert.InRange(100.0 * stale.Count / clocks.Count, 7, 9);
        Assert.All(_desk.Teams, t => Assert.InRange(stale.Count(s => s.TeamId == t.Id), 10, 100));
        Assert.InRange(_leads.Count(l => l.WarnedAt is not null), stale.Count - 5, stale.Count);
        Assert.All(_history.SelectMany(h => h).Where(e => e.Kind is LeadEventKind.Retired), e => Assert.Null(e.Text));
        Assert.All(Enum.GetValues<TimeLeftStep>().Where(s => s is not TimeLeftStep.Due), step => Assert.Contains(clocks, c => c.Clock.Step == step));
    }

    [Fact]
    public async Task The_first_sweeps_retire_exactly_those_three()
    {
        await _server.Get<RetirementSweep>().RunAsync(_now);
        Assert.Equal(0, await NewlyRetiredAsync());

        _server.Clock.Advance(TimeSpan.FromMinutes(2));
        await _server.Get<RetirementSweep>().RunAsync(_now.AddMinutes(2));

        Assert.Equal(3, await NewlyRetiredAsync());

        async Task<int> NewlyRetiredAsync()
        {
            await using var db = Database();
            return await db.Leads.CountAsync(l => l.RetiredAt >= _now);
        }
    }

    [Fact]
    public async Task The_counters_say_what_is_there()
    {
        await using var db = Database();
        var counters = await db.LeadCounts.Where(c => c.Leads != 0).Select(c => new { c.OwnerKey, c.PoolKey, c.StageId, c.Leads, c.ValueMinor }).ToListAsync();
        var counted = _leads.GroupBy(l => (Owner: l.OwnerId?.Value ?? (l.IsRetired ? -1 : 0), Pool: l.PoolId?.Value ?? 0, l.StageId))
            .Select(g => new { OwnerKey = g.Key.Owner, PoolKey = g.Key.Pool, g.Key.StageId, Leads = (long)g.Count(), ValueMinor = g.Sum(l => l.ValueMinor ?? 0) });

        Assert.Equal(counted.OrderBy(c => c.OwnerKey).ThenBy(c => c.PoolKey).ThenBy(c => c.StageId), counters.OrderBy(c => c.OwnerKey).ThenBy(c => c.PoolKey).ThenBy(c => c.StageId));
    }

    [Fact]
    public async Task Everyone_of_the_five_has_something_on_every_screen_they_may_open()
    {
        var (admin, manager, lead, agent, agent2) = (await ActorAsync("admin"), await ActorAsync("manager"), await ActorAsync("lead"), await ActorAsync("agent"), await ActorAsync("agent2"));
        await using var db = Database();

        foreach (var actor in new[] { admin, manager, lead, agent, agent2 })
        {
            foreach (var stage in _desk.Stages.Where(s => s.Kind is StageKind.Open))
            {
                Assert.NotEqual(0, await db.Leads.VisibleTo(actor).CountAsync(l => l.StageId == stage.Id && l.OwnerId != null));
            }

            foreach (var view in Enum.GetValues<LeadView>())
            {
                Assert.NotEqual(0, await new LeadFilter { View = view }.Apply(db.Leads, actor, _desk, _now).CountAsync());
            }
        }

        foreach (var boss in new[] { admin, manager })
        {
            Assert.All(_desk.Pools, p => Assert.InRange(_leads.Count(l => l.PoolId == p.Id && l.OwnerId is null && !l.IsRetired), 20, 300));
            Assert.True(boss.MaySeeRetired);
        }

        Assert.All(_leads.Where(l => l.IsRetired), l => Assert.InRange(l.RetiredAt!.Value, _now.AddDays(-7), _now));
        Assert.All(_desk.Teams, t => Assert.Contains(_leads, l => l.RetiredFromTeamId == t.Id));
        Assert.Equal([agent.TeamId!.Value], lead.LeadsTeams);
        Assert.Equal(agent.TeamId, agent2.TeamId);
        Assert.Contains(_leads, l => l.OwnerId == agent.Id && l.IsFresh);
        Assert.Contains(_leads, l => l.IsSecondChance);
        Assert.Contains(_leads, l => l.Tags.Any(t => _desk.Tag(t.TagId) is { IsModifiable: false }));
    }

    [Fact]
    public async Task The_sign_in_page_offers_the_five_and_each_button_opens_the_desk()
    {
        var html = await _server.Client().GetStringAsync(new Uri("/account/sign-in", UriKind.Relative));
        string[] five = ["admin", "manager", "lead", "agent", "agent2"];

        Assert.Contains("Demo desk, nothing here is real", html, StringComparison.Ordinal);
        foreach (var name in five)
        {
            Assert.Contains($"value=\"{name}@leaddesk.local\"", html, StringComparison.Ordinal);
            using var client = await _server.ClientAsync($"{name}@leaddesk.local");
        }
    }

    private LeadDeskDb Database() => _server.Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();

    private async Task<Actor> ActorAsync(string name) =>
        await _server.Get<DeskDirectory>().ActorAsync(_desk.Employees.Single(e => e.Email == $"{name}@leaddesk.local").Id) ?? throw new InvalidOperationException(name);
}

public sealed class DemoFillTests(PostgresCluster cluster)
{
    [Fact]
    public async Task It_is_there_within_seconds_and_the_same_every_time()
    {
        var start = Stopwatch.GetTimestamp();
        await using var first = await DeskServer.StartEmptyAsync(demo: true);
        var took = Stopwatch.GetElapsedTime(start);
        await using var second = await DeskServer.StartEmptyAsync(demo: true);

        Assert.InRange(took, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Assert.Equal(await PrintAsync(first), await PrintAsync(second));

        static async Task<List<string>> PrintAsync(DeskServer server)
        {
            await using var db = server.Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();
            return await db.Leads.OrderBy(l => l.Id).Select(l => $"{l.SearchText} {l.StageId} {l.OwnerId} {l.ClockStart} {l.Version} {l.ValueMinor}").ToListAsync();
        }
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, "00:10:00"), InlineData(DatabaseProvider.Sqlite, "1.00:00:00"), InlineData(DatabaseProvider.Sqlite, "90.00:00:00"), InlineData(DatabaseProvider.Sqlite, ""), InlineData(DatabaseProvider.Postgres, "3.00:00:00")]
    public async Task With_any_period_nothing_is_due_at_start(DatabaseProvider provider, string period)
    {
        await using var database = provider is DatabaseProvider.Postgres ? await cluster.EmptyAsync() : null;
        var folder = Directory.CreateTempSubdirectory("leaddesk-demo-").FullName;
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = database?.ConnectionString ?? $"Data Source={Path.Combine(folder, "leaddesk.db")};Pooling=False",
            ["Demo:Enabled"] = "true",
            ["Retirement:InactivityPeriod"] = period,
        }).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestDesk.Tuesday));
        services.AddLogging();
        DeskHost.AddDesk(services, configuration);

        await using (var built = services.BuildServiceProvider())
        {
            await DeskHost.PrepareAsync(built);

            var desk = await built.GetRequiredService<DeskDirectory>().GetAsync();
            await using var db = built.GetRequiredService<IDbContextFactory<LeadDeskDb>>().CreateDbContext();
            var leads = await db.Leads.AsNoTracking().ToListAsync();
            Assert.Equal(3_000, leads.Count);
            Assert.Equal(period.Length == 0 ? null : TimeSpan.Parse(period, System.Globalization.CultureInfo.InvariantCulture), desk.Policy.Period);
            Assert.DoesNotContain(leads, l => InactivityClock.IsDue(desk.Policy, l.ClockStart, desk.Retires(l.StageId), TestDesk.Tuesday));
            Assert.Equal(0, await built.GetRequiredService<RetirementSweep>().RunAsync(TestDesk.Tuesday));
        }

        Directory.Delete(folder, true);
    }

    [Fact]
    public async Task A_desk_that_is_not_empty_is_left_alone()
    {
        await using var server = await DeskServer.StartAsync(new Dictionary<string, string> { ["Demo:Enabled"] = "true" });

        Assert.Equal(7, (await server.Get<DeskDirectory>().GetAsync()).Employees.Count);
        Assert.DoesNotContain("Demo desk", await server.Client().GetStringAsync(new Uri("/account/sign-in", UriKind.Relative)), StringComparison.Ordinal);
    }
}
