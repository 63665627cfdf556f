using Microsoft.Extensions.Options;

namespace LeadDesk.App.Retirement;

/// <summary>Keeps time around the sweep, and nothing else.</summary>
public sealed class RetirementSweeper(RetirementSweep sweep, IOptions<RetirementOptions> options, TimeProvider clock, ILogger<RetirementSweeper> log) : BackgroundService
{
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);

    /// <summary>When the last sweep ended and what it retired; none before the first.</summary>
    public (DateTimeOffset At, int Retired)? Last { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.SweepInterval, clock);
        do
        {
            try
            {
                var retired = await sweep.RunAsync(clock.GetUtcNow() - _settled, stoppingToken);
                Last = (clock.GetUtcNow(), retired);
                if (retired > 0)
                {
                    log.LogInformation("Retired {Count} leads", retired);
                }
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "The sweep failed; the next one tries again");
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
