using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Budgets;

/// <summary>One change that five screens show, with nobody else there and with 995 boards of others open.</summary>
public sealed class Bystanders() : Budget("8", "one change with many open screens that do not show it")
{
    private const int Watching = 5;
    private const int Others = 995;
    private const int Rounds = 25;
    private const int IdleSamples = 4;

    private static readonly TimeSpan _idle = TimeSpan.FromSeconds(1.5);

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        await using var desk = await CircuitDesk.OpenAsync(store);
        var owner = await desk.SignInAsync(new EmployeeId(desk.OwnerId));
        await using var watching = new Screens();
        await watching.OpenAsync(Enumerable.Repeat((owner, "board"), Watching), "data-lead-id");
        await RoundsAsync(desk, watching, 25);
        var (few, fewCpu) = await RoundsAsync(desk, watching, Rounds);

        var people = new List<Visitor>();
        foreach (var agent in desk.Desk.Desk.Employees.Where(e => e.Roles == Roles.Agent && e.Id.Value != desk.OwnerId).OrderBy(e => e.Id).Take(39))
        {
            people.Add(await desk.SignInAsync(agent.Id));
        }

        await using var others = new Screens();
        await others.OpenAsync(Enumerable.Range(0, Others).Select(n => (people[n % people.Count], "board")), null);
        await RoundsAsync(desk, watching, 5);
        var (many, manyCpu) = await RoundsAsync(desk, watching, Rounds);
        yield return Ratio($"one change until {Watching} screens have it, {Others + Watching} open against {Watching}: time", many, few, 1.5, 1.1);
        yield return new(Name, $"one change until {Watching} screens have it, {Others + Watching} open against {Watching}: server CPU", Times.Say(manyCpu), Times.Say(fewCpu), manyCpu / fewCpu, 1.5, 1.1);
    }

    /// <summary>CPU without what the server spends while nothing changes, at its quietest.</summary>
    private static async Task<(Times Time, double Cpu)> RoundsAsync(CircuitDesk desk, Screens watching, int rounds)
    {
        var idleRate = double.MaxValue;
        for (var sample = 0; sample < IdleSamples; sample++)
        {
            var before = await desk.Server.CpuAsync();
            await Task.Delay(_idle);
            idleRate = Math.Min(idleRate, (await desk.Server.CpuAsync() - before) / _idle.TotalMilliseconds);
        }

        var times = new List<double>();
        var start = await desk.Server.CpuAsync();
        var wall = await Measure.OnceAsync(async () =>
        {
            for (var round = 0; round < rounds; round++)
            {
                times.Add(await FanOut.UntilAllHaveItAsync(watching.All, desk.ChangeAsync));
                await Task.Delay(200);
            }
        });
        var spent = await desk.Server.CpuAsync() - start - (idleRate * wall);
        return (new(times), Math.Max(0.01, spent / rounds));
    }
}
