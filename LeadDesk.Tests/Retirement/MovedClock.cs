using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Retirement;

/// <summary>The wall clock of a desk that someone sets wrong, beside the time that really passes: <c>TestDesk.OpenAsync(..., adjust: wall.Enter)</c>.</summary>
internal sealed class MovedClock : TimeProvider
{
    private TimeProvider _right = System;

    public TimeSpan Off { get; set; }

    public override long TimestampFrequency => _right.TimestampFrequency;

    public void Enter(IServiceCollection services)
    {
        _right = (TimeProvider)services.Last(s => s.ServiceType == typeof(TimeProvider)).ImplementationInstance!;
        services.AddSingleton<TimeProvider>(this);
    }

    public override DateTimeOffset GetUtcNow() => _right.GetUtcNow() + Off;

    public override long GetTimestamp() => _right.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _right.CreateTimer(callback, state, dueTime, period);
}
