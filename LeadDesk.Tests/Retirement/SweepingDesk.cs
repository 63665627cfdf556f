using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace LeadDesk.Tests.Retirement;

/// <summary>What tests of the brake ask of a desk.</summary>
internal static class SweepingDesk
{
    /// <summary>The part of a server that sweeps, as a new process has it: it knows nothing but what the database and the clock say.</summary>
    public static RetirementSweep NewSweep(this TestDesk desk) =>
        new(desk.Get<Transactor>(), desk.Get<DeskDirectory>(), desk.Get<SweepBrake>(), desk.Get<IdSource>());

    /// <summary>The same with what keeps time around it.</summary>
    public static RetirementSweeper NewSweeper(this TestDesk desk)
    {
        var clock = desk.Get<TimeProvider>();
        var trust = new SweepClock(clock, desk.Get<IDbContextFactory<LeadDeskDb>>());
        return new(desk.NewSweep(), desk.Get<SweepBrake>(), trust, desk.Get<DeskDirectory>(), desk.Get<IOptions<RetirementOptions>>(), clock, NullLogger<RetirementSweeper>.Instance);
    }

    /// <summary>A minute passes, and the sweep comes by.</summary>
    public static Task<int> TickAsync(this TestDesk desk, RetirementSweeper sweeper)
    {
        desk.Wait(TimeSpan.FromMinutes(1));
        return sweeper.TickAsync();
    }

    public static async Task<IReadOnlyList<SweepStop>> StopsAsync(this TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.SweepStops.AsNoTracking().OrderBy(s => s.Id).ToListAsync();
    }

    /// <summary>The one that waits for a decision.</summary>
    public static async Task<SweepStop> OpenStopAsync(this TestDesk desk) => Assert.Single(await desk.StopsAsync(), s => s.DecidedAt is null);

    public static async Task RunItAsync(this TestDesk desk, Employee? by = null) =>
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DecideSweep>().RunItAsync((await desk.OpenStopAsync()).Id, await desk.As(by ?? desk.Meera))).Kind);

    public static async Task DropItAsync(this TestDesk desk, Employee? by = null) =>
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DecideSweep>().DropItAsync((await desk.OpenStopAsync()).Id, await desk.As(by ?? desk.Meera))).Kind);

    /// <summary>Who has how many lines in their inbox about stopped sweeps.</summary>
    public static async Task<Dictionary<EmployeeId, int>> ToldOfStopsAsync(this TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.Notifications.Where(n => n.Kind == NotificationKind.SweepStopped).GroupBy(n => n.EmployeeId).ToDictionaryAsync(g => g.Key, g => g.Count());
    }

    /// <summary>Managers and admins, each so often, and nobody else.</summary>
    public static async Task EveryoneResponsibleWasToldAsync(this TestDesk desk, int times) =>
        Assert.Equal(new Dictionary<EmployeeId, int> { [desk.Meera.Id] = times, [desk.Iris.Id] = times }.OrderBy(p => p.Key), (await desk.ToldOfStopsAsync()).OrderBy(p => p.Key));

    public static async Task NothingWasWarnedOrRetiredAsync(this TestDesk desk)
    {
        await using var db = desk.Database();
        Assert.Equal((0, 0), (await db.Leads.CountAsync(l => l.WarnedAt != null), await db.Leads.CountAsync(l => l.RetiredAt != null)));
        Assert.False(await db.LeadEvents.AnyAsync(e => e.Kind == LeadEventKind.Warned || e.Kind == LeadEventKind.Retired));
    }
}
