using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>How many retired leads wait for a decision: for managers from the counters, for team leads those of their teams, up to 10,000.</summary>
public sealed class RetiredCountQuery(IDbContextFactory<LeadDeskDb> databases, SharedQueries shared)
{
    public Task<int> CountAsync(Actor actor) =>
        actor.MaySeeAllLeads ? shared.AskAsync(new Question(), _ => CountAllAsync())
        : actor.MaySeeRetired ? CountOfTeamsAsync(actor)
        : Task.FromResult(0);

    private async Task<int> CountAllAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return (int)await db.LeadCounts.Where(c => c.OwnerKey == LeadCount.Retired).SumAsync(c => c.Leads);
    }

    private async Task<int> CountOfTeamsAsync(Actor actor)
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Leads.VisibleTo(actor).Where(l => l.RetiredAt != null).Take(RetiredQuery.CountedTo).CountAsync();
    }

    private sealed record Question;
}
