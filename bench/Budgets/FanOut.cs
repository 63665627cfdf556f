using System.Diagnostics;
using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Budgets;

/// <summary>One tag on one lead until 200 boards have it, against 200 of the barest pages that render one line again.</summary>
public sealed class FanOut() : Budget("7", "one change on 200 boards")
{
    private const int Count = 200;
    private const int People = 40;
    private const int Rounds = 15;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        await using var desk = await CircuitDesk.OpenAsync(store, MakeManagersAsync);
        await using var bare = await ServerProcess.StartAsync("bare");
        var people = await SignInAsync(desk);
        string[] filters =
        [
            "", $"?owner={desk.OwnerId}", $"?team={desk.TeamId}", $"?pool={desk.PoolId}", $"?source={desk.SourceId}", $"?owner={desk.OwnerId}&pool={desk.PoolId}",
            $"?team={desk.TeamId}&pool={desk.PoolId}", $"?owner={desk.OwnerId}&source={desk.SourceId}", $"?team={desk.TeamId}&source={desk.SourceId}", $"?pool={desk.PoolId}&source={desk.SourceId}",
        ];
        await using var boards = new Screens();
        await boards.OpenAsync(Enumerable.Range(0, Count).Select(n => (people[n % People], "board" + filters[n / People % 2 * 5 + n % 5])), "data-lead-id");
        await using var lines = new Screens();
        await lines.OpenAsync(Enumerable.Repeat((new Visitor(bare.Address), ""), Count), "It changed");
        List<double> ours = [], theirs = [];
        for (var round = -3; round < Rounds; round++)
        {
            var one = await UntilAllHaveItAsync(boards.All, desk.ChangeAsync);
            await boards.QuietAsync();
            var other = await UntilAllHaveItAsync(lines.All, () => bare.AskAsync("tell"));
            await lines.QuietAsync();
            if (round >= 0)
            {
                ours.Add(one);
                theirs.Add(other);
            }
        }

        yield return Ratio($"one change until {Count} boards of {People} people with {filters.Length} filters have it, against {Count} bare pages", new(ours), new(theirs), 3, 1.5);
    }

    internal static async Task<double> UntilAllHaveItAsync(IReadOnlyList<Circuit> screens, Func<Task> change)
    {
        var next = screens.Select(s => s.NextAsync()).ToList();
        var from = Stopwatch.GetTimestamp();
        await change();
        return (await Task.WhenAll(next)).Max(at => Stopwatch.GetElapsedTime(from, at).TotalMilliseconds);
    }

    /// <summary>Who sees everything, so that every filter finds the lead.</summary>
    private static async Task MakeManagersAsync(BenchDesk desk)
    {
        await using var connection = await desk.ConnectAsync();
        await connection.RunAsync($"""
            UPDATE "Employees" SET "Roles" = {(int)(Roles.Agent | Roles.SalesManager)} WHERE "Id" IN (SELECT "Id" FROM "Employees" WHERE "Roles" = {(int)Roles.Agent} ORDER BY "Id" LIMIT {People})
            """);
    }

    private static async Task<List<Visitor>> SignInAsync(CircuitDesk desk)
    {
        var people = new List<Visitor>();
        foreach (var employee in desk.Desk.Desk.Employees.Where(e => e.Roles == Roles.Agent).OrderBy(e => e.Id).Take(People))
        {
            people.Add(await desk.SignInAsync(employee.Id));
        }

        return people;
    }
}
