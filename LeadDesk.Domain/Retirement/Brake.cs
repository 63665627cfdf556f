namespace LeadDesk.Domain.Retirement;

/// <summary>Why a sweep stopped before it started. Stored; numbers never change.</summary>
public enum BrakeReason
{
    TooMany = 1,

    /// <summary>Wall clock and monotonic clock went apart since the last tick.</summary>
    ClockJumped = 2,

    /// <summary>At start: the wall clock is before the newest history row.</summary>
    ClockBehind = 3,

    /// <summary>At start: the wall clock is long after the newest history row.</summary>
    ClockAhead = 4,
}

/// <summary>Stops a sweep that would take too much, or that runs on a clock that cannot be right.</summary>
/// <param name="Share">Of all assigned leads, 0 to 1.</param>
/// <param name="Floor">Fewer due leads than this never stop a sweep.</param>
public sealed record Brake(double Share, int Floor)
{
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(2);
    public static readonly TimeSpan LongestSilence = TimeSpan.FromDays(7);

    public bool Stops(int due, int assigned) => due >= Floor && due > Share * assigned;

    /// <param name="wall">How much wall clock time passed since the last tick.</param>
    /// <param name="monotonic">How much time really passed.</param>
    public static BrakeReason? CheckTick(TimeSpan wall, TimeSpan monotonic) => (wall - monotonic).Duration() > Skew ? BrakeReason.ClockJumped : null;

    /// <param name="newestHistory">None on a desk where nothing happened yet.</param>
    public static BrakeReason? CheckStart(DateTimeOffset now, DateTimeOffset? newestHistory) => newestHistory switch
    {
        { } newest when now < newest - Skew => BrakeReason.ClockBehind,
        { } newest when now > newest + LongestSilence => BrakeReason.ClockAhead,
        _ => null,
    };
}
