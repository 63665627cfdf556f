using LeadDesk.App.Storage;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <param name="Clocks">How many leads have an owner and stand in a stage that retires.</param>
/// <param name="LastRetiredAt">When a sweep last retired something; none before the first time.</param>
public sealed record RetirementFacts(long Clocks, DateTimeOffset? LastRetiredAt, int LastRetired);

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
        var clocks = await db.LeadCounts.Where(c => c.OwnerKey > 0 && retiring.Contains(c.StageId)).SumAsync(c => c.Leads, ct);
        var last = await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Sweep && b.Done > 0).OrderByDescending(b => b.Id).FirstOrDefaultAsync(ct);
        return new(clocks, last?.FinishedAt, last?.Done ?? 0);
    }
}
