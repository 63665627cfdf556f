using LeadDesk.App.Leads.Profile.Events;
using LeadDesk.App.Requests;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Leads.Profile;

/// <summary>What one lead's profile shows one person. Two readings are equal when the screen would look the same.</summary>
public sealed record LeadProfile
{
    public required LeadFacts Facts { get; init; }
    public required ClockFacts Clock { get; init; }

    /// <summary>Every event since the last assignment, newest first.</summary>
    public required Listed<EventLine> Ledger { get; init; }

    /// <summary>The ledger is longer than what is shown of it.</summary>
    public bool LedgerIsCut { get; init; }

    /// <summary>Newest first.</summary>
    public required Listed<EventLine> History { get; init; }

    public int HistoryCount { get; init; }
    public required Listed<NamedText> Further { get; init; }
    public required Listed<string> AlsoSeenFrom { get; init; }
    public required DeskChoices Choices { get; init; }

    /// <summary>The reader lost the lead less than ten minutes ago: nothing that happened since is in here.</summary>
    public Leaving? Left { get; init; }

    public bool MayWork { get; init; }
    public bool MayAssign { get; init; }

    /// <summary>Non-modifiable tags are asked for, not used.</summary>
    public bool AsksForTags { get; init; }

    /// <summary>Requests that wait on the lead.</summary>
    public Listed<WaitingTag> Waiting { get; init; } = new([]);

    /// <summary>Nobody commented, called, moved it or applied a call tag so far.</summary>
    public bool IsUntouched { get; init; }

    public bool HasEarlier => History.Count < HistoryCount;
}

/// <param name="IsBare">Only name and company are known to the reader: the rest changed after the lead left them.</param>
public sealed record LeadFacts(LeadId Id, long Version, string Title, string? Name, string? Company, bool IsBare = false)
{
    public Listed<string> Emails { get; init; } = new([]);
    public Listed<PhoneFact> Phones { get; init; } = new([]);
    public string? ExternalId { get; init; }
    public string? CountryCode { get; init; }

    /// <summary>In words.</summary>
    public string? Country { get; init; }

    public string? City { get; init; }
    public string? LanguageTag { get; init; }

    /// <summary>In words.</summary>
    public string? Language { get; init; }

    public string? TimeZone { get; init; }
    public long? ValueMinor { get; init; }
    public int? Score { get; init; }
    public bool DoNotCall { get; init; }
    public bool DoNotMail { get; init; }
    public string Source { get; init; } = "";
    public PoolId? PoolId { get; init; }
    public string? Pool { get; init; }
    public StageId StageId { get; init; }
    public string Stage { get; init; } = "";
    public EmployeeId? OwnerId { get; init; }
    public string? Owner { get; init; }
    public DateOnly? FollowUpOn { get; init; }
    public TimeOnly? FollowUpAt { get; init; }

    /// <summary>Where follow-ups count: the owner's day, or the reader's where nobody owns the lead.</summary>
    public string FollowUpZone { get; init; } = "UTC";

    public string? CallTag { get; init; }
    public Listed<TagFact> Tags { get; init; } = new([]);
    public bool IsFresh { get; init; }
    public bool IsSecondChance { get; init; }
    public bool IsRetired { get; init; }
    public int TimesRetired { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>"Graz, Austria".</summary>
    public string? Place => (City, Country) switch
    {
        (null, null) => null,
        (null, _) => Country,
        (_, null) => City,
        _ => $"{City}, {Country}",
    };
}

/// <summary>A number as typed, and what a phone dials.</summary>
public sealed record PhoneFact(string Typed, string Dial);

public sealed record TagFact(TagId Id, string Name, bool IsModifiable);

public sealed record NamedText(string Name, string Text);

public enum ClockState
{
    Runs,
    Retired,
    NoOwner,

    /// <summary>The reader lost the lead, and its clock with it.</summary>
    Left,
    StageDoesNotRetire,
    Off,
}

/// <param name="Period">In force now; none while retirement is off.</param>
/// <param name="NextFrom">From when another period is in force, where one was saved and waits.</param>
/// <param name="NextPeriod">That period; none where retirement will be off.</param>
public sealed record ClockFacts(ClockState State, Countdown? Countdown, TimeSpan? Period, DateTimeOffset? NextFrom, TimeSpan? NextPeriod)
{
    public DateTimeOffset? RetiredAt { get; init; }
    public DateTimeOffset? QuietSince { get; init; }
    public string? RetiredFrom { get; init; }
}

/// <summary>How the reader lost the lead.</summary>
/// <param name="By">First name; none where the sweep did it.</param>
/// <param name="To">First name of the new owner, where there is one.</param>
public sealed record Leaving(LeaveReason Why, DateTimeOffset At, string? By, string? To)
{
    /// <summary>Until when a comment or call that was begun can still be saved.</summary>
    public DateTimeOffset Until => At + Lead.LastWords;
}

/// <summary>What a person can choose from on the profile.</summary>
public sealed record DeskChoices(Listed<StageChoice> Stages, Listed<TagFact> Tags, Listed<CallTagChoice> CallTags, Listed<PoolChoice> Pools);

public sealed record StageChoice(StageId Id, string Name, StageKind Kind, bool Retires);

public sealed record CallTagChoice(CallTagId Id, string Name);

public sealed record PoolChoice(PoolId Id, string Name);
