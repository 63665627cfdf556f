using System.Globalization;
using CsCheck;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class LeadCountsTests(PostgresCluster cluster)
{
    private static readonly Gen<(int Act, int Lead, int With)[]> Acts = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 11], Gen.Int[0, 5]).Array[10, 40];

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Whatever_is_done_the_counters_are_what_counting_gives(DatabaseProvider provider) =>
        await Acts.SampleAsync(async acts =>
        {
            await using var desk = await TestDesk.OpenAsync(provider, cluster);
            await desk.LeadsAsync(4, value: n => n * 1_000);
            await desk.LeadsAsync(4, ownedBy: desk.Asha);
            await desk.LeadsAsync(4, ownedBy: desk.Omar, stage: desk.Stage("Qualified"), value: _ => 500);
            foreach (var (act, lead, with) in acts)
            {
                await DoAsync(desk, act, lead, with);
            }

            await AssertCountersAsync(desk);
        }, iter: 6, threads: 1);

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_is_stored_by_the_hundred_and_deleted_is_counted_too(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(300, ownedBy: desk.Ravi, value: n => n);
        await desk.Get<Transactor>().RunAsync(Domain.People.Actor.System("test"), async work =>
        {
            var fresh = Enumerable.Range(0, 50).Select(n => Domain.Leads.Lead.Create(
                work.NewId<LeadId>(), new() { Name = $"Bulk {n}", ValueMinor = 7 }, desk.WebForm.Id, desk.Vip.Id, desk.Stages[1].Id, work.By, Cause.Import, work.Now).Value!).ToList();
            work.Add(fresh, []);
            var doomed = await work.Db.Leads.OrderBy(l => l.Id).Take(100).ToListAsync();
            var last = doomed[^1].Id;
            await work.Db.LeadEvents.Where(e => e.LeadId <= last).ExecuteDeleteAsync();
            work.Db.Leads.RemoveRange(doomed);
            await work.Db.Leads.Where(l => l.Id > last).ExecuteUpdateAsync(s => s.SetProperty(l => l.ValueMinor, 11));
            return Outcome.Done;
        });

        await AssertCountersAsync(desk);
        await using var db = desk.Database();
        Assert.Equal(250, await db.LeadCounts.SumAsync(c => c.Leads));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_triggers_are_there_after_all_migrations(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await using var db = desk.Database();

        var triggers = await db.Database.SqlQueryRaw<string>(provider is DatabaseProvider.Sqlite
            ? "SELECT name AS \"Value\" FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'Leads'"
            : "SELECT tgname::text AS \"Value\" FROM pg_trigger WHERE tgrelid = '\"Leads\"'::regclass AND NOT tgisinternal").ToListAsync();

        string[] expected = provider is DatabaseProvider.Sqlite
            ? ["LeadCounts_delete", "LeadCounts_insert", "LeadCounts_update", "LeadSearch_delete", "LeadSearch_insert", "LeadSearch_update"]
            : ["LeadCounts_insert_delete", "LeadCounts_update", "LeadSearch_insert_delete", "LeadSearch_update"];
        Assert.Equal(expected, triggers.Order(StringComparer.Ordinal));
    }

    internal static async Task AssertCountersAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        var leads = await db.Leads.AsNoTracking().Select(l => new { l.OwnerId, l.RetiredAt, l.PoolId, l.StageId, l.ValueMinor }).ToListAsync();
        var counted = leads.GroupBy(l => (Owner: l.OwnerId?.Value ?? (l.RetiredAt is null ? LeadCount.Unassigned : LeadCount.Retired), Pool: l.PoolId?.Value ?? 0, Stage: l.StageId.Value))
            .Select(g => Line(g.Key.Owner, g.Key.Pool, g.Key.Stage, g.Count(), g.Sum(l => l.ValueMinor ?? 0)));
        var kept = await db.LeadCounts.AsNoTracking().ToListAsync();

        Assert.Equal(counted.Order(), kept.Where(c => c.Leads != 0 || c.ValueMinor != 0).Select(c => Line(c.OwnerKey, c.PoolKey, c.StageId.Value, c.Leads, c.ValueMinor)).Order());
    }

    private static string Line(long owner, long pool, long stage, long leads, long value) =>
        string.Create(CultureInfo.InvariantCulture, $"owner {owner} pool {pool} stage {stage}: {leads} worth {value}");

    private static async Task DoAsync(TestDesk desk, int act, int index, int with)
    {
        var meera = await desk.As(desk.Meera);
        List<LeadId> ids;
        await using (var db = desk.Database())
        {
            ids = await db.Leads.OrderBy(l => l.Id).Select(l => l.Id).ToListAsync();
        }

        var some = LeadSelection.Of(ids.Skip(index).Take(1 + (with * 2)));
        var one = await desk.ReadAsync(ids[index % ids.Count]);
        var (acts, employee) = (desk.Get<ActOnLeads>(), new[] { desk.Asha, desk.Ravi, desk.Omar }[with % 3]);
        switch (act)
        {
            case 0:
                await acts.RunAsync(new AssignLeads(some, employee.Id), meera);
                break;
            case 1:
                await acts.RunAsync(new ReassignLeads(some, employee.Id), meera);
                break;
            case 2:
                await acts.RunAsync(new UnassignLeads(some), meera);
                break;
            case 3:
                await acts.RunAsync(new ReleaseLeads(some), meera);
                break;
            case 4:
                await acts.RunAsync(new MoveLeadsToPool(some, (with % 2 == 0 ? desk.Vip : desk.Inbound).Id), meera);
                break;
            case 5:
                await acts.RunAsync(new SetLeadsStage(some, desk.Stages[with].Id), meera);
                break;
            case 6:
                desk.Wait(TimeSpan.FromDays(with));
                await desk.Get<RetirementSweep>().RunAsync(desk.Now);
                break;
            case 7:
                await desk.Get<EditLeadDetails>().RunAsync(one.Id, one.Details() with { ValueMinor = with == 0 ? null : with * 100 }, one.Version, meera);
                break;
            case 8:
                await desk.Get<CreateLead>().RunAsync(new() { Name = $"New {with}", ValueMinor = with }, desk.WebForm.Id, desk.Inbound.Id, meera);
                break;
            default:
                await desk.Get<AddComment>().RunAsync(one.Id, $"Comment {with}", meera);
                break;
        }
    }
}
