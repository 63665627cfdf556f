using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>Leads that retired from one agent.</summary>
/// <param name="Names">Of the first two.</param>
/// <param name="LastEvent">The newest of the history rows that say so.</param>
public sealed record LeadsLost(int Leads, IReadOnlyList<string> Names, DateTimeOffset At, long LastEvent);

/// <summary>What the latest sweeps took from an agent, who may not see these leads any more but is told their names.</summary>
public sealed class LostLeadsQuery(IDbContextFactory<LeadDeskDb> databases)
{
    private const int Sweeps = 3;

    /// <param name="after">The last history row that the agent was told of; 0 for none.</param>
    public async Task<LeadsLost?> ReadAsync(DateTimeOffset since, long after, Actor actor, CancellationToken ct = default)
    {
        if (actor.Id is not { Value: var me })
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var sweeps = await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Sweep && b.FinishedAt >= since).OrderByDescending(b => b.Id).Take(Sweeps)
            .Select(b => (BatchId?)b.Id).ToListAsync(ct);
        var lost = db.LeadEvents.AsNoTracking().Where(e => sweeps.Contains(e.BatchId) && e.Kind == LeadEventKind.Retired && e.FromId == me && e.Id > after && e.At >= since);
        var sum = await lost.GroupBy(_ => 1).Select(g => new { Leads = g.Count(), At = g.Max(e => e.At), Last = g.Max(e => e.Id) }).SingleOrDefaultAsync(ct);
        if (sum is null)
        {
            return null;
        }

        var names = await lost.OrderBy(e => e.Id).Take(2)
            .Join(db.Leads, e => e.LeadId, l => l.Id, (e, l) => new { l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId }).ToListAsync(ct);
        return new(sum.Leads, [.. names.Select(l => LeadNames.Of(l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId))], sum.At, sum.Last);
    }
}
