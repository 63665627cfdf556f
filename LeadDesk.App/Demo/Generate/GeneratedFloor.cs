using LeadDesk.App.Storage;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Demo.Generate;

/// <summary>A thousand leads that are ready to be stored, and what came of them.</summary>
internal sealed record GeneratedChunk(IReadOnlyList<Lead> Leads, HistoryRow[] History, IReadOnlyList<DataChangeRequest> Requests);

/// <summary>
/// Makes leads a thousand at a time. Each thousand has chances of its own, so several can be made at once and the same seed gives the same. Instants have
/// others again: what happens does not depend on the hour.
/// </summary>
internal sealed class GeneratedFloor(GeneratePlan plan, DemoCast cast, App.Leads.PhoneNumbers phones, RetirementPolicy policy, DateTimeOffset now)
{
    private const double Working = 0.64;
    private const double Won = 0.07;
    private const double Lost = 0.09;
    private const double Retired = 0.08;
    private const double Stale = 0.0825;

    /// <summary>Twelve history rows a lead on average, those that wait in their pool among them.</summary>
    private const double Pace = 1.33;

    private readonly TimeSpan _period = policy.Period ?? TimeSpan.FromDays(7);

    public IReadOnlyList<Batch> Sweeps { get; } = MakeSweeps(plan, now);

    public GeneratedChunk Make(int number)
    {
        var (chance, hours) = (new Random(unchecked((plan.Order.Seed * 7_919) + number)), new Random(unchecked((plan.Order.Seed * 104_729) + number)));
        var times = new DemoTimes(hours, _period);
        var life = new DemoLife(cast, times, new(cast, chance), phones, chance, policy, now, Pace, isOneOfMany: true);
        var first = plan.FirstOf(number);
        var leads = new List<Lead>(GeneratePlan.ChunkSize);
        for (var turn = first; turn < Math.Min(first + GeneratePlan.ChunkSize, plan.Order.Leads); turn++)
        {
            leads.Add(One(life, times, chance, turn));
        }

        var requests = new GeneratedRequests(plan, cast, chance, now).Make(number, leads);
        foreach (var lead in leads)
        {
            lead.SetSearchText(SearchFold.Of(lead));
        }

        return new(leads, [.. leads.SelectMany(l => l.NewEvents).Select(e => new HistoryRow(e))], requests);
    }

    private Lead One(DemoLife life, DemoTimes times, Random chance, int turn)
    {
        var (id, agent, kind) = (plan.LeadIds[turn], cast.Agents[turn % cast.Agents.Count], chance.NextDouble());
        if (kind < Working)
        {
            return life.Working(id, agent, ClockStart(times, chance));
        }

        if (kind < Working + Won + Lost)
        {
            return life.Closed(id, agent, kind < Working + Won ? cast.Won : cast.Lost, times.Within(now - TimeSpan.FromDays(180), now));
        }

        if (kind < Working + Won + Lost + Retired)
        {
            var sweep = chance.Of(Sweeps);
            return life.Retired(id, agent, sweep.At, sweep);
        }

        return life.Waiting(id, chance.Of(cast.Pools), times.Within(now - TimeSpan.FromDays(60), now));
    }

    /// <summary>As on the demo desk: some are going stale, none is due at once.</summary>
    private DateTimeOffset ClockStart(DemoTimes times, Random chance)
    {
        var slack = _period * 0.001;
        var isStale = chance.In(Stale);
        var staleFrom = now - _period + policy.WindowFor(_period);
        return isStale ? times.Within(now - _period + slack, staleFrom) : times.Within(staleFrom + slack, now);
    }

    private static List<Batch> MakeSweeps(GeneratePlan plan, DateTimeOffset now)
    {
        var hours = new Random(plan.Order.Seed);
        var times = plan.SweepIds.Select(_ => now - hours.Between(TimeSpan.FromMinutes(5), TimeSpan.FromDays(60))).Order();
        return [.. plan.SweepIds.Zip(times, (id, at) => Batch.Start(id, BatchKind.Sweep, null, "{}", 0, at))];
    }
}
