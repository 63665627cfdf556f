using LeadDesk.App.Storage;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>Says whether the wall clock can be right: against the newest history row at the first tick, against the monotonic clock at each later one.</summary>
public sealed class SweepClock(TimeProvider clock, IDbContextFactory<LeadDeskDb> databases)
{
    private (DateTimeOffset Wall, long Monotonic)? _last;

    public async Task<BrakeReason?> CheckAsync(CancellationToken ct)
    {
        var (wall, monotonic) = (clock.GetUtcNow(), clock.GetTimestamp());
        var last = _last;
        _last = (wall, monotonic);
        if (last is { } known)
        {
            return Brake.CheckTick(wall - known.Wall, clock.GetElapsedTime(known.Monotonic, monotonic));
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var newest = await db.LeadEvents.OrderByDescending(e => e.Id).Select(e => (DateTimeOffset?)e.At).FirstOrDefaultAsync(ct);
        return Brake.CheckStart(wall, newest);
    }
}
