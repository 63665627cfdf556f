using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <param name="Clocks">How many leads have an owner and stand in a stage that retires.</param>
/// <param name="LastRetiredAt">When a sweep last retired something; none before the first time.</param>
/// <param name="Assigned">All leads that have an owner: what the brake's share is of.</param>
/// <param name="SavedById">Who last changed the settings; none where the installation did.</param>
public sealed record RetirementFacts(long Clocks, DateTimeOffset? LastRetiredAt, int LastRetired, long Assigned, EmployeeId? SavedById, DateTimeOffset? SavedAt);

/// <summary>What the retirement page says beside its form. For managers.</summary>
public sealed class RetirementFactsQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    public async Task<RetirementFacts> RunAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.MaySetUpDesk)
        {
            throw new UnauthorizedAccessException("Only managers see how the desk is set up.");
        }

        var retiring = (await directory.GetAsync(ct)).Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        await using var db = await databases.CreateDbContextAsync(ct);
        var stages = await db.LeadCounts.Where(c => c.OwnerKey > 0).GroupBy(c => c.StageId).Select(g => new { g.Key, Leads = g.Sum(c => c.Leads) }).ToListAsync(ct);
        var last = await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Sweep && b.Done > 0).OrderByDescending(b => b.Id).FirstOrDefaultAsync(ct);
        var saved = await db.RetirementSettings.AsNoTracking().OrderByDescending(s => s.Id).Select(s => new { s.SavedById, s.SavedAt }).FirstOrDefaultAsync(ct);
        return new(
            stages.Where(s => retiring.Contains(s.Key)).Sum(s => s.Leads), last?.FinishedAt, last?.Done ?? 0, stages.Sum(s => s.Leads), saved?.SavedById, saved?.SavedAt);
    }
}
