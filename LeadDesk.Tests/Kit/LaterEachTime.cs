namespace LeadDesk.Tests.Kit;

/// <summary>
/// A monotonic clock that is an hour on at each look. With it a screen never finds that something was published just before it opened, and so is not woken
/// by what the test prepared; that it would be is a test of its own.
/// </summary>
internal sealed class LaterEachTime : TimeProvider
{
    private long _hours;

    public override long TimestampFrequency => 1;

    public override long GetTimestamp() => Interlocked.Increment(ref _hours) * 3_600;
}
