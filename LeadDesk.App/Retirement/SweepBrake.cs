using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>Stops sweeps, asks people about them, and knows what of it is not over.</summary>
public sealed class SweepBrake(Transactor transactor, DeskDirectory directory, IDbContextFactory<LeadDeskDb> databases)
{
    private static readonly Actor _system = Actor.System("retirement");

    /// <summary>For a wall clock that cannot be right: until someone decides nothing is warned or retired by it.</summary>
    /// <returns>Whether people are or were asked about this clock; not so where retirement is off, which leaves nothing to ask about.</returns>
    public async Task<bool> DoubtAsync(DateTimeOffset asOf, BrakeReason why, CancellationToken ct = default)
    {
        var desk = await directory.GetAsync(ct);
        if (ListUpTo(desk.Policy, asOf) is not { } cutoff)
        {
            return false;
        }

        var due = await DueAsync(desk, cutoff, ct);
        await RunAloneAsync(async work =>
        {
            var newest = await work.Db.SweepStops.Where(s => s.Reason != BrakeReason.TooMany && s.Decision != SweepDecision.Replaced)
                .OrderByDescending(s => s.Id).FirstOrDefaultAsync(work.Ct);
            if (newest?.IsAbout(why, work.Now) is true)
            {
                return Outcome.NothingToDo;
            }

            // Their figures are those of another clock.
            (await work.Db.SweepStops.Where(s => s.DecidedAt == null).ToListAsync(work.Ct)).ForEach(s => s.Replace(work.Now));
            return await AskAsync(work, why, asOf, cutoff, due);
        }, ct);
        return true;
    }

    /// <returns>True when too many would retire; then people are asked.</returns>
    internal async Task<bool> StopsAsync(Desk desk, DateTimeOffset asOf, DateTimeOffset cutoff, CancellationToken ct)
    {
        var due = await DueAsync(desk, cutoff, ct);
        if (due < desk.Brake.Floor || !desk.Brake.Stops(due, await AssignedAsync(ct)))
        {
            return false;
        }

        await RunAloneAsync(async work => await work.Db.SweepStops.AnyAsync(s => s.DecidedAt == null, work.Ct)
            ? Outcome.NothingToDo
            : await AskAsync(work, BrakeReason.TooMany, asOf, cutoff, due), ct);
        return true;
    }

    /// <summary>The stops that wait for a decision, or whose decision was not carried out yet, the oldest first.</summary>
    internal async Task<IReadOnlyList<SweepStop>> PendingAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.SweepStops.AsNoTracking().Where(s => s.DoneAt == null).OrderBy(s => s.Id).ToListAsync(ct);
    }

    /// <summary>Where the job that starts the clocks anew was stopped or failed, people are asked about the rest of the list.</summary>
    internal async Task WatchDropAsync(SweepStop dropped, Desk desk, DateTimeOffset asOf, CancellationToken ct)
    {
        var due = await DueAsync(desk, dropped.Cutoff, ct);
        await RunAloneAsync(async work =>
        {
            var order = DropOrder.Of(dropped.Id);
            var stop = await work.Db.SweepStops.FirstAsync(s => s.Id == dropped.Id, work.Ct);
            if (stop.DoneAt is not null
                || await work.Db.Batches.AnyAsync(b => b.Kind == BatchKind.DropSweep && b.Order == order && (b.State == BatchState.Waiting || b.State == BatchState.Running), work.Ct))
            {
                return Outcome.NothingToDo;
            }

            stop.Done(work.Now);
            return await work.Db.SweepStops.AnyAsync(s => s.DecidedAt == null, work.Ct) ? Outcome.Done : await AskAsync(work, stop.Reason, asOf, stop.Cutoff, due);
        }, ct);
    }

    /// <summary>Once nothing of its list is left to retire.</summary>
    internal async Task EndAsync(SweepStop ordered, Desk desk, DateTimeOffset upTo, CancellationToken ct)
    {
        if (await DueAsync(desk, upTo, ct) == 0)
        {
            await transactor.RunAsync(_system, async work =>
            {
                (await work.Db.SweepStops.FirstAsync(s => s.Id == ordered.Id, work.Ct)).Done(work.Now);
                work.Tell(Topic.Brake);
                return Outcome.Done;
            }, ct);
        }
    }

    /// <summary>Servers that stop at once ask once, and of managers who decide at once the first does. On SQLite the gate sees to that.</summary>
    internal static Task HoldAsync(Work work) =>
        work.Db is PostgresLeadDeskDb ? work.Db.Database.ExecuteSqlAsync($"""LOCK TABLE "SweepStops" IN SHARE ROW EXCLUSIVE MODE""", work.Ct) : Task.CompletedTask;

    /// <summary>Where retirement is about to come into force again, what it will take then.</summary>
    private static DateTimeOffset? ListUpTo(RetirementPolicy policy, DateTimeOffset asOf) =>
        policy.CutoffAt(asOf) ?? (policy.StaleCutoffAt(asOf) is null ? null : asOf - policy.Period);

    private static async Task<Outcome> AskAsync(Work work, BrakeReason why, DateTimeOffset asOf, DateTimeOffset cutoff, int due)
    {
        work.Db.SweepStops.Add(new(why, work.Now, asOf, cutoff, due, await AssignedAsync(work.Db, work.Ct)));
        foreach (var manager in work.Desk.Employees.Where(e => e.IsActive && (e.Roles & (Roles.SalesManager | Roles.Admin)) != 0))
        {
            work.Notify(new(manager.Id, NotificationKind.SweepStopped, work.Now) { Text = why.ToString(), Count = due });
        }

        work.Tell(Topic.Brake);
        return Outcome.Done;
    }

    private Task RunAloneAsync(Func<Work, Task<Outcome>> body, CancellationToken ct) => transactor.RunAsync(_system, async work =>
    {
        await HoldAsync(work);
        return await body(work);
    }, ct);

    private async Task<int> DueAsync(Desk desk, DateTimeOffset cutoff, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var due = 0;
        foreach (var stage in desk.Stages.Where(s => s.Retires))
        {
            due += await RetirementSweep.Due(db.Leads, stage.Id, cutoff).CountAsync(ct);
        }

        return due;
    }

    private async Task<int> AssignedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await AssignedAsync(db, ct);
    }

    private static async Task<int> AssignedAsync(LeadDeskDb db, CancellationToken ct) => (int)await db.LeadCounts.Where(c => c.OwnerKey > 0).SumAsync(c => c.Leads, ct);
}
