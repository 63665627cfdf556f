using LeadDesk.Bench.Desks;

namespace LeadDesk.Bench.Budgets;

/// <summary>One of the budgets of the plan; <c>--only</c> calls it by its name.</summary>
public abstract class Budget(string name, string work)
{
    public static IReadOnlyList<Budget> All { get; } =
    [
        new Interactions(),
        new Approvals(),
        new SweepMany(),
        new SweepNothing(),
        new Lists(),
        new BoardOpen(),
        new Search(),
        new CircuitMemory(),
        new FanOut(),
        new Bystanders(),
        new SetStageTogether(),
        new AssignMany(),
        new ImportRows(),
        new FirstView(),
        new WhileOthersWork(),
    ];

    public string Name => name;

    public string Work => work;

    public abstract IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store);

    protected TableRow Ratio(string what, Times figure, Times baseline, double must, double want) =>
        new(name, what, figure.ToString(), baseline.ToString(), figure.Median / baseline.Median, must, want);
}
