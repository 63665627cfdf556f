using LeadDesk.App.Batches;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

public sealed class BrakeTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _period = TimeSpan.FromDays(7);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory]
    [InlineData(49, 100, false)]
    [InlineData(60, 200, true)]
    [InlineData(50, 250, false)]
    [InlineData(50, 249, true)]
    [InlineData(0, 0, false)]
    public void It_stops_a_sweep_of_more_than_the_share_from_the_floor_on(int due, int assigned, bool stops) =>
        Assert.Equal(stops, new Brake(0.2, 50).Stops(due, assigned));

    [Fact]
    public void A_clock_that_jumped_or_lies_outside_the_history_is_not_trusted()
    {
        Assert.Null(Brake.CheckTick(TimeSpan.FromMinutes(3), TimeSpan.FromMinutes(1)));
        Assert.Equal(BrakeReason.ClockJumped, Brake.CheckTick(TimeSpan.FromDays(365), TimeSpan.FromMinutes(1)));
        Assert.Equal(BrakeReason.ClockJumped, Brake.CheckTick(-TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(1)));
        Assert.Equal(BrakeReason.ClockBehind, Brake.CheckStart(TestDesk.Tuesday, TestDesk.Tuesday + TimeSpan.FromMinutes(3)));
        Assert.Equal(BrakeReason.ClockAhead, Brake.CheckStart(TestDesk.Tuesday, TestDesk.Tuesday - TimeSpan.FromDays(8)));
        Assert.Null(Brake.CheckStart(TestDesk.Tuesday, TestDesk.Tuesday - TimeSpan.FromDays(6)));
        Assert.Null(Brake.CheckStart(TestDesk.Tuesday, null));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_stopped_sweep_retires_nothing_and_tells_every_manager_once(DatabaseProvider provider)
    {
        await using var desk = await DeskWithDueLeadsAsync(provider, due: 12, calm: 28);

        Assert.Equal(0, await SweepAsync(desk));
        Assert.Equal(0, await SweepAsync(desk));

        await using var db = desk.Database();
        var stop = Assert.Single(await db.SweepStops.ToListAsync());
        Assert.Equal((BrakeReason.TooMany, 12, 40), (stop.Reason, stop.Due, stop.Assigned));
        var told = await db.Notifications.Where(n => n.Kind == NotificationKind.SweepStopped).Select(n => n.EmployeeId).ToListAsync();
        Assert.Equal(new[] { desk.Meera.Id, desk.Iris.Id }.ToHashSet(), told.ToHashSet());
        Assert.Equal(2, told.Count);
        Assert.False(await db.Leads.AnyAsync(l => l.RetiredAt != null));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Run_it_takes_the_list_as_shown_each_lead_asked_again(DatabaseProvider provider)
    {
        await using var desk = await DeskWithDueLeadsAsync(provider, due: 12, calm: 28);
        await SweepAsync(desk);
        var stop = await StopAsync(desk);
        LeadId worked;
        await using (var db = desk.Database())
        {
            worked = await db.Leads.Where(l => l.ClockStart <= stop.Cutoff).Select(l => l.Id).FirstAsync();
        }

        desk.Wait(TimeSpan.FromMinutes(10));
        await desk.Get<App.Leads.AddComment>().RunAsync(worked, "Spoke to her.", await desk.As(desk.Asha));
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DecideSweep>().RunItAsync(stop.Id, await desk.As(desk.Meera))).Kind);
        var second = await desk.Get<DecideSweep>().DropItAsync(stop.Id, await desk.As(desk.Iris));

        Assert.Equal("Meera let the sweep run at 12:10.", Assert.IsType<ChangedMeanwhile>(second.Refusal).Sentence);
        Assert.Equal(11, await SweepAsync(desk));
        Assert.False((await desk.ReadAsync(worked)).IsRetired);
        Assert.NotNull((await StopAsync(desk)).DoneAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Drop_it_starts_the_clock_of_each_anew_as_one_batch(DatabaseProvider provider)
    {
        await using var desk = await DeskWithDueLeadsAsync(provider, due: 12, calm: 28);
        await SweepAsync(desk);
        var stop = await StopAsync(desk);
        desk.Wait(TimeSpan.FromMinutes(5));

        await desk.Get<DecideSweep>().DropItAsync(stop.Id, await desk.As(desk.Meera));
        await desk.Get<BatchRunner>().RunAllAsync(default);

        Assert.Equal(0, await SweepAsync(desk));
        await using var db = desk.Database();
        var anew = await db.LeadEvents.Where(e => e.Kind == LeadEventKind.SweepDropped).ToListAsync();
        Assert.Equal(12, anew.Count);
        Assert.Single(anew.Select(e => e.BatchId).Distinct());
        Assert.Equal(12, await db.Leads.CountAsync(l => l.ClockStart == desk.Now));
        Assert.False(await db.Leads.AnyAsync(l => l.RetiredAt != null));
    }

    [Fact]
    public async Task Agents_and_team_leads_decide_no_stopped_sweep()
    {
        await using var desk = await DeskWithDueLeadsAsync(DatabaseProvider.Sqlite, due: 12, calm: 28);
        await SweepAsync(desk);
        var stop = await StopAsync(desk);

        Assert.IsType<NotAllowed>((await desk.Get<DecideSweep>().RunItAsync(stop.Id, await desk.As(desk.Asha))).Refusal);
        Assert.IsType<NotAllowed>((await desk.Get<DecideSweep>().DropItAsync(stop.Id, await desk.As(desk.Tara))).Refusal);
        Assert.Null((await StopAsync(desk)).DecidedAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_retirement_without_a_warning_says_so_in_the_history(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var unwarned = await desk.LeadAsync("The desk was down", desk.Asha, _period);
        var warned = await desk.LeadAsync("The desk was up", desk.Ravi, _period - TimeSpan.FromHours(1));
        await SweepAsync(desk);
        desk.Wait(TimeSpan.FromHours(1));
        await SweepAsync(desk);

        Assert.Equal(Lead.NoWarning, (await desk.HistoryAsync(unwarned.Id))[^1].Text);
        var history = await desk.HistoryAsync(warned.Id);
        Assert.Equal([LeadEventKind.Warned, LeadEventKind.Retired], history.Skip(2).Select(e => e.Kind));
        Assert.Null(history[^1].Text);
    }

    private static Task<int> SweepAsync(TestDesk desk) => desk.Get<RetirementSweep>().RunAsync(desk.Now);

    private static async Task<SweepStop> StopAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.SweepStops.AsNoTracking().OrderByDescending(s => s.Id).FirstAsync();
    }

    private async Task<TestDesk> DeskWithDueLeadsAsync(DatabaseProvider provider, int due, int calm)
    {
        var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.SetRetirementAsync(r => r with { BrakeShare = 0.2, BrakeFloor = 10 });
        await desk.LeadsAsync(due, desk.Asha, _period + TimeSpan.FromHours(1));
        await desk.LeadsAsync(calm, desk.Ravi, TimeSpan.FromDays(1));
        return desk;
    }
}
