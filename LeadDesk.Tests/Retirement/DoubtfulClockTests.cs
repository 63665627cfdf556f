using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Notifications;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>By a clock that cannot be right nobody is warned and nothing retires: people are asked first, and what they say is done.</summary>
public sealed class DoubtfulClockTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _year = TimeSpan.FromDays(365);

    private readonly MovedClock _wall = new();
    private readonly Trouble _trouble = new();

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_clock_set_a_year_ahead_while_the_desk_runs_warns_and_retires_nothing_and_everyone_responsible_is_told_once(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        using var sweeper = desk.NewSweeper();
        Assert.Equal(0, await desk.TickAsync(sweeper));

        _wall.Off = _year;

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockJumped);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_clock_a_year_ahead_at_start_warns_and_retires_nothing_and_the_next_start_asks_nobody_again(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        desk.Wait(_year);
        using var sweeper = desk.NewSweeper();

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockAhead);
        using var next = desk.NewSweeper();
        await AssertHeldAsync(desk, next, BrakeReason.ClockAhead);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_clock_a_year_behind_at_start_warns_and_retires_nothing_either(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        _wall.Off = -_year;
        using var sweeper = desk.NewSweeper();

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockBehind, due: 0);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_an_agent_does_after_the_start_does_not_vouch_for_the_clock(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        desk.Wait(_year);
        using var sweeper = desk.NewSweeper();
        desk.Wait(TimeSpan.FromSeconds(1));
        await CommentAsync(desk);

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockAhead, due: 4);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Nor_does_it_after_a_first_look_that_failed(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        desk.Wait(_year);
        using var sweeper = desk.NewSweeper();
        await TickInTroubleAsync(desk, sweeper);
        await CommentAsync(desk);

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockAhead, due: 4);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_jump_seen_while_the_database_was_away_is_not_forgotten(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);

        _wall.Off = _year;
        await TickInTroubleAsync(desk, sweeper);

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockJumped);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Run_it_retires_what_is_due_by_that_clock_and_says_that_no_warning_came(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        _wall.Off = _year;
        await desk.TickAsync(sweeper);
        var worked = await CommentAsync(desk);
        await desk.RunItAsync();

        Assert.Equal(4, await desk.TickAsync(sweeper));

        Assert.Equal(desk.Asha.Id, (await desk.ReadAsync(worked)).OwnerId);
        Assert.NotNull((await desk.StopsAsync())[0].DoneAt);
        await using var db = desk.Database();
        Assert.All(await db.LeadEvents.Where(e => e.Kind == LeadEventKind.Retired).Select(e => e.Text).ToListAsync(), text => Assert.Equal(Lead.NoWarning, text));
        Assert.Contains((await InboxAsync(desk)).Unread, l => l.Sentence.StartsWith("2 leads retired from you", StringComparison.Ordinal) && l.Sentence.EndsWith("without a warning", StringComparison.Ordinal));

        Assert.Equal(0, await desk.TickAsync(sweeper));
        await desk.EveryoneResponsibleWasToldAsync(times: 1);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Run_it_after_the_clock_was_set_right_retires_only_what_is_due_by_the_right_one(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        await desk.LeadAsync("Long quiet", desk.Omar, TimeSpan.FromDays(8));
        using var sweeper = desk.NewSweeper();
        _wall.Off = _year;
        await desk.TickAsync(sweeper);
        var shown = await desk.OpenStopAsync();
        _wall.Off = TimeSpan.Zero;
        await desk.TickAsync(sweeper);

        var asked = await desk.OpenStopAsync();
        Assert.Equal((BrakeReason.ClockJumped, 1, 6), (asked.Reason, asked.Due, asked.Assigned));
        var late = await desk.Get<DecideSweep>().DropItAsync(shown.Id, await desk.As(desk.Iris));
        Assert.StartsWith("The sweep was stopped anew at", Assert.IsType<ChangedMeanwhile>(late.Refusal).Sentence, StringComparison.Ordinal);
        await desk.RunItAsync();

        Assert.Equal(1, await desk.TickAsync(sweeper));
        await using var db = desk.Database();
        Assert.Equal("Long quiet", (await db.Leads.SingleAsync(l => l.RetiredAt != null)).Name);
        await desk.EveryoneResponsibleWasToldAsync(times: 2);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Drop_it_starts_every_clock_on_the_list_anew_and_nothing_retires_before_that_is_done(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        desk.Wait(_year);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        await desk.DropItAsync();

        Assert.Equal(0, await desk.TickAsync(sweeper));
        await desk.Get<BatchRunner>().RunAllAsync(default);
        var droppedAt = desk.Now;
        Assert.Equal(0, await desk.TickAsync(sweeper));

        await desk.NothingWasWarnedOrRetiredAsync();
        await using var db = desk.Database();
        Assert.Equal(5, await db.Leads.CountAsync(l => l.ClockStart == droppedAt && l.OwnerId != null));
        Assert.NotNull(Assert.Single(await desk.StopsAsync()).DoneAt);
        await desk.EveryoneResponsibleWasToldAsync(times: 1);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Who_let_it_run_is_not_asked_again_by_a_start_soon_after(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        desk.Wait(_year);
        using (var sweeper = desk.NewSweeper())
        {
            await desk.TickAsync(sweeper);
        }

        await desk.RunItAsync();
        using var next = desk.NewSweeper();
        Assert.Equal(0, await desk.TickAsync(next));
        Assert.Equal(5, await desk.TickAsync(next));
        Assert.NotNull(Assert.Single(await desk.StopsAsync()).DoneAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_clock_that_jumps_while_a_sweep_of_too_many_waits_is_asked_about_in_its_place(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        await desk.SetRetirementAsync(r => r with { BrakeShare = 0.2, BrakeFloor = 10 });
        await desk.LeadsAsync(12, desk.Ravi, TimeSpan.FromDays(8));
        await desk.LeadAsync("Came today: the clock can be right");
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        var shown = await desk.OpenStopAsync();
        Assert.Equal((BrakeReason.TooMany, 12, 17), (shown.Reason, shown.Due, shown.Assigned));

        _wall.Off = _year;
        await desk.TickAsync(sweeper);

        var asked = await desk.OpenStopAsync();
        Assert.Equal((BrakeReason.ClockJumped, 17, 17), (asked.Reason, asked.Due, asked.Assigned));
        Assert.IsType<ChangedMeanwhile>((await desk.Get<DecideSweep>().RunItAsync(shown.Id, await desk.As(desk.Meera))).Refusal);
        Assert.Equal(0, await desk.TickAsync(sweeper));
        await desk.NothingWasWarnedOrRetiredAsync();
        await desk.EveryoneResponsibleWasToldAsync(times: 2);

        await desk.DropItAsync();
        await desk.Get<BatchRunner>().RunAllAsync(default);
        Assert.Equal(0, await desk.TickAsync(sweeper));
        Assert.Equal(2, (await desk.StopsAsync()).Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_jump_while_retirement_is_off_is_asked_about_when_it_is_switched_on(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        await SetPeriodAsync(desk, null);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        _wall.Off = _year;
        await desk.TickAsync(sweeper);
        Assert.Empty(await desk.StopsAsync());

        await SetPeriodAsync(desk, TimeSpan.FromDays(7));
        desk.Wait(TimeSpan.FromDays(1));

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockJumped);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task It_is_asked_about_before_the_first_warning_already(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        await SetPeriodAsync(desk, null);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        _wall.Off = _year;

        await SetPeriodAsync(desk, TimeSpan.FromDays(7));
        desk.Wait(TimeSpan.FromHours(1));

        await AssertHeldAsync(desk, sweeper, BrakeReason.ClockJumped);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_clock_that_was_set_right_before_anybody_was_asked_is_trusted_again(DatabaseProvider provider)
    {
        await using var desk = await DeskAsync(provider);
        var lead = await desk.LeadAsync("Long quiet", desk.Asha, TimeSpan.FromDays(8));
        await desk.LeadAsync("Came today: the clock can be right");
        await SetPeriodAsync(desk, null);
        using var sweeper = desk.NewSweeper();
        await desk.TickAsync(sweeper);
        _wall.Off = _year;
        await desk.TickAsync(sweeper);
        _wall.Off = TimeSpan.Zero;
        await desk.TickAsync(sweeper);

        await SetPeriodAsync(desk, TimeSpan.FromDays(7));
        desk.Wait(TimeSpan.FromDays(1));

        Assert.Equal(1, await desk.TickAsync(sweeper));
        Assert.True((await desk.ReadAsync(lead.Id)).IsRetired);
        Assert.Empty(await desk.StopsAsync());
    }

    /// <summary>Five leads, quiet for three days of their seven: nothing is going stale by the right clock.</summary>
    private async Task<TestDesk> DeskAsync(DatabaseProvider provider)
    {
        var desk = await TestDesk.OpenAsync(provider, cluster, services =>
        {
            _trouble.Enter(services);
            _wall.Enter(services);
        });
        await desk.LeadsAsync(3, desk.Asha, TimeSpan.FromDays(3));
        await desk.LeadsAsync(2, desk.Ravi, TimeSpan.FromDays(3));
        return desk;
    }

    private static async Task AssertHeldAsync(TestDesk desk, RetirementSweeper sweeper, BrakeReason reason, int due = 5)
    {
        for (var tick = 0; tick < 3; tick++)
        {
            Assert.Equal(0, await desk.TickAsync(sweeper));
        }

        var stop = Assert.Single(await desk.StopsAsync());
        Assert.Equal((reason, due, 5), (stop.Reason, stop.Due, stop.Assigned));
        await desk.NothingWasWarnedOrRetiredAsync();
        await desk.EveryoneResponsibleWasToldAsync(times: 1);
    }

    private async Task TickInTroubleAsync(TestDesk desk, RetirementSweeper sweeper)
    {
        _trouble.IsOn = true;
        await Assert.ThrowsAsync<IOException>(() => desk.TickAsync(sweeper));
        _trouble.IsOn = false;
    }

    private static async Task<LeadId> CommentAsync(TestDesk desk)
    {
        LeadId id;
        await using (var db = desk.Database())
        {
            id = await db.Leads.Where(l => l.OwnerId == desk.Asha.Id).Select(l => l.Id).FirstAsync();
        }

        Assert.Equal(OutcomeKind.Done, (await desk.Get<AddComment>().RunAsync(id, "Spoke to her.", await desk.As(desk.Asha))).Kind);
        return id;
    }

    private static async Task SetPeriodAsync(TestDesk desk, TimeSpan? period) =>
        Assert.Equal(OutcomeKind.Done, (await desk.SetRetirementAsync(r => r with { Period = period })).Kind);

    private static async Task<InboxPage> InboxAsync(TestDesk desk) => await desk.Get<InboxQuery>().ReadAsync(await desk.As(desk.Asha));
}
