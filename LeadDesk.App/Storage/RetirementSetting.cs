using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Storage;

/// <summary>One saving of the inactivity period; the newest row rules, the older ones are its history.</summary>
public sealed class RetirementSetting
{
    private RetirementSetting() { }

    public long Id { get; private set; }
    public DateTimeOffset SavedAt { get; private set; }
    public EmployeeId? SavedById { get; private set; }
    public long? PeriodTicks { get; private set; }
    public long WindowTicks { get; private set; }
    public long? BeforeTicks { get; private set; }
    public DateTimeOffset? InForceFrom { get; private set; }

    /// <summary>Of all assigned leads, 0 to 1.</summary>
    public double BrakeShare { get; private set; }

    public int BrakeFloor { get; private set; }

    /// <summary>Whether Sales Managers may set the period too; an Admin grants it.</summary>
    public bool ManagersMaySet { get; private set; }

    public RetirementPolicy Policy => new(Span(PeriodTicks), TimeSpan.FromTicks(WindowTicks), Span(BeforeTicks), InForceFrom);

    public Brake Brake => new(BrakeShare, BrakeFloor);

    public static RetirementSetting Of(RetirementPolicy policy, Brake brake, bool managersMaySet, EmployeeId? by, DateTimeOffset at) => new()
    {
        SavedAt = at,
        SavedById = by,
        PeriodTicks = policy.Period?.Ticks,
        WindowTicks = policy.WarningWindow.Ticks,
        BeforeTicks = policy.Before?.Ticks,
        InForceFrom = policy.InForceFrom,
        BrakeShare = brake.Share,
        BrakeFloor = brake.Floor,
        ManagersMaySet = managersMaySet,
    };

    private static TimeSpan? Span(long? ticks) => ticks is { } t ? TimeSpan.FromTicks(t) : null;
}
