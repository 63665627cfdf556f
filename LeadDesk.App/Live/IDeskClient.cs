namespace LeadDesk.App.Live;

/// <summary>What wallboards and other programs hear on <c>/hubs/desk</c>, each within the scope of whoever is signed in.</summary>
public interface IDeskClient
{
    Task LeadsRetired(IReadOnlyList<RetiredLead> leads);

    /// <summary>Leads that lost their owner, by whatever act.</summary>
    Task LeadsLeft(IReadOnlyList<LeftLead> leads);

    /// <summary>What to read again: "desk", "retired", "lead:17", "owner:4".</summary>
    Task Changed(IReadOnlyList<string> topics);
}

public sealed record RetiredLead(long LeadId, long? PreviousOwnerId, DateTimeOffset At, long? BatchId);

/// <param name="Why"><c>retired</c>, <c>unassigned</c> or <c>reassigned</c>.</param>
public sealed record LeftLead(long LeadId, string Why, DateTimeOffset At);
