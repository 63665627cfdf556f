using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Live;

/// <summary>What a screen can listen to.</summary>
public readonly record struct Topic(string Kind, long Id = 0)
{
    /// <summary>Any lead at all; for screens that show all of them.</summary>
    public static Topic AllLeads => new("leads");

    /// <summary>Retired leads came or went.</summary>
    public static Topic Retired => new("retired");

    /// <summary>Unassigned leads came or went.</summary>
    public static Topic Unassigned => new("unassigned");

    /// <summary>Employees, teams, stages, sources, pools, tags, call tags or the inactivity period changed.</summary>
    public static Topic Desk => new("desk");

    /// <summary>A stored job of any kind moved on.</summary>
    public static Topic Batches => new("batches");

    /// <summary>Data change requests came, went or were decided.</summary>
    public static Topic Requests => new("requests");

    /// <summary>The brake stopped a sweep, or someone decided about one.</summary>
    public static Topic Brake => new("brake");

    /// <summary>Somebody began or ceased to look at a lead.</summary>
    public static Topic Presence => new("presence");

    /// <summary>The same of one lead.</summary>
    public static Topic PresenceAt(LeadId id) => new("presence", id.Value);

    public static Topic Inbox(EmployeeId id) => new("inbox", id.Value);
    public static Topic Lead(LeadId id) => new("lead", id.Value);
    public static Topic Owner(EmployeeId id) => new("owner", id.Value);
    public static Topic Team(TeamId id) => new("team", id.Value);
    public static Topic Pool(PoolId id) => new("pool", id.Value);
    public static Topic Source(SourceId id) => new("source", id.Value);
    public static Topic RetiredFromTeam(TeamId id) => new("retired-team", id.Value);
    public static Topic Batch(BatchId id) => new("batch", id.Value);

    /// <summary>One sign-in of one browser ended.</summary>
    public static Topic Session(long session) => new("session", session);

    /// <summary>"desk", "owner:7": the form in which programs get it.</summary>
    public override string ToString() => Id == 0 ? Kind : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Kind}:{Id}");
}
