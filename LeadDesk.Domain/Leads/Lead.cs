using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Domain.Leads;

/// <summary>Why an owner lost a lead. Stored; numbers never change.</summary>
public enum LeaveReason
{
    Retired = 1,
    Unassigned = 2,
    Reassigned = 3,
}

/// <summary>A person or company who may buy. Its verbs are what people say; each records what happened.</summary>
public sealed partial class Lead
{
    /// <summary>For so long whoever lost a lead may still hand in the comment or call they had begun.</summary>
    public static readonly TimeSpan LastWords = TimeSpan.FromMinutes(10);

    public const int LongestSortName = 60;

    private readonly List<LeadEvent> _events = [];
    private (EmployeeId Who, DateTimeOffset At, LeaveReason Why)? _recalled;
    private readonly List<LeadTag> _tags = [];
    private readonly List<LeadContact> _contacts = [];

    private Lead() { }

    public LeadId Id { get; private set; }

    /// <summary>Goes up with every recorded event; the concurrency token on both databases.</summary>
    public long Version { get; private set; }

    public string? Name { get; private set; }
    public string? Company { get; private set; }

    /// <summary>The first of the lead's e-mail addresses; all of them are contacts.</summary>
    public string? Email { get; private set; }

    /// <summary>The first of the lead's phone numbers, as typed.</summary>
    public string? Phone { get; private set; }

    public string? ExternalId { get; private set; }
    public SourceId SourceId { get; private set; }
    public PoolId? PoolId { get; private set; }
    public StageId StageId { get; private set; }
    public EmployeeId? OwnerId { get; private set; }

    /// <summary>The owner's team, so that a team lead's lists are one index away.</summary>
    public TeamId? TeamId { get; private set; }

    public string? Country { get; private set; }
    public string? City { get; private set; }
    public string? Language { get; private set; }
    public string? TimeZone { get; private set; }
    public long? ValueMinor { get; private set; }

    /// <summary>0 to 100, from import or API only.</summary>
    public int? Score { get; private set; }

    public bool DoNotCall { get; private set; }
    public bool DoNotMail { get; private set; }

    /// <summary>In the owner's time zone.</summary>
    public DateOnly? FollowUpOn { get; private set; }

    public TimeOnly? FollowUpAt { get; private set; }
    public CallTagId? CallTagId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset StageSince { get; private set; }

    /// <summary>None without an owner.</summary>
    public DateTimeOffset? ClockStart { get; private set; }

    /// <summary>When its owner was warned in this clock period; none in a new one.</summary>
    public DateTimeOffset? WarnedAt { get; private set; }

    /// <summary>When its owner was nudged in this clock period, and by whom.</summary>
    public DateTimeOffset? NudgedAt { get; private set; }

    public EmployeeId? NudgedById { get; private set; }
    public DateTimeOffset? LastActivityAt { get; private set; }
    public LeadEventKind? LastActivityKind { get; private set; }

    /// <summary>Assigned, and the owner has not worked it since.</summary>
    public bool IsFresh { get; private set; }

    public DateTimeOffset? RetiredAt { get; private set; }
    public EmployeeId? RetiredFromId { get; private set; }

    /// <summary>The previous owner's team when it happened.</summary>
    public TeamId? RetiredFromTeamId { get; private set; }

    /// <summary>Where the clock stood when it retired: it had been quiet since then.</summary>
    public DateTimeOffset? QuietSince { get; private set; }

    public int TimesRetired { get; private set; }
    public EmployeeId? LeftId { get; private set; }
    public DateTimeOffset? LeftAt { get; private set; }
    public LeaveReason? LeftWhy { get; private set; }

    /// <summary>Identifies an imported row by its whole content.</summary>
    public string? ContentKey { get; private set; }

    /// <summary>Name, company, e-mails, phone digits and external id, folded for searching. The app keeps it.</summary>
    public string SearchText { get; private set; } = "";

    /// <summary>What lists sort by name with: the beginning of the first line of <see cref="SearchText"/>.</summary>
    public string SortName { get; private set; } = "";

    /// <summary>What happened since the lead was loaded; the app stores it in the same transaction.</summary>
    public IReadOnlyList<LeadEvent> NewEvents => _events;

    public IReadOnlyList<LeadTag> Tags => _tags;
    public IReadOnlyList<LeadContact> Contacts => _contacts;

    public bool IsRetired => RetiredAt is not null;
    public bool IsSecondChance => IsFresh && TimesRetired > 0;
    public string DisplayName => Name ?? Company ?? Email ?? Phone ?? ExternalId ?? $"Lead {Id.Value}";

    public bool MayBeWorkedBy(Actor actor) =>
        actor.MaySeeAllLeads
        || (OwnerId is not null && OwnerId == actor.Id)
        || (TeamId is { } team && actor.LeadsTeams.Contains(team));

    public bool MayBeSeenBy(Actor actor) =>
        MayBeWorkedBy(actor) || (IsRetired && RetiredFromTeamId is { } team && actor.LeadsTeams.Contains(team));

    /// <summary>Whether the actor lost the lead less than ten minutes ago.</summary>
    public bool JustLeft(Actor actor, DateTimeOffset at) => OwnerId != actor.Id && LeavingOf(actor) is { } left && at < left.At + LastWords;

    /// <summary>When and why the actor lost the lead, as far as it is known.</summary>
    public (DateTimeOffset At, LeaveReason Why)? LeavingOf(Actor actor) =>
        actor.Id is not { } who ? null
        : who == LeftId && LeftAt is { } at ? (at, LeftWhy ?? LeaveReason.Unassigned)
        : who == _recalled?.Who ? (_recalled.Value.At, _recalled.Value.Why) : null;

    /// <summary>The lead itself remembers only who lost it last; whoever lost it shortly before is told by the history.</summary>
    public void RecallLeaving(EmployeeId who, DateTimeOffset at, LeaveReason why) => _recalled = (who, at, why);

    public static Outcome<Lead> Create(LeadId id, LeadDetails details, SourceId source, PoolId? pool, StageId stage, Actor by, Cause cause, DateTimeOffset at, BatchId? batch = null)
    {
        details = details.Tidied();
        if (details.Check() is { } refusal)
        {
            return refusal;
        }

        var lead = new Lead { Id = id, SourceId = source, PoolId = pool, StageId = stage, CreatedAt = at, StageSince = at };
        lead.Take(details);
        lead.Record(LeadEventKind.Created, by, cause, at, batch).ToId = source.Value;
        return lead;
    }

    /// <summary>Adds the search text that goes with the present details. Only the app's folding knows how.</summary>
    public void SetSearchText(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal) is >= 0 and var first ? first : text.Length;
        var cut = Math.Min(end, LongestSortName);
        (SearchText, SortName) = (text, text[..(cut > 0 && char.IsHighSurrogate(text[cut - 1]) ? cut - 1 : cut)]);
    }

    public void SetImportKey(string contentKey) => ContentKey = contentKey;

    public void SetScore(int? score) => Score = score is { } s ? Math.Clamp(s, 0, 100) : null;

    /// <summary>Called when the owner changes team: the lead goes where its owner is.</summary>
    public void FollowOwnerTo(TeamId? team) => TeamId = OwnerId is null ? null : team;

    private LeadEvent Record(
        LeadEventKind kind, Actor by, Cause cause, DateTimeOffset at, BatchId? batch, bool repeatsLastComment = false, bool afterLeaving = false)
    {
        var verdict = InactivityClock.Judge(kind, cause, OwnerId is not null, repeatsLastComment, afterLeaving);
        if (verdict.StartsTheClock())
        {
            ClockStart = at;
            (WarnedAt, NudgedAt, NudgedById) = (null, null, null);
        }

        if (verdict is ClockVerdict.Restarted)
        {
            LastActivityAt = at;
            LastActivityKind = kind;
            IsFresh = IsFresh && by.Id != OwnerId;
        }

        Version++;
        var happened = new LeadEvent(Id, kind, at, by.Id, by.IsSystem ? by.Name : null, cause, batch, verdict) { ClockStart = ClockStart, LeadVersion = Version };
        _events.Add(happened);
        return happened;
    }

    private void Take(LeadDetails details)
    {
        (Name, Company, ExternalId) = (details.Name, details.Company, details.ExternalId);
        (Country, City, Language, TimeZone) = (details.Country, details.City, details.Language, details.TimeZone);
        (ValueMinor, DoNotCall, DoNotMail) = (details.ValueMinor, details.DoNotCall, details.DoNotMail);
        Email = details.Emails.Count > 0 ? details.Emails[0] : null;
        Phone = details.Phones.Count > 0 ? details.Phones[0].Typed : null;

        _contacts.Clear();
        _contacts.AddRange(details.Emails.Select((e, i) => new LeadContact(Id, ContactKind.Email, i, e, e.ToLowerInvariant())));
        _contacts.AddRange(details.Phones.Select((p, i) => new LeadContact(Id, ContactKind.Phone, i, p.Typed, p.E164)));
    }
}
