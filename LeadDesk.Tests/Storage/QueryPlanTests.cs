using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

/// <summary>What is asked all day finds its rows by an index, among 20,000 leads of 40 agents in ten teams, with statistics as the database keeps them.</summary>
public sealed class QueryPlanTests(PostgresCluster cluster)
{
    private const int Copies = 50;

    [Theory]
    [InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.Postgres)]
    public async Task What_is_asked_all_day_does_not_read_the_whole_table(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await FillAsync(desk);
        var read = await desk.Get<DeskDirectory>().GetAsync();
        var (stage, cutoff) = (desk.Stages[1].Id, desk.Now - TimeSpan.FromDays(30));
        var team = read.Teams.Single(t => t.Name == "Team 3");
        var agent = Actor.Person(read.Employees.First(e => e.TeamId == team.Id), []);
        var lead = Actor.Person(read.Employee(team.LeadId)!, [team.Id]);
        await using var db = desk.Database();
        var none = db.Leads.AsNoTracking();

        (string Name, IQueryable<object> Query, bool Sorted)[] queries =
        [
            ("what is due", RetirementSweep.Due(none, stage, cutoff).Take(500), true),
            ("what is not warned", RetirementSweep.Unwarned(none, stage, cutoff).Take(500), false),
            ("an agent's column", Column(none.VisibleTo(agent), stage), true),
            ("a team lead's column", Column(none.VisibleTo(lead), stage), false),
            ("a column of one team", Column(new LeadFilter { TeamId = team.Id }.Apply(none, Actor.System("test"), read, desk.Now), stage), true),
            ("a manager's column", Column(none.Where(l => l.OwnerId != null), stage), true),
            ("an agent's leads", none.VisibleTo(agent).OrderBy(l => l.ClockStart).ThenBy(l => l.Id).Take(50), true),
            ("what was retired last", none.Where(l => l.RetiredAt != null).OrderByDescending(l => l.RetiredAt).ThenByDescending(l => l.Id).Take(50), true),
            ("what an agent lost last", RetiredSort.Newest.Parts(none.Where(l => l.RetiredAt != null && l.RetiredFromId == agent.Id), null, false).First().Take(50), true),
            ("the dearest retired", RetiredSort.Value.Parts(none.Where(l => l.RetiredAt != null), null, false).First().Take(50), true),
            ("the retired without a value", RetiredSort.Value.Parts(none.Where(l => l.RetiredAt != null), null, false).Last().Take(50), true),
            ("the longest quiet", RetiredSort.Quiet.Parts(none.Where(l => l.RetiredAt != null), null, false).First().Take(50), true),
            ("who waits in a pool", none.Where(l => l.OwnerId == null && l.RetiredAt == null && l.PoolId == desk.Vip.Id).OrderBy(l => l.CreatedAt).ThenBy(l => l.Id).Take(50), true),
            ("a lead's history", db.LeadEvents.AsNoTracking().Where(e => e.LeadId == new LeadId(7)).OrderByDescending(e => e.Id).Take(50), true),
        ];

        foreach (var (name, query, sorted) in queries)
        {
            var plan = await PlanAsync(db, query);
            Assert.True(provider is DatabaseProvider.Sqlite ? IsIndexedInSqlite(plan, sorted) : IsIndexedInPostgres(plan), $"{name}:\n{plan}");
        }
    }

    private static IQueryable<Lead> Column(IQueryable<Lead> leads, StageId stage) =>
        leads.Where(l => l.StageId == stage && l.OwnerId != null).OrderBy(l => l.ClockStart).ThenBy(l => l.Id).Take(50);

    private static bool IsIndexedInSqlite(string plan, bool sorted) =>
        plan.Contains("USING", StringComparison.Ordinal)
        && plan.Split('\n').Where(l => l.Contains("SCAN", StringComparison.Ordinal)).All(l => l.Contains("USING", StringComparison.Ordinal))
        && !(sorted && plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));

    /// <summary>A few hundred rows found by an index may be sorted: the planner takes that for cheaper than reading them in order.</summary>
    private static bool IsIndexedInPostgres(string plan) => plan.Contains("Index", StringComparison.Ordinal) && !plan.Contains("Seq Scan", StringComparison.Ordinal);

    private static async Task<string> PlanAsync(LeadDeskDb db, IQueryable query)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = query.CreateDbCommand();
        command.CommandText = (db is SqliteLeadDeskDb ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + command.CommandText;
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(reader.FieldCount - 1));
        }

        return string.Join('\n', lines);
    }

    private static async Task FillAsync(TestDesk desk)
    {
        var agents = new List<Employee>();
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            for (var t = 0; t < 10; t++)
            {
                var team = Team.Create(work.NewId<TeamId>(), $"Team {t}", null).Value!;
                work.Db.Teams.Add(team);
                for (var n = 0; n < 4; n++)
                {
                    agents.Add(Employee.Create(work.NewId<EmployeeId>(), $"Agent {t} {n}", $"agent{t}-{n}@leaddesk.test", Roles.Agent, team.Id, "UTC").Value!);
                    work.Db.Employees.Add(agents[^1]);
                }

                var lead = Employee.Create(work.NewId<EmployeeId>(), $"Lead {t}", $"lead{t}@leaddesk.test", Roles.TeamLead, team.Id, "UTC").Value!;
                work.Db.Employees.Add(lead);
                await work.Db.SaveChangesAsync();
                team.Edit(team.Name, lead.Id);
            }

            var inbound = await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == desk.Inbound.Id);
            inbound.SetMembers([.. agents.Select(a => a.Id)]);
            return Outcome.Done;
        });
        foreach (var (agent, n) in agents.Select((a, n) => (a, n)))
        {
            await desk.LeadsAsync(10, ownedBy: agent, idleFor: TimeSpan.FromHours(n), stage: desk.Stages[n % 5]);
        }

        await using var db = desk.Database();
        var columns = db.Model.FindEntityType(typeof(Lead))!.GetProperties().Select(p => p.GetColumnName()).ToList();
        string Copy(string column) => column switch
        {
            "Id" => "l.\"Id\" + 1000000 * n.i",
            "ClockStart" => $"l.\"ClockStart\" - n.i * {TimeSpan.FromHours(17).Ticks}",
            _ => $"l.\"{column}\"",
        };
        var copy = $"""
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {Copies})
            INSERT INTO "Leads" ({string.Join(", ", columns.Select(c => $"\"{c}\""))})
            SELECT {string.Join(", ", columns.Select(Copy))} FROM "Leads" l, n
            """;
        await db.Database.ExecuteSqlRawAsync(copy);
        await db.Database.ExecuteSqlRawAsync($"""UPDATE "Leads" SET "RetiredAt" = "CreatedAt", "OwnerId" = NULL, "TeamId" = NULL, "ClockStart" = NULL WHERE "Id" % 20 = 3""");
        await db.Database.ExecuteSqlRawAsync("ANALYZE");
        Assert.InRange(await db.Leads.CountAsync(), 20_000, 30_000);
    }
}
