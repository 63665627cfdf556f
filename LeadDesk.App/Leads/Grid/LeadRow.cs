using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What a list shows of a lead only when someone chose the column.</summary>
public sealed record LeadMore(string? Country, string? City, string? Email, string? Phone, string? CallTag, string? ExternalId);

/// <summary>One lead as a list shows it to anyone. Instants and days only: who reads it puts them into words.</summary>
public sealed record LeadRow
{
    public required LeadId Id { get; init; }

    /// <summary>Name, or what stands in for it.</summary>
    public required string Name { get; init; }

    /// <summary>None where it stands in for the name.</summary>
    public string? Company { get; init; }

    public required string SortName { get; init; }
    public required StageId StageId { get; init; }
    public string Stage { get; init; } = "";
    public StageKind StageKind { get; init; }
    public DateTimeOffset? ClockStart { get; init; }

    /// <summary>None where no clock runs.</summary>
    public Countdown? Clock { get; init; }

    public DateTimeOffset? LastActivityAt { get; init; }
    public LeadEventKind? LastActivityKind { get; init; }
    public DateOnly? FollowUpOn { get; init; }
    public TimeOnly? FollowUpAt { get; init; }

    /// <summary>In the owner's zone: what the follow-up's day is compared with.</summary>
    public DateOnly Today { get; init; }

    public EmployeeId? OwnerId { get; init; }
    public string? Owner { get; init; }
    public PoolId? PoolId { get; init; }
    public string? Pool { get; init; }
    public string Source { get; init; } = "";

    /// <summary>Names, one a line; none without tags.</summary>
    public string? Tags { get; init; }

    /// <summary>Tags that were asked for and wait for a manager, one a line; none where nothing waits.</summary>
    public string? Waiting { get; init; }

    public long? ValueMinor { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public bool IsFresh { get; init; }
    public bool IsSecondChance { get; init; }
    public DateTimeOffset? RetiredAt { get; init; }
    public string? RetiredFrom { get; init; }
    public bool DoNotCall { get; init; }

    /// <summary>None where no column shows it.</summary>
    public LeadMore? More { get; init; }

    public bool IsRetired => RetiredAt is not null;
}
