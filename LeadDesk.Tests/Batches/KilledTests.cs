using System.Globalization;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Batches;

/// <summary>
/// The real program is killed in the middle of long work, at moments that chance picks, and started again. The work goes on by itself; what was
/// seen as done stays done, and nothing is done twice.
/// </summary>
[Collection(nameof(Alone))]
public sealed class KilledTests
{
    private const int Kills = 4;
    private const int Many = 5_000;

    [Fact]
    public async Task An_assignment_of_five_thousand_goes_on_after_kill_9_and_gives_each_lead_its_owner_once()
    {
        await using var desk = await OpenAsync();
        var leads = await ManyAsync(desk, Many);
        var order = new AssignLeads(LeadSelection.Of(leads), desk.Asha.Id);
        var job = (await desk.Get<ActOnLeads>().RunAsync(order, await desk.As(desk.Meera))).Value!;
        Assert.True(job.IsRunning);

        await KillAgainAndAgainAsync(desk, async db => await db.Batches.Where(b => b.Id == job.Batch).Select(b => b.Done).SingleAsync(), over: job.Batch);

        await using var after = desk.Database();
        var batch = await after.Batches.AsNoTracking().SingleAsync(b => b.Id == job.Batch);
        Assert.Equal((BatchState.Done, Many, 0, 0), (batch.State, batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(Many, await after.Leads.CountAsync(l => l.OwnerId == desk.Asha.Id && l.RetiredAt == null));
        await AssertOnceEachAsync(after, LeadEventKind.Assigned, leads, batch.Id);
        await AssertSoundAsync(desk);
    }

    [Fact]
    public async Task A_sweep_of_five_thousand_goes_on_after_kill_9_and_retires_each_lead_once()
    {
        await using var desk = await OpenAsync();
        await WithoutBrakeAsync(desk);
        var due = await ManyAsync(desk, Many, desk.Asha, TimeSpan.FromDays(400));
        var stale = await ManyAsync(desk, 700, desk.Ravi, TimeSpan.FromDays(6.5));
        var fresh = await ManyAsync(desk, 500, desk.Omar);

        await KillAgainAndAgainAsync(desk, async db => await db.Leads.CountAsync(l => l.RetiredAt != null), settings: new() { ["Retirement:SweepInterval"] = "00:00:01" });

        await using var after = desk.Database();
        Assert.Equal(Many, await after.Leads.CountAsync(l => l.RetiredAt != null && l.OwnerId == null && l.RetiredFromId == desk.Asha.Id && l.TimesRetired == 1));
        Assert.Equal(1_200, await after.Leads.CountAsync(l => l.OwnerId != null && l.RetiredAt == null));
        await AssertOnceEachAsync(after, LeadEventKind.Retired, due);
        await AssertOnceEachAsync(after, LeadEventKind.Warned, stale);
        Assert.Equal(Many, await after.Batches.Where(b => b.Kind == BatchKind.Sweep).SumAsync(b => b.Done));
        Assert.False(await after.LeadEvents.AnyAsync(e => fresh.Contains(e.LeadId) && (e.Kind == LeadEventKind.Retired || e.Kind == LeadEventKind.Warned)));
        await AssertSoundAsync(desk);
    }

    [Fact]
    public async Task An_import_of_five_thousand_rows_goes_on_after_kill_9_and_makes_each_lead_once()
    {
        await using var desk = await OpenAsync();
        var file = Path.Combine(desk.Get<DatabaseOptions>().DataFolder, "leads.csv");
        await File.WriteAllLinesAsync(file, Enumerable.Range(0, Many).Select(n => $"X{n},Lead {n},lead{n}@example.test").Prepend("External id,Name,E-mail"));
        var shape = ImportFile.Inspect(file).Value!;
        var order = new ImportOrder("leads.csv", shape, ImportMapping.Guess(shape.Headers), desk.Inbound.Name, OnDuplicate.Skip);
        var survey = FileSurvey.Run(file, shape, order.Mapping, order.Pool).Value!;
        var started = await desk.Get<StartImport>().RunAsync(order, file, survey.Rows, survey.Missing(await desk.Get<DeskDirectory>().GetAsync()), await desk.As(desk.Meera));

        await KillAgainAndAgainAsync(desk, async db => await db.Leads.CountAsync(), over: started.Value);

        await using var after = desk.Database();
        var batch = await after.Batches.AsNoTracking().SingleAsync(b => b.Id == started.Value);
        Assert.Equal((BatchState.Done, Many, 0, 0), (batch.State, batch.Done, batch.Unchanged, batch.Refused));
        Assert.Equal(Many, await after.Leads.Select(l => l.ExternalId).Distinct().CountAsync());
        Assert.Equal(Many, await after.Leads.CountAsync(l => l.PoolId == desk.Inbound.Id && l.OwnerId == null));
        await AssertOnceEachAsync(after, LeadEventKind.Created, await after.Leads.Select(l => l.Id).ToListAsync(), batch.Id);
        await AssertSoundAsync(desk);
    }

    /// <param name="progress">How many leads are done; at the end all <see cref="Many"/> of them.</param>
    /// <param name="over">The job that is over then.</param>
    private static async Task KillAgainAndAgainAsync(TestDesk desk, Func<LeadDeskDb, Task<int>> progress, BatchId? over = null, Dictionary<string, string>? settings = null)
    {
        var (seed, file, seen) = (Random.Shared.Next(), desk.Get<DatabaseOptions>().SqliteFile, 0);
        var chance = new Random(seed);
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var process = DeskProcess.Start(file, settings);
            var enough = Math.Min(Many, seen + chance.Next((Many - seen) / (Kills - kill)));
            await process.AddressAsync();
            await ReachAsync(process, enough);
            await process.KillAsync(TimeSpan.FromMilliseconds(1 + chance.Next(250)));
            var now = await ReadAsync();
            TestContext.Current.TestOutputHelper.WriteLine(string.Create(CultureInfo.InvariantCulture, $"killed at {now} of {Many}"));
            Assert.True(now >= seen, $"{now} are done after {seen} were seen as done (seed {seed})");
            seen = now;
            await AssertSoundAsync(desk);
        }

        Assert.InRange(seen, 1, Many);
        await using var last = DeskProcess.Start(file, settings);
        await last.ReadyAsync();
        await ReachAsync(last, Many);
        await Until.TrueAsync(async () =>
        {
            await using var db = desk.Database();
            return !await db.Batches.AnyAsync(b => b.Id == over && b.State != BatchState.Done);
        }, "the job to be over");

        async Task ReachAsync(DeskProcess process, int count)
        {
            await Until.TrueAsync(async () =>
            {
                Assert.False(process.HasExited, process.Output);
                var now = await ReadAsync();
                seen = Math.Max(seen, now);
                return now >= count;
            }, $"{count} leads to be done (seed {seed})", TimeSpan.FromMinutes(3));
        }

        async Task<int> ReadAsync()
        {
            await using var db = desk.Database();
            return await progress(db);
        }
    }

    private static Task<TestDesk> OpenAsync() => TestDesk.OpenAsync(DatabaseProvider.Sqlite, now: TimeProvider.System.GetUtcNow());

    private static async Task<List<LeadId>> ManyAsync(TestDesk desk, int count, Employee? ownedBy = null, TimeSpan idleFor = default)
    {
        var leads = new List<LeadId>();
        while (leads.Count < count)
        {
            leads.AddRange(await desk.LeadsAsync(Math.Min(1_000, count - leads.Count), ownedBy, idleFor));
        }

        return leads;
    }

    private static async Task WithoutBrakeAsync(TestDesk desk)
    {
        var policy = (await desk.Get<DeskDirectory>().GetAsync()).Policy;
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            work.Db.RetirementSettings.Add(RetirementSetting.Of(policy, new Brake(1, int.MaxValue), false, null, work.Now));
            return Task.FromResult(Outcome.Done);
        });
    }

    private static async Task AssertOnceEachAsync(LeadDeskDb db, LeadEventKind kind, IReadOnlyCollection<LeadId> leads, BatchId? batch = null)
    {
        var rows = await db.LeadEvents.AsNoTracking().Where(e => e.Kind == kind).Select(e => new { e.LeadId, e.BatchId }).ToListAsync();
        Assert.Equal(leads.Order(), rows.Select(r => r.LeadId).Order());
        Assert.All(rows, r => Assert.True(batch is null || r.BatchId == batch));
    }

    /// <summary>File, counters, history and leads agree with each other.</summary>
    private static async Task AssertSoundAsync(TestDesk desk)
    {
        // A connection that looked before the other process wrote holds on to what it knew of the search index.
        SqliteConnection.ClearAllPools();
        await using var db = desk.Database();
        Assert.Equal(["ok"], await db.Database.SqlQueryRaw<string>("PRAGMA integrity_check").ToListAsync());
        Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());
        await LeadCountsTests.AssertCountersAsync(desk);
        var versions = await db.Leads.AsNoTracking().ToDictionaryAsync(l => l.Id, l => l.Version);
        var rows = await db.LeadEvents.GroupBy(e => e.LeadId).Select(g => new { g.Key, Count = g.Count(), Last = g.Max(e => e.LeadVersion) }).ToListAsync();
        Assert.Equal(versions.Count, rows.Count);
        Assert.All(rows, r => Assert.Equal((versions[r.Key], versions[r.Key]), (r.Count, r.Last)));
        Assert.False(await db.Leads.AnyAsync(l => l.OwnerId != null && l.RetiredAt != null));
    }
}
