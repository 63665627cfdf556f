using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.Extensions.Options;

namespace LeadDesk.Tests.Retirement;

public sealed class RetirementSweeperTests
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task It_sweeps_when_it_starts_and_with_every_interval()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var first = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(8));
        var second = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1) + TimeSpan.FromSeconds(2));
        using var sweeper = desk.Get<RetirementSweeper>();

        var atStart = Retired(desk, first.Id);
        await sweeper.StartAsync(default);
        await atStart;
        Assert.False((await desk.ReadAsync(second.Id)).IsRetired);
        var atTick = Retired(desk, second.Id);
        desk.Wait(desk.Get<IOptions<RetirementOptions>>().Value.SweepInterval);
        await atTick;

        Assert.True(SpinWait.SpinUntil(() => sweeper.Last == (desk.Now, 1), _patience));
        await sweeper.StopAsync(default);
    }

    [Fact]
    public async Task What_was_received_in_the_last_two_seconds_is_not_judged_yet()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var settled = await desk.LeadAsync("Settled", desk.Asha, TimeSpan.FromDays(7) + TimeSpan.FromSeconds(2));
        var fresh = await desk.LeadAsync("Two seconds not gone", desk.Asha, TimeSpan.FromDays(7) + TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        await desk.LeadAsync("Came today: the clock can be trusted");
        using var sweeper = desk.Get<RetirementSweeper>();

        var swept = Retired(desk, settled.Id);
        await sweeper.StartAsync(default);
        await swept;
        await sweeper.StopAsync(default);

        Assert.False((await desk.ReadAsync(fresh.Id)).IsRetired);
    }

    [Fact]
    public async Task A_sweep_that_fails_is_tried_again_with_the_next_tick()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(8));
        await desk.LeadAsync("Came today: the clock can be trusted");
        using var sweeper = desk.Get<RetirementSweeper>();
        trouble.IsOn = true;

        await sweeper.StartAsync(default);
        await trouble.Struck.WaitAsync(_patience);
        trouble.IsOn = false;
        var retired = Retired(desk, lead.Id);
        desk.Wait(desk.Get<IOptions<RetirementOptions>>().Value.SweepInterval);
        await retired;

        Assert.True(SpinWait.SpinUntil(() => sweeper.Last == (desk.Now, 1), _patience));
        await sweeper.StopAsync(default);
        Assert.True((await desk.ReadAsync(lead.Id)).IsRetired);
    }

    private static Task Retired(TestDesk desk, LeadId id)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        desk.Get<ChangeFeed>().Committed += commit =>
        {
            if (commit.Leads.Any(l => l.LeadId == id && l.Kind is LeadEventKind.Retired))
            {
                seen.TrySetResult();
            }
        };
        return seen.Task.WaitAsync(_patience);
    }
}
