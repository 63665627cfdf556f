using System.Data.Common;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Budgets;

/// <summary>Every view of the lead list in every order, at its beginning, in its middle and at its end, for each role; the worst is named.</summary>
public sealed class Lists() : Budget("3", "every list, order, page and role")
{
    private const double Slow = 150;

    private static readonly TimeSpan _each = TimeSpan.FromMilliseconds(400);

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var (large, small) = (await store.ReadAsync(store.Options.Leads), await store.ReadAsync(store.Options.Small));
        await using var connection = await large.ConnectAsync();
        List<(TableRow Row, double Ms)> bySql = [], bySize = [];
        foreach (var asked in Questions(large).Zip(Questions(small)))
        {
            var (here, there) = asked;
            var (place, size) = (await here.PlaceAsync(), await there.PlaceAsync());
            var byHand = new ListByHand(connection, large, here.Filter, here.Order, here.Actor);
            var times = await Measure.TogetherAsync([() => here.ReadAsync(place), () => byHand.ReadAsync(place), () => there.ReadAsync(size)], warm: 2, runs: 9, _each);
            if (times[0].Median > Slow)
            {
                Console.Error.WriteLine($"    slow: {here}: {times[0]} (by hand {times[1]}, small {times[2]})");
            }

            bySql.Add((Ratio($"list, worst against hand-written SQL: {here}", times[0], times[1], 3, 1.5), times[0].Median));
            bySize.Add((Ratio($"list, worst against {store.Options.Small:N0} leads: {here}", times[0], times[2], 3, 1.2), times[0].Median));
        }

        yield return bySql.MaxBy(r => r.Row.Ratio).Row;
        yield return bySize.MaxBy(r => r.Row.Ratio).Row;
        var slowest = bySql.MaxBy(r => r.Ms);
        yield return new(Name, slowest.Row.Work.Replace("worst against hand-written SQL", "slowest page", StringComparison.Ordinal), slowest.Row.Figure, "", slowest.Ms, 150, null, "ms");
        foreach (var row in bySql.Concat(bySize).OrderByDescending(r => r.Row.Ratio / r.Row.Must).Take(12))
        {
            Console.Error.WriteLine($"    {row.Row}");
        }
    }

    private static IEnumerable<Question> Questions(BenchDesk desk) =>
        from role in desk.Roles
        from view in Enum.GetValues<LeadView>()
        from sort in Enum.GetValues<LeadSort>()
        from falls in new[] { false, true }
        from page in Enum.GetValues<Page>()
        select new Question(desk, role.Word, role.Actor, new LeadFilter { View = view }, new ListOrder(sort, falls), page);

    private enum Page
    {
        First,
        Middle,
        Last,
    }

    private sealed record Question(BenchDesk Desk, string Role, Actor Actor, LeadFilter Filter, ListOrder Order, Page Page)
    {
        /// <summary>As far as the scrollbar goes.</summary>
        public async Task<int> PlaceAsync()
        {
            if (Page is Page.First)
            {
                return 0;
            }

            var count = (await Desk.Get<LeadListQuery>().CountAsync(Filter, Actor)).Matching.Count;
            var reachable = Math.Min(count, LeadListQuery.CountLimit);
            return Math.Max(0, Page is Page.Middle ? (reachable - OpenList.Page) / 2 : reachable - OpenList.Page);
        }

        public Task ReadAsync(int place) => Desk.Get<LeadListQuery>().AtAsync(Filter, Order, place, OpenList.Page, Actor);

        public override string ToString() => $"{Role}, {Filter.View}, {Order.Word}, {Page}";
    }

    /// <summary>The same page with its tags and waiting requests, order by order as the indexes have it.</summary>
    private sealed class ListByHand(DbConnection connection, BenchDesk desk, LeadFilter filter, ListOrder order, Actor actor)
    {
        private const string Columns = """
            "Id", "Name", "Company", "Email", "Phone", "ExternalId", "SortName", "StageId", "ClockStart", "LastActivityAt", "LastActivityKind", "FollowUpOn", "FollowUpAt",
            "OwnerId", "PoolId", "SourceId", "ValueMinor", "CreatedAt", "IsFresh", "TimesRetired", "RetiredAt", "RetiredFromId", "DoNotCall", "CallTagId"
            """;

        private readonly Dictionary<string, DbCommand> _commands = [];

        public async Task ReadAsync(int place)
        {
            var (left, skip) = (OpenList.Page, place);
            var ids = new List<object>();
            foreach (var (where, by) in Segments())
            {
                var condition = string.Join(" AND ", new[] { Scope(), View(), where }.Where(c => c.Length > 0).DefaultIfEmpty("1 = 1"));
                var rows = await Command($"""SELECT {Columns} FROM "Leads" WHERE {condition} ORDER BY {by} LIMIT @take OFFSET @skip""", "@take", "@skip").With(left, skip).RowsAsync();
                ids.AddRange(rows.Select(r => r[0]));
                left -= rows.Count;
                if (left == 0)
                {
                    break;
                }

                skip = rows.Count > 0 || skip == 0 ? 0 : skip - (int)await Command($"""SELECT count(*) FROM "Leads" WHERE {condition}""").NumberAsync();
            }

            if (ids.Count > 0)
            {
                var list = string.Join(", ", ids);
                await connection.ReadAsync($"""SELECT "LeadId", "TagId" FROM "LeadTags" WHERE "LeadId" IN ({list})""");
                await connection.ReadAsync($"""SELECT "LeadId", "TagId", "PutsOn" FROM "Requests" WHERE "State" = 1 AND "LeadId" IN ({list})""");
            }
        }

        private DbCommand Command(string sql, params string[] parameters) =>
            _commands.TryGetValue(sql, out var known) ? known : _commands[sql] = connection.Prepared(sql, parameters);

        private string Scope() => actor switch
        {
            { MaySeeAllLeads: true } => "",
            { LeadsTeams: [var team] } => $"""("TeamId" = {team.Value} OR ("RetiredFromTeamId" = {team.Value} AND "RetiredAt" IS NOT NULL) OR "OwnerId" = {actor.Id!.Value.Value})""",
            _ => $"\"OwnerId\" = {actor.Id!.Value.Value}",
        };

        private string View()
        {
            var now = desk.Clock.GetUtcNow();
            var date = desk.Provider is DatabaseProvider.Postgres ? "DATE " : "";
            return filter.View switch
            {
                LeadView.Fresh => "\"IsFresh\"",
                LeadView.FollowUps => $"\"OwnerId\" IS NOT NULL AND \"FollowUpOn\" <= {date}'{now:yyyy-MM-dd}'",
                LeadView.GoingStale => $"\"OwnerId\" IS NOT NULL AND \"ClockStart\" <= {desk.Desk.Policy.StaleCutoffAt(now)!.Value.UtcTicks} AND \"StageId\" IN ({Retiring()})",
                _ => "",
            };
        }

        private string Retiring() => string.Join(", ", desk.Desk.Stages.Where(s => s.Retires).Select(s => s.Id.Value));

        private IEnumerable<(string Where, string By)> Segments()
        {
            var way = order.Descending ? " DESC" : "";
            return order.By switch
            {
                LeadSort.Name => [("", $"\"SortName\"{way}, \"Id\"{way}")],
                LeadSort.Created => [("", $"\"CreatedAt\"{way}, \"Id\"{way}")],
                LeadSort.TimeLeft =>
                [
                    ($"\"ClockStart\" IS NOT NULL AND \"StageId\" IN ({Retiring()})", $"\"ClockStart\"{way}, \"Id\"{way}"),
                    ($"(\"ClockStart\" IS NULL OR \"StageId\" NOT IN ({Retiring()}))", "\"Id\" DESC"),
                ],
                LeadSort.FollowUp => [("\"FollowUpOn\" IS NOT NULL", $"\"FollowUpOn\"{way}, coalesce(\"FollowUpAt\", '00:00:00'){way}, \"Id\"{way}"), ("\"FollowUpOn\" IS NULL", "\"Id\" DESC")],
                LeadSort.LastActivity => [("\"LastActivityAt\" IS NOT NULL", $"\"LastActivityAt\"{way}, \"Id\"{way}"), ("\"LastActivityAt\" IS NULL", "\"Id\" DESC")],
                LeadSort.Value => [("\"ValueMinor\" IS NOT NULL", $"\"ValueMinor\"{way}, \"Id\"{way}"), ("\"ValueMinor\" IS NULL", "\"Id\" DESC")],
                LeadSort.Stage => (order.Descending ? desk.Desk.Stages.Reverse() : desk.Desk.Stages).Select(s => ($"\"StageId\" = {s.Id.Value}", "\"Id\" DESC")),
                _ => throw new NotSupportedException(order.By.ToString()),
            };
        }
    }
}
