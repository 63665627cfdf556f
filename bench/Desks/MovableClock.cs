namespace LeadDesk.Bench.Desks;

/// <summary>The real clock, put forward by so much.</summary>
public sealed class MovableClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
