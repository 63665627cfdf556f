using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers: its name, and the agents who may own its leads. Who leaves the pool keeps what they own of it.</summary>
public sealed class EditPool(Transactor transactor)
{
    public Task<Outcome> RunAsync(PoolId id, string name, IReadOnlyCollection<EmployeeId> members, Actor by, CancellationToken ct = default) => transactor.SettleAsync(by, async work =>
    {
        if (await work.Db.Pools.Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == id, work.Ct) is not { } pool)
        {
            return Settling.Gone("pool");
        }

        if (Settling.Taken("pool", name, work.Desk.Pools.Where(p => p.Id != id).Select(p => p.Name)) is { } taken)
        {
            return taken;
        }

        var before = Words(pool, work.Desk);
        var renamed = pool.Rename(name);
        if (renamed.IsRefused)
        {
            return renamed;
        }

        // Someone who is no agent any more stays a member as long as nobody takes them out.
        var kept = members.Where(m => pool.Has(m));
        var manned = pool.SetMembers([.. kept.Concat(Agents(members, work.Desk)).Distinct()]);
        work.Note("Lead pool", before, Words(pool, work.Desk));
        return renamed.Kind is OutcomeKind.Done ? renamed : manned;
    }, ct);

    internal static IReadOnlyCollection<EmployeeId> Agents(IEnumerable<EmployeeId> members, Desk desk) =>
        [.. members.Where(m => desk.Employee(m) is { IsActive: true } e && e.Roles.HasFlag(Roles.Agent))];

    internal static string Words(Pool pool, Desk desk) =>
        $"{pool.Name}: {(pool.Members.Count == 0 ? "nobody" : string.Join(", ", pool.Members.Select(m => desk.Employee(m.EmployeeId)?.Name).Order(StringComparer.CurrentCulture)))}";
}
