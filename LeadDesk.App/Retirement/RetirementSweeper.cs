using LeadDesk.App.Storage;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Retirement;

/// <summary>Keeps time around the sweep, and nothing else.</summary>
public sealed class RetirementSweeper(
    RetirementSweep sweep, SweepClock trust, DeskDirectory directory, IOptions<RetirementOptions> options, TimeProvider clock, ILogger<RetirementSweeper> log) : BackgroundService
{
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);

    /// <summary>When the last sweep ended and what it retired; none before the first.</summary>
    public (DateTimeOffset At, int Retired)? Last { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                var distrust = await trust.CheckAsync(stoppingToken);
                var now = clock.GetUtcNow();
                var retired = await sweep.RunAsync(now - _settled, distrust, stoppingToken);
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
