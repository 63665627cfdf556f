using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Demo;

/// <summary>
/// Fills an empty desk with a believable sales floor, in one transaction: all of it is there or nothing. The same seed gives the same floor,
/// at another hour.
/// </summary>
public sealed class DemoDesk(Transactor transactor, IdSource ids, Passwords passwords, App.Leads.PhoneNumbers phones, IOptions<DemoOptions> options)
{
    public const int Leads = 3_000;

    private const int Seed = 2026;
    private const int Won = 90;
    private const int Lost = 130;
    private const int RetiredLately = 84;
    private const int Waiting = 640;
    private const int Working = Leads - Won - Lost - RetiredLately - Waiting;

    /// <summary>Enough to act in, and after the desk has come up.</summary>
    private static readonly TimeSpan[] _firstToRetire = [TimeSpan.FromSeconds(45), TimeSpan.FromSeconds(80), TimeSpan.FromSeconds(110)];

    private static readonly string[] _firstToLose = ["Ana Costa", "Giulia Ferri", "Jakub Wrona"];

    public async Task RunAsync(CancellationToken ct = default)
    {
        if (options.Value.Enabled != true)
        {
            return;
        }

        await DemoCast.ReserveAsync(ids, ct);
        await ids.ReserveAsync<LeadId>(Leads, ct);
        await ids.ReserveAsync<BatchId>(RetiredLately, ct);
        await ids.ReserveAsync<RequestId>(DemoRequests.Most, ct);
        await transactor.RunAsync(Actor.System("demo"), async work =>
        {
            if (await work.Db.Employees.AnyAsync(work.Ct) || await work.Db.Leads.AnyAsync(work.Ct))
            {
                return Outcome.NothingToDo;
            }

            var cast = await DemoCast.HireAsync(work, passwords, passwords.Hash(DemoCast.Password));
            var leads = Floor(work, cast);
            work.Add(leads, [], new DemoRequests(work, cast, leads).Make());
            return Outcome.Done;
        }, ct);
    }

    private List<Lead> Floor(Work work, DemoCast cast)
    {
        var chance = new Random(Seed);
        var period = work.Desk.Policy.Period ?? TimeSpan.FromDays(7);
        var policy = work.Desk.Policy with { Period = period };
        var times = new DemoTimes(chance, period);
        var life = new DemoLife(cast, times, new(cast, chance), phones, chance, policy, work.Now);
        var leads = new List<Lead>(Leads);
        var turn = 0;

        foreach (var start in ClockStarts(policy, times, work.Now))
        {
            var owner = turn < _firstToLose.Length ? cast.Named(_firstToLose[turn]) : cast.Agents[turn % cast.Agents.Count];
            leads.Add(life.Working(work.NewId<LeadId>(), owner, start));
            turn++;
        }

        foreach (var end in Enumerable.Repeat(cast.Won, Won).Concat(Enumerable.Repeat(cast.Lost, Lost)))
        {
            leads.Add(life.Closed(work.NewId<LeadId>(), cast.Agents[turn++ % cast.Agents.Count], end, times.Within(work.Now - TimeSpan.FromDays(55), work.Now)));
        }

        foreach (var (at, count) in Sweeps(times, chance, work.Now).OrderBy(s => s.At))
        {
            var sweep = work.Db.Batches.Add(Batch.Start(work.NewId<BatchId>(), BatchKind.Sweep, null, "{}", 0, at)).Entity;
            sweep.Advance("", count, 0, 0, null);
            sweep.Finish(at);
            leads.AddRange(Enumerable.Range(0, count).Select(_ => life.Retired(work.NewId<LeadId>(), cast.Agents[turn++ % cast.Agents.Count], at, sweep)));
        }

        while (leads.Count < Leads)
        {
            leads.Add(life.Waiting(work.NewId<LeadId>(), cast.Pools[turn++ % cast.Pools.Count], times.Within(work.Now - TimeSpan.FromDays(30), work.Now)));
        }

        return leads;
    }

    /// <summary>Where each running clock stands: three retire at once, eight per cent go stale, nothing is due.</summary>
    private static IEnumerable<DateTimeOffset> ClockStarts(RetirementPolicy policy, DemoTimes times, DateTimeOffset now)
    {
        var period = times.Period;
        if (period < TimeSpan.FromDays(1))
        {
            return Enumerable.Range(0, Working).Select(_ => times.Within(now - (period * 0.9), now));
        }

        var stale = (int)(Working * 0.0825);
        var staleFrom = now - period + policy.WindowFor(period);
        return _firstToRetire.Select(left => now + left - period)
            .Concat(Enumerable.Range(_firstToRetire.Length, stale - _firstToRetire.Length).Select(_ => times.Within(now - period + TimeSpan.FromMinutes(5), staleFrom)))
            .Concat(Enumerable.Range(stale, Working - stale).Select(_ => times.Within(staleFrom + TimeSpan.FromMinutes(5), now)));
    }

    private static IEnumerable<(DateTimeOffset At, int Count)> Sweeps(DemoTimes times, Random chance, DateTimeOffset now)
    {
        for (var left = RetiredLately; left > 0;)
        {
            var count = Math.Min(left, chance.Next(1, 5));
            left -= count;
            yield return (times.Within(now - TimeSpan.FromDays(6.9), now - TimeSpan.FromMinutes(5)), count);
        }
    }
}
