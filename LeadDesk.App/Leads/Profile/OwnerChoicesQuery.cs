using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads.Profile;

/// <param name="Holds">Leads in open stages that they own now.</param>
/// <param name="HadIt">They were its owner until it retired.</param>
public sealed record OwnerChoice(EmployeeId Id, string Name, string? Team, long Holds, bool HadIt, bool HasIt);

/// <summary>Who could own a lead: the active agents of its pool, with what each holds. For managers.</summary>
public sealed class OwnerChoicesQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    /// <summary>By name; empty for who may not assign and for a lead without a pool.</summary>
    public async Task<IReadOnlyList<OwnerChoice>> AskAsync(LeadId id, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayAssign)
        {
            return [];
        }

        var desk = await directory.GetAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        var lead = await db.Leads.AsNoTracking().Where(l => l.Id == id).Select(l => new { l.PoolId, l.OwnerId, l.RetiredFromId }).FirstOrDefaultAsync(ct);
        if (desk.Pool(lead?.PoolId) is not { } pool)
        {
            return [];
        }

        var agents = desk.Eligible(pool).ToList();
        var keys = agents.Select(a => a.Id.Value).ToList();
        var open = desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        var holds = await db.LeadCounts.AsNoTracking().Where(c => keys.Contains(c.OwnerKey) && open.Contains(c.StageId))
            .GroupBy(c => c.OwnerKey).Select(g => new { g.Key, Leads = g.Sum(c => c.Leads) }).ToDictionaryAsync(g => g.Key, g => g.Leads, ct);
        return [.. agents.Select(a => new OwnerChoice(
            a.Id, a.Name, desk.Team(a.TeamId)?.Name, holds.GetValueOrDefault(a.Id.Value), lead!.RetiredFromId == a.Id, lead.OwnerId == a.Id))];
    }
}
