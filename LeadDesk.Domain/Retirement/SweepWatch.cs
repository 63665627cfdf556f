namespace LeadDesk.Domain.Retirement;

/// <summary>When no sweep looked: after <paramref name="DownFrom"/> and before <paramref name="UpSince"/>, the last time that this was longer than a warning window.</summary>
public sealed record SweepWatch(DateTimeOffset DownFrom, DateTimeOffset UpSince)
{
    /// <summary>Whatever is due and not warned came to retire only now.</summary>
    public static readonly SweepWatch NeverDown = new(DateTimeOffset.MaxValue, DateTimeOffset.MaxValue);

    /// <summary>Whether a lead went stale and became due while no sweep looked.</summary>
    public bool Missed(ClockReading reading) => DownFrom < reading.StaleFrom && reading.RetiresAt <= UpSince;
}
