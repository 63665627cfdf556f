using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers; only a pool without leads.</summary>
public sealed class DeletePool(Transactor transactor)
{
    public Task<Outcome> RunAsync(PoolId id, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Pools.Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, work.Ct) is not { } pool)
        {
            return Outcome.NothingToDo;
        }

        var leads = await work.Db.LeadCounts.Where(c => c.PoolKey == id.Value).SumAsync(c => c.Leads, work.Ct);
        if (leads > 0)
        {
            return new InUse($"{SettingUsesQuery.Words(leads)} {(leads == 1 ? "is" : "are")} in {pool.Name}. Move {(leads == 1 ? "it" : "them")} to another pool first.");
        }

        var before = EditPool.Words(pool, work.Desk);
        work.Db.Pools.Remove(pool);
        work.Note("Lead pool", before, null);
        return Outcome.Done;
    }, ct);
}
