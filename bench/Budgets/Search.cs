using System.Data.Common;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Budgets;

/// <summary>
/// The newest fifty leads in a person's scope that hold a term with one, few and almost all leads as hits. By hand: the index and the lead's own text, or the
/// newest leads one by one, whichever is faster.
/// </summary>
public sealed class Search() : Budget("5", "search in the person's scope, newest first")
{
    private const string Columns = """l."Id", l."Name", l."Company", l."SortName", l."StageId", l."ClockStart", l."LastActivityAt", l."FollowUpOn", l."OwnerId", l."PoolId", l."ValueMinor", l."CreatedAt" """;

    private static readonly string[] _candidates =
        ["lena fischer", "lena", "fischer", "lindqvist", "jonas weber", "leipzig", "atelier moreau", "bodegas", "moreau", "lis", "quinta barros", "petrescu med"];

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var desk = await store.ReadAsync(store.Options.Leads);
        await using var connection = await desk.ConnectAsync();
        var few = await NearestAsync(connection, Math.Max(2, store.Options.Leads / 1_000));
        TableRow? worst = null;
        foreach (var (term, word) in new[] { (await OnlyOneAsync(connection), "1 hit"), (few.Term, $"{few.Hits:N0} hits"), ("example", "almost all hits") })
        {
            foreach (var (role, actor) in desk.Roles)
            {
                var filter = new LeadFilter { Search = term };
                var times = await Measure.TogetherAsync(
                    [
                        () => desk.Get<LeadListQuery>().AtAsync(filter, ListOrder.StandardOf(filter), 0, OpenList.Page, actor),
                        () => ReadAsync(connection, ByIndex(desk, term, actor)),
                        () => ReadAsync(connection, ByWalk(desk, term, actor)),
                    ], warm: 2, runs: 15);
                var byHand = times[1].Median < times[2].Median ? times[1] : times[2];
                var row = Ratio($"search, worst: {word}, {role}, against the raw index query", times[0], byHand, 2, 1.3);
                worst = worst is null || row.Ratio > worst.Ratio ? row : worst;
            }
        }

        yield return worst!;
    }

    private static async Task ReadAsync(DbConnection connection, string sql)
    {
        var rows = await connection.ReadAsync(sql);
        if (rows.Count > 0)
        {
            var list = string.Join(", ", rows.Select(r => r[0]));
            await connection.ReadAsync($"""SELECT "LeadId", "TagId" FROM "LeadTags" WHERE "LeadId" IN ({list})""");
            await connection.ReadAsync($"""SELECT "LeadId", "TagId", "PutsOn" FROM "Requests" WHERE "State" = 1 AND "LeadId" IN ({list})""");
        }
    }

    private static string ByIndex(BenchDesk desk, string term, Actor actor)
    {
        var spaced = term.Replace(" ", "  ", StringComparison.Ordinal);
        var grams = string.Join(" AND ", Enumerable.Range(0, spaced.Length - 2).Select(i => $"\"{spaced.Substring(i, 3)}\"").Distinct());
        var hits = desk.Provider is DatabaseProvider.Postgres
            ? $"""SELECT "LeadId" FROM "LeadSearch" WHERE "Text" LIKE '%{spaced}%'"""
            : $"""SELECT rowid FROM "LeadSearch" WHERE "LeadSearch" MATCH '{grams}'""";
        return $"""
            SELECT {Columns} FROM "Leads" AS l WHERE l."Id" IN ({hits}) AND {Scope(actor)} AND {Holds(desk, term)} ORDER BY l."CreatedAt" DESC, l."Id" DESC LIMIT {OpenList.Page}
            """;
    }

    private static string ByWalk(BenchDesk desk, string term, Actor actor) =>
        $"""SELECT {Columns} FROM "Leads" AS l WHERE {Scope(actor)} AND {Holds(desk, term)} ORDER BY l."CreatedAt" DESC, l."Id" DESC LIMIT {OpenList.Page}""";

    private static string Holds(BenchDesk desk, string term) =>
        desk.Provider is DatabaseProvider.Postgres ? $"position('{term}' IN l.\"SearchText\") > 0" : $"instr(l.\"SearchText\", '{term}') > 0";

    private static string Scope(Actor actor) => actor switch
    {
        { MaySeeAllLeads: true } => "1 = 1",
        { LeadsTeams: [var team] } => $"""(l."TeamId" = {team.Value} OR (l."RetiredFromTeamId" = {team.Value} AND l."RetiredAt" IS NOT NULL) OR l."OwnerId" = {actor.Id!.Value.Value})""",
        _ => $"l.\"OwnerId\" = {actor.Id!.Value.Value}",
    };

    private static async Task<string> OnlyOneAsync(DbConnection connection) =>
        ((string)(await connection.ReadAsync("""SELECT "Email" FROM "Leads" WHERE "Email" IS NOT NULL AND "OwnerId" IS NOT NULL ORDER BY "Id" DESC LIMIT 1"""))[0][0]).ToLowerInvariant();

    private static async Task<(string Term, int Hits)> NearestAsync(DbConnection connection, int wanted)
    {
        var counted = new List<(string Term, int Hits)>();
        foreach (var term in _candidates)
        {
            await using var count = connection.Prepared($"""SELECT count(*) FROM "Leads" WHERE "SearchText" LIKE '%{term}%'""");
            counted.Add((term, (int)await count.NumberAsync()));
        }

        return counted.Where(c => c.Hits > 0).MinBy(c => Math.Abs(c.Hits - wanted));
    }
}
