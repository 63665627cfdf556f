using System.Globalization;
using LeadDesk.Bench;
using LeadDesk.Bench.Budgets;
using LeadDesk.Bench.Desks;
using LeadDesk.Bench.Soak;

CultureInfo.CurrentCulture = CultureInfo.DefaultThreadCurrentCulture = CultureInfo.InvariantCulture;
if (args is [Child.Word, .. var rest])
{
    return await Child.RunAsync(rest);
}

if (BenchOptions.Read(args) is not { } options)
{
    Console.Error.WriteLine(BenchOptions.Usage);
    return 1;
}

await using var store = new DeskStore(options);
var table = new Table(options);
foreach (var budget in options.Soak is { } length ? [new LongWork(length)] : Budget.All.Where(b => options.Wants(b.Name)))
{
    Console.Error.WriteLine($"{budget.Name}: {budget.Work}");
    await foreach (var row in budget.MeasureAsync(store))
    {
        table.Add(row);
        Console.Error.WriteLine($"  {row}");
    }
}

Console.WriteLine(table.ToText());
table.Keep();
return table.Holds ? 0 : 2;
