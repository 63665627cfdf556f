using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Batches;

public sealed class BatchRunnerTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_job_gets_through_while_others_work_the_same_leads(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (leads, asha) = (await desk.LeadsAsync(700, ownedBy: desk.Asha), await desk.As(desk.Asha));
        var job = await OrderAsync(desk, new SetLeadsStage(LeadSelection.Of(leads), desk.Stage("Qualified").Id));
        var over = false;
        var comments = 0;

        var others = Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; !Volatile.Read(ref over); i++)
            {
                Assert.Equal(Outcome.Done, await desk.Get<AddComment>().RunAsync(leads[(n + (i * 31)) % leads.Count], $"{n} {i}", asha));
                Interlocked.Increment(ref comments);
            }
        })).ToList();
        await Until.TrueAsync(() => Volatile.Read(ref comments) > 8, "the others to work");
        await desk.Get<BatchRunner>().RunAllAsync(default);
        Volatile.Write(ref over, true);
        await Task.WhenAll(others);

        var batch = await ReadAsync(desk, job);
        Assert.Equal((BatchState.Done, 700, 0, 0), (batch.State, batch.Done, batch.Unchanged, batch.Refused));
        await using var db = desk.Database();
        Assert.Equal(700, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.StageChanged && e.BatchId == job));
        Assert.Equal(comments, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Commented));
        await LeadCountsTests.AssertCountersAsync(desk);
    }

    [Fact]
    public async Task A_desk_that_is_stopped_politely_goes_on_with_the_job_at_the_next_start()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var leads = await desk.LeadsAsync(3_000);
        var job = await OrderAsync(desk, new AssignLeads(LeadSelection.Of(leads), desk.Ravi.Id));

        using (var first = NewRunner(desk))
        {
            await first.StartAsync(default);
            await Until.TrueAsync(async () => (await ReadAsync(desk, job)).Done >= 500, "the first chunk");
            await first.StopAsync(default);
        }

        var stopped = await ReadAsync(desk, job);
        Assert.Equal(BatchState.Running, stopped.State);
        Assert.InRange(stopped.Done, 500, 2_500);
        using var second = NewRunner(desk);
        await second.StartAsync(default);
        await Until.TrueAsync(async () => (await ReadAsync(desk, job)).IsOver, "the job to be over");
        await second.StopAsync(default);
        Assert.Equal((BatchState.Done, 3_000), ((await ReadAsync(desk, job)).State, (await ReadAsync(desk, job)).Done));
    }

    [Fact]
    public async Task A_job_is_found_also_when_the_first_look_for_jobs_failed()
    {
        var database = new FailsOnce();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var leads = await desk.LeadsAsync(600);
        var job = await OrderAsync(desk, new AssignLeads(LeadSelection.Of(leads), desk.Ravi.Id));
        database.Inner = desk.Get<IDbContextFactory<LeadDeskDb>>();

        using var runner = ActivatorUtilities.CreateInstance<BatchRunner>(desk.Get<IServiceProvider>(), (IDbContextFactory<LeadDeskDb>)database);
        await runner.StartAsync(default);

        await Until.TrueAsync(async () => (await ReadAsync(desk, job)).IsOver, "the job to be over");
        await runner.StopAsync(default);
        Assert.Equal(BatchState.Done, (await ReadAsync(desk, job)).State);
        Assert.True(database.HasFailed);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_job_of_someone_disabled_stops_and_says_why_and_what_is_done_stays_done(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(1_200);
        var job = await OrderAsync(desk, new AssignLeads(LeadSelection.Of(leads), desk.Ravi.Id));
        Assert.True(await desk.Get<ActOnLeads>().RunChunkAsync(job, await desk.As(desk.Meera), default));
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work => (await work.Db.Employees.FirstAsync(e => e.Id == desk.Meera.Id)).SetActive(false));

        await desk.Get<BatchRunner>().RunAllAsync(default);

        var batch = await ReadAsync(desk, job);
        Assert.Equal((BatchState.Failed, 500, "Whoever started this can no longer sign in."), (batch.State, batch.Done, batch.Trouble));
        await using var db = desk.Database();
        Assert.Equal(500, await db.Leads.CountAsync(l => l.OwnerId == desk.Ravi.Id));
    }

    private static async Task<BatchId> OrderAsync(TestDesk desk, LeadOrder order)
    {
        var outcome = await desk.Get<ActOnLeads>().RunAsync(order, await desk.As(desk.Meera));
        Assert.True(outcome.Value!.IsRunning);
        return outcome.Value.Batch;
    }

    private static async Task<Batch> ReadAsync(TestDesk desk, BatchId id)
    {
        await using var db = desk.Database();
        return await db.Batches.AsNoTracking().SingleAsync(b => b.Id == id);
    }

    private static BatchRunner NewRunner(TestDesk desk) => ActivatorUtilities.CreateInstance<BatchRunner>(desk.Get<IServiceProvider>());

    private sealed class FailsOnce : IDbContextFactory<LeadDeskDb>
    {
        public IDbContextFactory<LeadDeskDb> Inner { get; set; } = null!;

        public bool HasFailed { get; private set; }

        public LeadDeskDb CreateDbContext()
        {
            if (!HasFailed)
            {
                HasFailed = true;
                throw new TimeoutException("The database did not answer.");
            }

            return Inner.CreateDbContext();
        }
    }
}
