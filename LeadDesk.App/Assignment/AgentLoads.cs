using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Assignment;

/// <summary>How much each agent has to do: the leads they hold in open stages. From the counters, so it costs the same at any number of leads.</summary>
public sealed class AgentLoads(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared)
{
    /// <summary>For those who hand out leads. Who holds nothing is not in it.</summary>
    public Task<IReadOnlyDictionary<EmployeeId, int>> ReadAsync(Actor actor) => actor.MayAssign
        ? shared.AskAsync(new Question(), _ => CountAsync())
        : Task.FromResult<IReadOnlyDictionary<EmployeeId, int>>(new Dictionary<EmployeeId, int>());

    private async Task<IReadOnlyDictionary<EmployeeId, int>> CountAsync()
    {
        var open = (await directory.GetAsync()).Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        await using var db = await databases.CreateDbContextAsync();
        var counts = await db.LeadCounts.Where(c => c.OwnerKey > LeadCount.Unassigned && open.Contains(c.StageId))
            .GroupBy(c => c.OwnerKey).Select(g => new { Owner = g.Key, Leads = g.Sum(c => c.Leads) }).ToListAsync();
        return counts.Where(c => c.Leads > 0).ToDictionary(c => new EmployeeId(c.Owner), c => (int)c.Leads);
    }

    private sealed record Question;
}
