using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Live;

/// <summary>Where a lead stood, in ids.</summary>
public sealed record LeadPlace(EmployeeId? OwnerId, TeamId? TeamId, PoolId? PoolId, StageId StageId, SourceId SourceId, bool IsRetired, TeamId? RetiredFromTeamId)
{
    public static LeadPlace Of(Lead lead) => new(lead.OwnerId, lead.TeamId, lead.PoolId, lead.StageId, lead.SourceId, lead.IsRetired, lead.RetiredFromTeamId);
}

/// <summary>That a lead changed, from where to where, by whom. Ids only: who shows it reads it again.</summary>
/// <param name="Before">None for a new lead.</param>
/// <param name="ById">None for the system.</param>
public sealed record LeadChange(LeadId LeadId, LeadPlace After, LeadPlace? Before, LeadEventKind Kind, EmployeeId? ById, DateTimeOffset At, BatchId? BatchId);

/// <summary>What one commit changed.</summary>
public sealed record Commit(IReadOnlyList<LeadChange> Leads, IReadOnlyCollection<Topic> Topics);
