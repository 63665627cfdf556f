using LeadDesk.App.Assignment;
using LeadDesk.App.Board;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Leads.Profile;
using LeadDesk.App.Notifications;
using LeadDesk.App.Retirement;
using LeadDesk.App.Retirement.Stale;
using LeadDesk.App.Shell;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Demo;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Storage;

/// <summary>
/// What is asked all day finds its rows by an index: every statement that the product's own queries send is explained by the database, among 50,000
/// generated leads with their history, with the statistics that the database keeps.
/// </summary>
public sealed class QueryPlanTests(PostgresCluster cluster)
{
    private static readonly string[] _terms = ["a", "mu", "son", "example", "xqzwv", "+49 30 1", "an er"];

    [Theory]
    [InlineData(DatabaseProvider.Sqlite, false), InlineData(DatabaseProvider.Sqlite, true), InlineData(DatabaseProvider.Postgres, true)]
    public async Task What_is_asked_all_day_does_not_read_the_whole_table(DatabaseProvider provider, bool hasStatistics)
    {
        var watch = new PlanWatch();
        await using var desk = await EmptyDesk.OpenAsync(provider, cluster, adjust: services =>
        {
            watch.Watch(services);
            services.AddSingleton<NavCounters>();
        });
        Assert.False((await desk.GenerateAsync(50_000, 100)).IsRefused);
        await using (var db = desk.Database())
        {
            await db.Database.ExecuteSqlRawAsync(hasStatistics ? "ANALYZE" : "SELECT 1");
        }

        foreach (var (role, actor) in await ActorsAsync(desk))
        {
            await AskListAsync(desk, watch, role, actor);
            await AskBoardAsync(desk, watch, role, actor);
            await AskScreensAsync(desk, watch, role, actor);
        }

        await watch.OfAsync("sweep", () => desk.Get<RetirementSweep>().RunAsync(desk.Clock.GetUtcNow()));
        desk.Clock.Advance(TimeSpan.FromHours(9));
        Assert.NotEqual(0, await watch.OfAsync("sweep with leads due", () => desk.Get<RetirementSweep>().RunAsync(desk.Clock.GetUtcNow())));

        Assert.InRange(watch.Read, 1_000, int.MaxValue);
        Assert.True(watch.Scans.Count == 0, $"{watch.Scans.Count} of {watch.Read} statements scan:\n{string.Join('\n', watch.Scans.Take(1000))}");
    }

    private static async Task<(string Role, Actor Actor)[]> ActorsAsync(EmptyDesk desk)
    {
        var read = await desk.Get<DeskDirectory>().GetAsync();
        var team = read.Teams.First(t => t.LeadId is not null);
        var agent = read.Employees.First(e => e.TeamId == team.Id && e.Roles == Roles.Agent);
        var manager = read.Employees.First(e => e.Roles.HasFlag(Roles.SalesManager));
        return [("agent", read.Actor(agent.Id)!), ("team lead", read.Actor(team.LeadId!.Value)!), ("manager", read.Actor(manager.Id)!)];
    }

    private static async Task AskListAsync(EmptyDesk desk, PlanWatch watch, string role, Actor actor)
    {
        var (query, read) = (desk.Get<LeadListQuery>(), await desk.Get<DeskDirectory>().GetAsync());
        var filters = Enum.GetValues<LeadView>().Select(v => new LeadFilter { View = v })
            .Concat(Enum.GetValues<LeadStatus>().Select(s => new LeadFilter { Status = s }))
            .Concat(_terms.Select(t => new LeadFilter { Search = t }))
            .Concat(
            [
                new() { OwnerId = read.Employees.First(e => e.Roles == Roles.Agent).Id }, new() { TeamId = read.Teams[1].Id }, new() { PoolId = read.Pools[0].Id }, new() { SourceId = read.Sources[0].Id },
                new() { TagId = read.Tags[0].Id }, new() { StageId = read.Stages[1].Id }, new() { Search = "son", StageId = read.Stages[1].Id },
            ]).Distinct();
        foreach (var filter in filters.Where(f => f.Status is not LeadStatus.Unassigned || actor.MaySeeUnassigned))
        {
            await watch.OfAsync($"{role} counts {filter}", () => query.CountAsync(filter, actor));
            var isPlain = filter is { Search: null, OwnerId: null, TeamId: null, PoolId: null, SourceId: null, TagId: null, StageId: null };
            foreach (var order in (isPlain ? Enum.GetValues<LeadSort>() : [ListOrder.StandardOf(filter).By, LeadSort.Name]).SelectMany(s => new[] { new ListOrder(s, false), new ListOrder(s, true) }))
            {
                var rows = await watch.OfAsync($"{role} lists {filter} by {order.Word}", () => query.AtAsync(filter, order, 0, 50, actor));
                if (rows.Count > 0)
                {
                    await watch.OfAsync($"{role} goes on with {filter} by {order.Word}", () => query.NextToAsync(filter, order, rows[^1], false, 50, actor));
                }

                if (rows.Count > 0 && isPlain)
                {
                    await watch.OfAsync($"{role} drags {filter} by {order.Word}", () => query.AtAsync(filter, order, 700, 50, actor));
                    await watch.OfAsync($"{role} goes back in {filter} by {order.Word}", () => query.NextToAsync(filter, order, rows[^1], true, 50, actor));
                }
            }

            await watch.OfAsync($"{role} reads rows of {filter} again", () => query.FindAsync(filter, [new(17), new(4_000)], actor));
        }
    }

    private static async Task AskBoardAsync(EmptyDesk desk, PlanWatch watch, string role, Actor actor)
    {
        var (query, read) = (desk.Get<BoardQuery>(), await desk.Get<DeskDirectory>().GetAsync());
        BoardFilter[] filters =
        [
            new(), new() { GoingStale = true }, new() { OwnerId = actor.Id }, new() { TeamId = read.Teams[1].Id }, new() { PoolId = read.Pools[0].Id },
            new() { SourceId = read.Sources[0].Id }, new() { TagId = read.Tags[0].Id },
        ];
        foreach (var filter in filters.SelectMany(f => Enum.GetValues<BoardSort>().Select(s => f with { Sort = s })))
        {
            foreach (var stage in read.Stages.Where(s => s.Position is 1 or 3 || s.Kind is not StageKind.Open))
            {
                var window = await watch.OfAsync($"{role} opens {stage.Name} of {filter}", () => query.WindowAsync(filter, stage, 50, actor));
                await watch.OfAsync($"{role} reads figures of {stage.Name} of {filter}", () => query.FiguresAsync(filter, stage, actor));
                if (window.Leads.Count > 0)
                {
                    await watch.OfAsync($"{role} goes on in {stage.Name} of {filter}", () => query.MoreAsync(filter, stage, window.Leads[^1], actor));
                    await watch.OfAsync($"{role} reads cards of {stage.Name} again", () => query.SomeAsync(filter, stage, [window.Leads[0].Id], actor));
                }
            }
        }
    }

    private static async Task AskScreensAsync(EmptyDesk desk, PlanWatch watch, string role, Actor actor)
    {
        var read = await desk.Get<DeskDirectory>().GetAsync();
        await watch.OfAsync($"{role}: navigation", () => desk.Get<NavCounters>().ForAsync(actor));
        await watch.OfAsync($"{role}: home", () => desk.Get<HomeQuery>().ForAsync(actor));
        await watch.OfAsync($"{role}: profile", () => desk.Get<ProfileQuery>().AskAsync(new(4_000), actor));
        await watch.OfAsync($"{role}: inbox", () => desk.Get<InboxQuery>().ReadAsync(actor));
        await watch.OfAsync($"{role}: lost leads", () => desk.Get<LostLeadsQuery>().ReadAsync(desk.Clock.GetUtcNow().AddDays(-30), 0, actor));
        foreach (var stale in new StaleFilter[] { new(), new(read.Teams[0].Id), new(null, read.Employees.First(e => e.Roles == Roles.Agent).Id) })
        {
            await watch.OfAsync($"{role}: stale {stale}", () => desk.Get<StaleQuery>().ListAsync(stale, actor, 50));
            await watch.OfAsync($"{role}: stale days {stale}", () => desk.Get<StaleQuery>().DaysAsync(stale, actor));
            await watch.OfAsync($"{role}: stale today {stale}", () => desk.Get<StaleQuery>().TodayAsync(stale, actor));
        }

        await watch.OfAsync($"{role}: what left the stale list", () => desk.Get<StaleQuery>().EndsAsync([new(17), new(4_000)], actor));
        await watch.OfAsync($"{role}: retired counter", () => desk.Get<RetiredCountQuery>().CountAsync(actor));
        if (!actor.MaySeeRetired)
        {
            return;
        }

        foreach (var filter in _terms.Select(t => new LeadFilter { Search = t }).Concat(
            [new(), new() { PoolId = read.Pools[0].Id }, new() { StageId = read.Stages[1].Id }, new() { RetiredFromId = read.Employees.First(e => e.Roles == Roles.Agent).Id }, new() { RetiredSince = desk.Clock.GetUtcNow().AddDays(-7) }]))
        {
            await watch.OfAsync($"{role} counts retired {filter}", () => desk.Get<RetiredQuery>().CountAsync(filter, actor));
            foreach (var sort in Enum.GetValues<RetiredSort>())
            {
                var rows = await watch.OfAsync($"{role}: retired {filter} by {sort}", () => desk.Get<RetiredQuery>().PageAsync(filter, sort, null, false, 50, actor));
                if (rows.Count > 0)
                {
                    await watch.OfAsync($"{role} goes on with retired {filter} by {sort}", () => desk.Get<RetiredQuery>().PageAsync(filter, sort, rows[^1], false, 50, actor));
                    await watch.OfAsync($"{role} goes back in retired {filter} by {sort}", () => desk.Get<RetiredQuery>().PageAsync(filter, sort, rows[^1], true, 50, actor));
                }
            }
        }

        if (!actor.MayAssign)
        {
            return;
        }

        var assign = desk.Get<AssignQuery>();
        await watch.OfAsync($"{role}: pools to assign from", () => assign.WaitingAsync(actor));
        foreach (var filter in _terms.Select(t => new LeadFilter { PoolId = read.Pools[0].Id, Search = t }).Concat([new() { PoolId = read.Pools[0].Id }, new() { PoolId = read.Pools[0].Id, SourceId = read.Sources[0].Id }]))
        {
            await watch.OfAsync($"{role} counts waiting {filter}", () => assign.CountAsync(filter with { Status = LeadStatus.Unassigned }, actor));
            var rows = await watch.OfAsync($"{role}: waiting {filter}", () => assign.WaitingAsync(filter, false, null, false, 50, actor));
            await watch.OfAsync($"{role}: waiting oldest {filter}", () => assign.WaitingAsync(filter, true, rows.LastOrDefault(), true, 50, actor));
        }

        var held = new LeadFilter { Status = LeadStatus.Assigned, OwnerId = read.Employees.First(e => e.Roles == Roles.Agent).Id, OpenOnly = true };
        await watch.OfAsync($"{role}: held", () => assign.HeldAsync(held, null, false, 50, actor));
        await watch.OfAsync($"{role} counts held", () => assign.CountAsync(held, actor));
    }
}
