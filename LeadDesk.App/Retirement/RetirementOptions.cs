namespace LeadDesk.App.Retirement;

/// <summary>Settings under <c>Retirement</c>. The period and window are what a new database starts with; afterwards the desk's own settings page rules.</summary>
public sealed class RetirementOptions
{
    /// <summary>None is "off".</summary>
    public TimeSpan? InactivityPeriod { get; set; } = TimeSpan.FromDays(7);

    public TimeSpan WarningWindow { get; set; } = TimeSpan.FromDays(1);
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long after saving a shorter period comes into force.</summary>
    public TimeSpan GracePeriod { get; set; } = TimeSpan.FromDays(1);

    /// <summary>Of all assigned leads, 0 to 1: a sweep that would retire more stops before it starts. For a new database, as the period is.</summary>
    public double BrakeShare { get; set; } = 0.2;

    /// <summary>Fewer due leads than this never stop a sweep.</summary>
    public int BrakeFloor { get; set; } = 50;
}
