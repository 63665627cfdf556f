using LeadDesk.App.Storage;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>
/// Says whether the wall clock can be right: by the newest history row from before the start of this process, and then by the monotonic clock since the
/// last tick at which it could. So a doubt stands until the clock is set right, or is left to people.
/// </summary>
public sealed class SweepClock(TimeProvider clock, IDbContextFactory<LeadDeskDb> databases)
{
    private readonly Reading _start = Reading.Of(clock);
    private (DateTimeOffset? At, bool IsRead) _newest;
    private Reading? _trusted;
    private Reading? _checked;

    public async Task<BrakeReason?> CheckAsync(CancellationToken ct)
    {
        var now = _checked = Reading.Of(clock);
        var doubt = _trusted is { } trusted
            ? Brake.CheckTick(now.Wall - trusted.Wall, clock.GetElapsedTime(trusted.Monotonic, now.Monotonic))
            : Brake.CheckStart(now.Wall - clock.GetElapsedTime(_start.Monotonic, now.Monotonic), await NewestBeforeStartAsync(now, ct));
        if (doubt is null)
        {
            _trusted = now;
        }

        return doubt;
    }

    /// <summary>People decide about the clock as it was last checked; from there on it is watched as any other.</summary>
    public void LeaveToPeople() => _trusted = _checked;

    /// <summary>What was done since the start was done by the clock in question.</summary>
    private async Task<DateTimeOffset?> NewestBeforeStartAsync(Reading now, CancellationToken ct)
    {
        if (!_newest.IsRead)
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            _newest = (await db.LeadEvents.Where(e => e.At <= _start.Wall || e.At > now.Wall).OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(ct), true);
        }

        return _newest.At;
    }

    private sealed record Reading(DateTimeOffset Wall, long Monotonic)
    {
        public static Reading Of(TimeProvider clock) => new(clock.GetUtcNow(), clock.GetTimestamp());
    }
}
