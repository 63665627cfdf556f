using LeadDesk.App.Batches;
using LeadDesk.App.Notifications;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>The brake through real sweeps: what it stops, who hears of it, and what comes of the two decisions.</summary>
public sealed class DecidedSweepTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _due = TimeSpan.FromDays(7) + TimeSpan.FromHours(1);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Forty_nine_due_of_a_hundred_retire_untouched_by_the_brake(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 50, due: 49, calm: 51);

        Assert.Equal(49, await desk.NewSweep().RunAsync(desk.Now));

        Assert.Empty(await desk.StopsAsync());
        Assert.Empty(await desk.ToldOfStopsAsync());
        await using var db = desk.Database();
        Assert.Equal((49, 51), (await db.Leads.CountAsync(l => l.RetiredAt != null), await db.Leads.CountAsync(l => l.OwnerId != null)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Sixty_due_of_two_hundred_stop_the_sweep_and_managers_and_admins_are_told_once_with_the_figures(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 50, due: 60, calm: 140);
        var sweep = desk.NewSweep();

        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));

        var stop = Assert.Single(await desk.StopsAsync());
        Assert.Equal((BrakeReason.TooMany, 60, 200), (stop.Reason, stop.Due, stop.Assigned));
        await desk.EveryoneResponsibleWasToldAsync(times: 1);
        var line = Assert.Single((await desk.Get<InboxQuery>().ReadAsync(await desk.As(desk.Meera))).Unread);
        Assert.Equal("Sweep stopped: it would retire 60 of 200 leads. Let it run or drop it.", line.Sentence);
        await using var db = desk.Database();
        Assert.Equal(200, await db.Leads.CountAsync(l => l.OwnerId != null && l.RetiredAt == null));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Servers_that_stop_at_once_ask_once(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: 12, calm: 28);
        var asOf = desk.Now;

        Assert.Equal(0, (await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => desk.NewSweep()).Select(s => Task.Run(() => s.RunAsync(asOf))))).Sum());

        Assert.Single(await desk.StopsAsync());
        await desk.EveryoneResponsibleWasToldAsync(times: 1);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Of_managers_who_decide_at_once_the_first_decides(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: 12, calm: 28);
        await desk.NewSweep().RunAsync(desk.Now);
        var (id, decide, meera, iris) = ((await desk.OpenStopAsync()).Id, desk.Get<DecideSweep>(), await desk.As(desk.Meera), await desk.As(desk.Iris));

        var said = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => n % 2 == 0 ? decide.RunItAsync(id, meera) : decide.DropItAsync(id, iris))));

        Assert.Single(said, o => o.Kind is OutcomeKind.Done);
        Assert.All(said.Where(o => o.Kind is not OutcomeKind.Done), o => Assert.IsType<ChangedMeanwhile>(o.Refusal));
        await using var db = desk.Database();
        Assert.Equal((await desk.StopsAsync())[0].Decision is SweepDecision.Drop ? 1 : 0, await db.Batches.CountAsync(b => b.Kind == BatchKind.DropSweep));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Between_drop_it_and_the_end_of_its_batch_no_lead_of_the_list_retires_and_nobody_is_asked_again(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: 12, calm: 28);
        var sweep = desk.NewSweep();
        await sweep.RunAsync(desk.Now);
        await desk.DropItAsync();
        // So few are due now that no brake would help them.
        await desk.SetRetirementAsync(r => r with { BrakeFloor = 50 });

        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        await desk.Get<BatchRunner>().RunAllAsync(default);
        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));

        Assert.Single(await desk.StopsAsync());
        await using var db = desk.Database();
        Assert.Equal(40, await db.Leads.CountAsync(l => l.OwnerId != null && l.RetiredAt == null));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_drop_that_was_cut_short_is_asked_about_again_before_the_rest_retires(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: Batch.ChunkSize + 3, calm: 28);
        var sweep = desk.NewSweep();
        await sweep.RunAsync(desk.Now);
        await desk.DropItAsync();
        var job = await DropJobAsync(desk);
        var work = desk.Get<IEnumerable<IChunkedWork>>().Single(w => w.Carries(BatchKind.DropSweep));
        Assert.True(await work.RunChunkAsync(job, await desk.As(desk.Meera), default));
        Assert.Equal(OutcomeKind.Done, (await desk.Get<StopBatch>().RunAsync(job, await desk.As(desk.Iris))).Kind);

        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));

        var again = await desk.OpenStopAsync();
        Assert.Equal((BrakeReason.TooMany, 3), (again.Reason, again.Due));
        await desk.DropItAsync(desk.Iris);
        await desk.Get<BatchRunner>().RunAllAsync(default);
        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        await using var db = desk.Database();
        Assert.False(await db.Leads.AnyAsync(l => l.RetiredAt != null));
        Assert.All(await desk.StopsAsync(), s => Assert.NotNull(s.DoneAt));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_was_only_warned_by_a_sweep_let_run_goes_with_the_next_one_and_no_brake_stops_it_again(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: 12, calm: 28);
        var won = await desk.LeadsAsync(15, desk.Omar, _due + TimeSpan.FromDays(1), stage: desk.Stage("Won"));
        var sweep = desk.NewSweep();
        await sweep.RunAsync(desk.Now);
        desk.Wait(TimeSpan.FromMinutes(1));
        await desk.RunItAsync();
        await desk.Get<ActOnLeads>().RunAsync(new SetLeadsStage(LeadSelection.Of(won), desk.Stages[0].Id), await desk.As(desk.Meera));

        Assert.Equal(12, await sweep.RunAsync(desk.Now));
        Assert.Null(Assert.Single(await desk.StopsAsync()).DoneAt);
        Assert.All(await Task.WhenAll(won.Select(desk.ReadAsync)), l => Assert.Equal((desk.Omar.Id, desk.Now), (l.OwnerId, l.WarnedAt)));

        desk.Wait(TimeSpan.FromMinutes(1));
        await desk.Get<App.Leads.AddComment>().RunAsync(won[0], "Spoke to her.", await desk.As(desk.Omar));
        Assert.Equal(14, await sweep.RunAsync(desk.Now));
        Assert.Equal(desk.Omar.Id, (await desk.ReadAsync(won[0])).OwnerId);
        Assert.NotNull(Assert.Single(await desk.StopsAsync()).DoneAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_sweep_let_run_takes_its_list_and_no_more_and_the_brake_looks_at_the_next_one(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider, floor: 10, due: 12, calm: 28, toGo: TimeSpan.FromHours(1));
        var sweep = desk.NewSweep();
        await sweep.RunAsync(desk.Now);
        await desk.RunItAsync();
        desk.Wait(TimeSpan.FromHours(1));

        Assert.Equal(12, await sweep.RunAsync(desk.Now));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        var next = await desk.OpenStopAsync();
        Assert.Equal((BrakeReason.TooMany, 28, 28), (next.Reason, next.Due, next.Assigned));
    }

    private async Task<TestDesk> DeskAsync(DatabaseProvider provider, int floor, int due, int calm, TimeSpan? toGo = null)
    {
        var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.SetRetirementAsync(r => r with { BrakeShare = 0.2, BrakeFloor = floor });
        await desk.LeadsAsync(due, desk.Asha, _due);
        await desk.LeadsAsync(calm, desk.Ravi, TimeSpan.FromDays(7) - (toGo ?? TimeSpan.FromDays(6)));
        return desk;
    }

    private static async Task<BatchId> DropJobAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return (await db.Batches.SingleAsync(b => b.Kind == BatchKind.DropSweep)).Id;
    }
}
