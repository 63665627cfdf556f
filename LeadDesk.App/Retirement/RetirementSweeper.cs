using LeadDesk.App.Storage;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Retirement;

/// <summary>Keeps time around the sweep, and nothing else.</summary>
public sealed class RetirementSweeper(
    RetirementSweep sweep, SweepBrake brake, SweepClock trust, DeskDirectory directory, IOptions<RetirementOptions> options, TimeProvider clock, ILogger<RetirementSweeper> log) : BackgroundService
{
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    /// <summary>When the last sweep ended and what it retired; none before the first.</summary>
    public (DateTimeOffset At, int Retired)? Last { get; private set; }

    /// <summary>Sweeps once, if the clock can be right.</summary>
    /// <returns>How many leads were retired.</returns>
    public async Task<int> TickAsync(CancellationToken ct = default)
    {
        var doubt = await trust.CheckAsync(ct);
        var asOf = clock.GetUtcNow() - _settled;
        if (doubt is not { } why)
        {
            return await sweep.RunAsync(asOf, ct);
        }

        if (await brake.DoubtAsync(asOf, why, ct))
        {
            trust.LeaveToPeople();
        }

        return 0;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                var now = clock.GetUtcNow();
                var retired = await TickAsync(stoppingToken);
                Last = (clock.GetUtcNow(), retired);
                if (retired > 0)
                {
                    log.LogInformation("Retired {Count} leads", retired);
                }

                if (await IntervalAsync(now, stoppingToken) is var interval && interval != timer.Period)
                {
                    timer.Period = interval;
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The sweep failed; the next one tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>A warning needs a sweep inside its window, however short someone made that.</summary>
    private async Task<TimeSpan> IntervalAsync(DateTimeOffset now, CancellationToken ct)
    {
        var policy = (await directory.GetAsync(ct)).Policy;
        var inWindow = policy.PeriodAt(now) is { } period && policy.WindowFor(period) is { Ticks: > 0 } window ? window / 2 : options.Value.SweepInterval;
        return inWindow < _shortest ? _shortest : inWindow < options.Value.SweepInterval ? inWindow : options.Value.SweepInterval;
    }
}
