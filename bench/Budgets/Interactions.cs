using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Bench.Working;

namespace LeadDesk.Bench.Budgets;

/// <summary>
/// Agent, team lead and manager work each screen they may open: from what the browser sends until the render batch that answers it has come. The slowest kind of
/// interaction and its role are named.
/// </summary>
public sealed class Interactions() : Budget("interactions", "work each screen")
{
    private const int Warm = 2;
    private const int Rounds = 21;
    private const double Must = 150;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        IReadOnlyList<string> terms = [];
        await using var desk = await CircuitDesk.OpenAsync(store, async d => terms = await TermsAsync(d));
        var kinds = new List<Kind>();
        foreach (var (role, actor) in desk.Desk.Roles)
        {
            var visitor = await desk.SignInAsync(actor.Id!.Value);
            foreach (var walk in new Walks(desk, actor, terms).All())
            {
                kinds.Add(new(walk.Screen, role, "opened anew", await OpenAsync(visitor, walk)));
                kinds.AddRange(await WalkAsync(visitor, walk, role));
            }
        }

        foreach (var screen in kinds.GroupBy(k => k.Screen))
        {
            foreach (var kind in screen.OrderByDescending(k => k.P95).Take(5))
            {
                Console.Error.WriteLine($"    {kind}: p95 {Times.Say(kind.P95)}, median {kind.Times}, {kind.Runs} runs");
            }

            var worst = screen.MaxBy(k => k.P95)!;
            yield return new(Name, $"{screen.Key}: {screen.Sum(k => k.Runs):N0} interactions of {screen.Count()} kinds, worst p95: {worst.Role}, {worst.What}",
                Times.Say(worst.P95), "", worst.P95, Must, null, "ms");
        }
    }

    private static async Task<IReadOnlyList<double>> OpenAsync(Visitor visitor, Walk walk)
    {
        var times = new List<double>();
        for (var round = -Warm; round < Rounds; round++)
        {
            await using var screen = await Circuit.OpenAsync(visitor, walk.Path, walk.Shows);
            if (round >= 0)
            {
                times.Add(screen.ShownAfter);
            }
        }

        return times;
    }

    private static async Task<IEnumerable<Kind>> WalkAsync(Visitor visitor, Walk walk, string role)
    {
        await using var circuit = await Circuit.OpenAsync(visitor, walk.Path, walk.Shows, isBrowser: true);
        var times = walk.Steps.Where(s => s.IsCounted).ToDictionary(s => s, _ => new List<double>());
        for (var round = -Warm; round < Rounds; round++)
        {
            foreach (var step in walk.Steps)
            {
                if (step.Act(circuit, round + Warm) is not { } act)
                {
                    continue;
                }

                var took = await AnswerAsync(circuit, walk, step, act);
                if (round >= 0 && step.IsCounted)
                {
                    times[step].Add(took);
                }
            }
        }

        return times.Where(t => t.Value.Count > 0).Select(t => new Kind(walk.Screen, role, t.Key.What, t.Value));
    }

    private static async Task<double> AnswerAsync(Circuit circuit, Walk walk, Step step, Func<Task> act)
    {
        try
        {
            return await circuit.AnswerAsync(act, step.Look);
        }
        catch (InvalidOperationException e)
        {
            throw new InvalidOperationException($"{walk.Screen}, {step.What}: {e.Message}", e);
        }
    }

    /// <summary>Of a lead that all three see: the address, that nobody else has, the name, that a few have, the first name, two letters, digits of the number.</summary>
    private static async Task<IReadOnlyList<string>> TermsAsync(BenchDesk desk)
    {
        await using var connection = await desk.ConnectAsync();
        var lead = (await connection.ReadAsync($"""
            SELECT "Email", "Name", "Phone" FROM "Leads" WHERE "Email" IS NOT NULL AND "Phone" IS NOT NULL AND "OwnerId" = {desk.Agent.Id!.Value.Value} ORDER BY "Id" DESC LIMIT 1
            """))[0];
        var phone = string.Concat(((string)lead[2]).Where(char.IsAsciiDigit));
        return [(string)lead[0], (string)lead[1], ((string)lead[1]).Split(' ')[0], "le", phone[^6..]];
    }

    private sealed record Kind(string Screen, string Role, string What, IReadOnlyList<double> All)
    {
        public Times Times { get; } = new(All);

        public double P95 => Times.At(0.95);

        public int Runs => All.Count;

        public override string ToString() => $"{Screen}, {Role}, {What}";
    }
}
