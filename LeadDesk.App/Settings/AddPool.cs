using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;

namespace LeadDesk.App.Settings;

/// <summary>For managers.</summary>
public sealed class AddPool(Transactor transactor, IdSource ids)
{
    /// <param name="members">The agents who may own its leads.</param>
    public async Task<Outcome> RunAsync(string name, IReadOnlyCollection<EmployeeId> members, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<PoolId>(1, ct);
        return await transactor.SettleAsync(by, work =>
        {
            if (Settling.Taken("pool", name, work.Desk.Pools.Select(p => p.Name)) is { } taken)
            {
                return Task.FromResult<Outcome>(taken);
            }

            var created = Pool.Create(work.NewId<PoolId>(), name);
            if (created.Value is { } pool)
            {
                pool.SetMembers(EditPool.Agents(members, work.Desk));
                work.Db.Pools.Add(pool);
                work.Note("Lead pool", null, EditPool.Words(pool, work.Desk));
            }

            return Task.FromResult(created.Plain);
        }, ct);
    }
}
