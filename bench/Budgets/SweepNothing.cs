using LeadDesk.App.Retirement;
using LeadDesk.Bench.Desks;

namespace LeadDesk.Bench.Budgets;

public sealed class SweepNothing() : Budget("2", "sweep with nothing due, large against small")
{
    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var (large, small) = (await store.ReadAsync(store.Options.Leads), await store.ReadAsync(store.Options.Small));
        var (one, other, asOf) = (large.Get<RetirementSweep>(), small.Get<RetirementSweep>(), TimeProvider.System.GetUtcNow());
        // What fell due while the desks were made goes first.
        await one.RunAsync(asOf);
        await other.RunAsync(asOf);
        var times = await Measure.TogetherAsync([() => one.RunAsync(asOf), () => other.RunAsync(asOf)], warm: 20, runs: 200);
        yield return Ratio($"sweep with nothing due: {store.Options.Leads:N0} against {store.Options.Small:N0} leads", times[0], times[1], 2, 1.1);
    }
}
