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

}
