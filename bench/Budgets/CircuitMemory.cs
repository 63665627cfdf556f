using LeadDesk.App.Leads.Grid;
using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.Bench.Budgets;

/// <summary>What a hundred screens keep in the server's memory after everything dead is gone.</summary>
public sealed class CircuitMemory() : Budget("6", "server bytes of a circuit")
{
    private const int Count = 100;
    private const int CardsInStage = 24;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var empty = await BytesAsync(store, "not-found", "Not here");
        var board = await BytesAsync(store, "board", "data-lead-id");
        var grid = await BytesAsync(store, "leads", "data-lead-id");
        yield return Row("an empty page", empty, 0, 350, 200);
        yield return Row("a board of 120 cards above it", board, empty, 350, 150);
        yield return Row("a grid of 50 rows of 11 columns above it", grid, empty, 250, 100);
    }

    private TableRow Row(string what, double bytes, double below, double must, double want) =>
        new(Name, $"server memory, {Count} circuits: {what}", $"{bytes / 1024:0} KB", below == 0 ? "" : $"{below / 1024:0} KB", (bytes - below) / 1024, must, want, "KB");

    private static async Task<double> BytesAsync(DeskStore store, string path, string expected)
    {
        await using var desk = await CircuitDesk.OpenAsync(store, PrepareAsync);
        var agent = await desk.SignInAsync(desk.Desk.Agent.Id!.Value);
        await using var warm = new Screens();
        await warm.OpenAsync(Enumerable.Repeat((agent, path), 10), expected);
        var before = await desk.Server.HeapAsync();
        await using var screens = new Screens();
        await screens.OpenAsync(Enumerable.Repeat((agent, path), Count), expected);
        return (await desk.Server.HeapAsync() - before) / Count;
    }

    /// <summary>The agent has 24 leads in each open stage, and one column more than the standard.</summary>
    private static async Task PrepareAsync(BenchDesk desk)
    {
        var (me, team) = (desk.Agent.Id!.Value.Value, desk.Agent.TeamId!.Value.Value);
        var another = desk.Desk.Employees.First(e => e.TeamId == desk.Agent.TeamId && e.Id != desk.Agent.Id && e.Roles == Domain.People.Roles.Agent).Id.Value;
        var open = desk.Desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id.Value).ToList();
        await using var connection = await desk.ConnectAsync();
        await connection.RunAsync($"""UPDATE "Leads" SET "OwnerId" = {another} WHERE "OwnerId" = {me} AND "StageId" IN ({string.Join(", ", open)})""");
        foreach (var stage in open)
        {
            await connection.RunAsync($"""
                UPDATE "Leads" SET "OwnerId" = {me}, "TeamId" = {team}
                WHERE "Id" IN (SELECT "Id" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" = {stage} ORDER BY "Id" LIMIT {CardsInStage})
                """);
        }

        await desk.Get<KeepColumns>().RunAsync(ColumnLayout.Standard.Show("created", true), desk.Agent);
    }
}
