using LeadDesk.App.Board;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Budgets;

/// <summary>Everything a board reads to open, for each role and order; the worst is named.</summary>
public sealed class BoardOpen() : Budget("4", "board open, large against small")
{
    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var (large, small) = (await store.ReadAsync(store.Options.Leads), await store.ReadAsync(store.Options.Small));
        TableRow? worst = null;
        foreach (var (role, n) in large.Roles.Select((r, n) => (r, n)))
        {
            foreach (var sort in Enum.GetValues<BoardSort>())
            {
                var filter = new BoardFilter { Sort = sort };
                var times = await Measure.TogetherAsync([() => OpenAsync(large, filter, role.Actor), () => OpenAsync(small, filter, small.Roles[n].Actor)]);
                var row = Ratio($"board open ({role.Word}, {sort}): {store.Options.Leads:N0} against {store.Options.Small:N0} leads", times[0], times[1], 2, 1.2);
                worst = worst is null || row.Ratio > worst.Ratio ? row : worst;
            }
        }

        yield return worst!;
    }

    private static async Task OpenAsync(BenchDesk desk, BoardFilter filter, Actor actor)
    {
        desk.ForgetAnswers();
        Func<Task<IReadOnlySet<StageId>>> untouched = () => Task.FromResult<IReadOnlySet<StageId>>(new HashSet<StageId>());
        using var board = desk.Make<OpenBoard>(untouched);
        await board.ReadAsync(filter, actor, desk.Desk);
    }
}
