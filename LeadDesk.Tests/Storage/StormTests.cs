using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;

namespace LeadDesk.Tests.Storage;

/// <summary>
/// Everything at once on one SQLite file, on the whole running app: 64 writers, people who mistype their password, imports, assignments of thousands,
/// sweeps, and readers. A minute long; LEADDESK_STORM_SECONDS says otherwise.
/// </summary>
[Collection(nameof(Alone))]
public sealed class StormTests
{
    private const int Writers = 64;
    private const int Worked = 200;

    private static readonly TimeSpan Length = TimeSpan.FromSeconds(
        int.TryParse(Environment.GetEnvironmentVariable("LEADDESK_STORM_SECONDS"), CultureInfo.InvariantCulture, out var seconds) ? seconds : 60);

    [Fact]
    public async Task No_database_error_reaches_anyone_and_every_acknowledged_act_is_there_once()
    {
        using var logs = new HeardLogs();
        await using var server = await DeskServer.StartAsync(
            new Dictionary<string, string> { ["Access:SignInsPerMinute"] = "100000" }, builder => builder.Logging.AddProvider(logs));
        var desk = server.Desk;
        await WithoutBrakeAsync(desk);
        var worked = await desk.LeadsAsync(Worked, ownedBy: desk.Asha);
        var done = new Acknowledged();
        var start = Stopwatch.GetTimestamp();

        var seed = Random.Shared.Next();
        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {seed}"));
        List<Task> everyone =
        [
            .. Enumerable.Range(0, Writers).Select(w => Task.Run(() => WorkAsync(desk, worked, w, new Random(seed + w), done, IsOver))),
            .. new[] { desk.Tara, desk.Nils, desk.Iris }.Select(e => Task.Run(() => MistypeAsync(server, e, done, IsOver))),
            .. Enumerable.Range(0, 2).Select(_ => Task.Run(() => LookAsync(desk, IsOver))),
            Task.Run(() => ImportAsync(desk, done, IsOver)),
            Task.Run(() => AssignAsync(desk, done, IsOver)),
            Task.Run(() => SweepAsync(server, done, IsOver)),
        ];
        await Task.WhenAll(everyone);

        TestContext.Current.TestOutputHelper.WriteLine(done.ToString());
        Assert.Empty(logs.Errors);
        Assert.DoesNotContain(logs.Warnings, w => w.Contains("Sqlite", StringComparison.OrdinalIgnoreCase));
        await AssertThereAsync(desk, worked, done);
        await LeadCountsTests.AssertCountersAsync(desk);

        bool IsOver() => Stopwatch.GetElapsedTime(start) > Length;
    }

    private static async Task WorkAsync(TestDesk desk, IReadOnlyList<LeadId> leads, int writer, Random chance, Acknowledged done, Func<bool> over)
    {
        var (asha, meera) = (await desk.As(desk.Asha), await desk.As(desk.Meera));
        for (var i = 0; !over(); i++)
        {
            var (lead, by) = (leads[chance.Next(leads.Count)], chance.Next(2) == 0 ? asha : meera);
            var text = string.Create(CultureInfo.InvariantCulture, $"writer {writer} act {i}");
            var watch = Stopwatch.GetTimestamp();
            switch (chance.Next(3))
            {
                case 0:
                    Assert.Equal(Outcome.Done, await desk.Get<AddComment>().RunAsync(lead, text, by));
                    done.Comments.Add((lead, text));
                    break;
                case 1:
                    Assert.Equal(Outcome.Done, await desk.Get<LogCall>().RunAsync(lead, new(null, text, TimeSpan.FromMinutes(2), null, null, null), by));
                    done.Calls.Add((lead, text));
                    break;
                default:
                    var (seen, to) = ((await desk.ReadAsync(lead)).StageId, desk.Stages[chance.Next(5)].Id);
                    var outcome = await desk.Get<SetLeadStage>().RunAsync(lead, to, seen, by);
                    if (outcome.Kind is OutcomeKind.Done)
                    {
                        done.Moves.Add((lead, seen, to));
                    }
                    else if (outcome.IsRefused)
                    {
                        Assert.IsType<ChangedMeanwhile>(outcome.Refusal);
                        Interlocked.Increment(ref done.LostRaces);
                    }

                    break;
            }

            done.Times.Add(Stopwatch.GetElapsedTime(watch));
        }
    }

    private static async Task MistypeAsync(DeskServer server, Employee who, Acknowledged done, Func<bool> over)
    {
        using var client = server.Client();
        while (!over())
        {
            var answer = await DeskServer.PostFormAsync(client, "/account/sign-in", new() { ["Email"] = who.Email, ["Password"] = "not my password" });
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("E-mail or password is not right.", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            Interlocked.Increment(ref done.WrongSignIns);
        }
    }

    private static async Task LookAsync(TestDesk desk, Func<bool> over)
    {
        while (!over())
        {
            await using var db = desk.Database();
            var actor = await desk.As(desk.Meera);
            var shown = await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.OwnerId != null).OrderBy(l => l.ClockStart).ThenBy(l => l.Id).Take(50).ToListAsync();
            Assert.NotEmpty(shown);
            await desk.HistoryAsync(shown[0].Id);
        }
    }

    private static async Task ImportAsync(TestDesk desk, Acknowledged done, Func<bool> over)
    {
        var meera = await desk.As(desk.Meera);
        for (var n = 0; !over(); n++)
        {
            var file = Path.Combine(desk.Get<DatabaseOptions>().DataFolder, $"import-{n}.csv");
            await File.WriteAllLinesAsync(file, Enumerable.Range(0, 1_200).Select(row => $"{n}-{row},Imported {n} {row}").Prepend("External id,Name"));
            var shape = ImportFile.Inspect(file).Value!;
            var order = new ImportOrder(Path.GetFileName(file), shape, ImportMapping.Guess(shape.Headers), desk.Inbound.Name, OnDuplicate.Skip);
            var survey = FileSurvey.Run(file, shape, order.Mapping, order.Pool).Value!;
            var started = await desk.Get<StartImport>().RunAsync(order, file, survey.Rows, survey.Missing(await desk.Get<DeskDirectory>().GetAsync()), meera);
            await OverAsync(desk, started.Value, 1_200);
            done.Imported += 1_200;
        }
    }

    private static async Task AssignAsync(TestDesk desk, Acknowledged done, Func<bool> over)
    {
        var meera = await desk.As(desk.Meera);
        while (!over())
        {
            var fresh = await desk.LeadsAsync(700, pool: desk.Inbound);
            var job = await desk.Get<ActOnLeads>().RunAsync(new AssignLeads(LeadSelection.Of(fresh), desk.Ravi.Id), meera);
            Assert.True(job.Value!.IsRunning);
            await OverAsync(desk, job.Value.Batch, 700);
            done.Assigned.AddRange(fresh);
        }
    }

    private static async Task SweepAsync(DeskServer server, Acknowledged done, Func<bool> over)
    {
        while (!over())
        {
            var due = await server.Desk.LeadsAsync(300, ownedBy: server.Desk.Omar, idleFor: TimeSpan.FromDays(8));
            // The hosted sweep falls due now and then, beside this one.
            server.Clock.Advance(TimeSpan.FromSeconds(20));
            await server.Get<RetirementSweep>().RunAsync(server.Desk.Now);
            done.Retired.AddRange(due);
        }
    }

    private static async Task OverAsync(TestDesk desk, BatchId id, int expected)
    {
        await Until.TrueAsync(async () =>
        {
            await using var db = desk.Database();
            return (await db.Batches.AsNoTracking().FirstAsync(b => b.Id == id)).IsOver;
        }, $"job {id} to be over", TimeSpan.FromMinutes(3));
        await using var after = desk.Database();
        var batch = await after.Batches.AsNoTracking().FirstAsync(b => b.Id == id);
        Assert.Equal((BatchState.Done, expected, 0, 0), (batch.State, batch.Done, batch.Unchanged, batch.Refused));
    }

    private static async Task AssertThereAsync(TestDesk desk, IReadOnlyList<LeadId> worked, Acknowledged done)
    {
        await using var db = desk.Database();
        var rows = await db.LeadEvents.AsNoTracking().Select(e => new { e.LeadId, e.Kind, e.Text, e.FromId, e.ToId }).ToListAsync();
        var byKind = rows.ToLookup(r => r.Kind);
        Assert.Equal(done.Comments.Order(), byKind[LeadEventKind.Commented].Select(r => (r.LeadId, r.Text!)).Order());
        Assert.Equal(done.Calls.Order(), byKind[LeadEventKind.Called].Select(r => (r.LeadId, r.Text!)).Order());
        Assert.Equal(done.Moves.Order(), byKind[LeadEventKind.StageChanged].Select(r => (r.LeadId, new StageId(r.FromId!.Value), new StageId(r.ToId!.Value))).Order());
        Assert.Equal(done.Retired.Order(), byKind[LeadEventKind.Retired].Select(r => r.LeadId).Order());
        Assert.Equal(done.Imported, await db.Leads.Where(l => l.ExternalId != null).Select(l => l.ExternalId).Distinct().CountAsync());
        Assert.Equal(done.Imported, await db.Leads.CountAsync(l => l.ExternalId != null));
        Assert.Equal(done.Assigned.Order(), (await db.Leads.Where(l => l.OwnerId == desk.Ravi.Id).Select(l => l.Id).ToListAsync()).Order());
        Assert.Equal(Worked, await db.Leads.CountAsync(l => worked.Contains(l.Id) && l.OwnerId == desk.Asha.Id));
        var last = await db.LeadEvents.GroupBy(e => e.LeadId).Select(g => new { g.Key, Count = g.Count(), Version = g.Max(e => e.LeadVersion) }).ToDictionaryAsync(g => g.Key);
        Assert.All(await db.Leads.AsNoTracking().Select(l => new { l.Id, l.Version }).ToListAsync(), l => Assert.Equal((l.Version, l.Version), (last[l.Id].Count, last[l.Id].Version)));
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

    private sealed class Acknowledged
    {
        public int LostRaces;
        public int WrongSignIns;

        public ConcurrentBag<(LeadId Lead, string Text)> Comments { get; } = [];
        public ConcurrentBag<(LeadId Lead, string Text)> Calls { get; } = [];
        public ConcurrentBag<(LeadId Lead, StageId From, StageId To)> Moves { get; } = [];
        public ConcurrentBag<TimeSpan> Times { get; } = [];
        public List<LeadId> Retired { get; } = [];
        public List<LeadId> Assigned { get; } = [];
        public int Imported { get; set; }

        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"{Comments.Count} comments, {Calls.Count} calls, {Moves.Count} moves, {LostRaces} lost races, {WrongSignIns} wrong sign-ins, {Imported} imported, {Assigned.Count} assigned, {Retired.Count} retired; an act took {Times.Order().ElementAt(Times.Count / 2).TotalMilliseconds:0} ms in the middle and {Times.Max().TotalMilliseconds:0} ms at most");
    }
}
