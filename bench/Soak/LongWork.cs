using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Budgets;
using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Soak;

/// <summary>500 open screens of everybody, 30 people who work, a sweep every three seconds with leads that fall due: for minutes.</summary>
public sealed class LongWork(TimeSpan length) : Budget("soak", "many screens and writers for a long time")
{
    private const int Screens = 500;
    private const int Managers = 50;
    private const int Compared = 20;
    private const double SettlingShare = 0.2;

    private static readonly string[] _agentScreens = ["board", "leads", "stale", "board?sort=value", "leads?view=fresh", "leads?sort=-activity", "board?sort=newest", "leads?view=stale", "profile"];
    private static readonly string[] _managerScreens = ["board", "leads", "stale", "approvals", "retired", "assign", "board?sort=value", "leads?status=retired", "leads?sort=-created"];

    private readonly long _start = TimeProvider.System.GetUtcNow().UtcTicks;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var due = 0;
        await using var desk = await CircuitDesk.OpenAsync(store, async d => due = await MakeDueAsync(d), "soak");
        await using var screens = new Circuits.Screens();
        List<Circuit> browsers = [];
        var plan = await PlanAsync(desk);
        await screens.OpenAsync(plan.Skip(Compared), null);
        foreach (var (visitor, path) in plan.Take(Compared))
        {
            browsers.Add(await Circuit.OpenAsync(visitor, path, null, isBrowser: true));
        }

        await desk.Server.AskAsync("work");
        await Task.Delay(length * SettlingShare);
        var (heap, resident) = await RestAsync(desk, screens);
        await desk.Server.AskAsync("watch");
        await desk.Server.AskAsync("work");
        await Task.Delay(length * (1 - SettlingShare));
        var (delay, queue, threads) = (await desk.Server.AskAsync("delay"), await desk.Server.AskAsync("queue"), await desk.Server.AskAsync("threads"));
        var (heapAfter, residentAfter) = await RestAsync(desk, screens);
        var (done, refused, failed, p95, lost) =
            (await desk.Server.AskAsync("done"), await desk.Server.AskAsync("refused"), await desk.Server.AskAsync("failed"), await desk.Server.AskAsync("p95"), await desk.Server.AskAsync("lost"));

        var time = string.Create(CultureInfo.InvariantCulture, $"{length.TotalMinutes:0.#} min");
        yield return new(Name, $"{time}, {Screens} screens: heap at the end against settled", Mega(heapAfter), Mega(heap), heapAfter / heap, 1.1, 1.05);
        yield return new(Name, $"{time}: working set at the end against settled", Mega(residentAfter), Mega(resident), residentAfter / resident, 1.5, 1.2);
        yield return Zero($"{time}: acts that failed, of {done:0} done and {refused:0} refused", failed);
        yield return new(Name, "an act, p95", Times.Say(p95), "", p95, 150, null, "ms");
        yield return Zero("acts said to be done without their history row", lost);
        await using (var connection = await desk.Desk.ConnectAsync())
        {
            async Task<double> CountAsync(string sql) => Convert.ToDouble((await connection.ReadAsync(sql))[0][0], CultureInfo.InvariantCulture);

            var retired = await CountAsync($"""SELECT count(*) FROM "LeadEvents" WHERE "Kind" = {(int)LeadEventKind.Retired} AND "At" > {_start}""");
            yield return new(Name, $"retired by the sweeps, of {due} made to fall due", $"{retired:0}", "", retired, 1, null, "leads", IsLeast: true);
            yield return Zero("leads whose clock is not their ledger's", await CountAsync(WrongClocks));
            yield return Zero("counters that are not the count", await CountAsync(_wrongCounters));
        }

        yield return Zero($"screens closed or broken, of {Screens}", screens.All.Concat(browsers).Count(c => c.Failure is not null));
        yield return Zero($"screens that lack a lead which one opened anew shows, or show one that is nobody's, of {Compared}", await DifferentAsync(desk, plan, browsers));
        yield return new(Name, "longest wait for a thread of the pool", Times.Say(delay), "", delay, 500, 100, "ms");
        yield return new(Name, $"threads of the pool at most; its longest queue {queue:0}", $"{threads:0}", "", threads, 64, null, "threads");
        foreach (var browser in browsers)
        {
            await browser.DisposeAsync();
        }
    }

    private const string WrongClocks = """
        SELECT count(*) FROM "Leads" AS l WHERE coalesce(l."ClockStart", 0) <> coalesce((SELECT e."ClockStart" FROM "LeadEvents" AS e WHERE e."LeadId" = l."Id" ORDER BY e."Id" DESC LIMIT 1), 0)
        """;

    private static readonly string _wrongCounters = $"""
        SELECT count(*) FROM (
            SELECT CASE WHEN "OwnerId" IS NOT NULL THEN "OwnerId" WHEN "RetiredAt" IS NOT NULL THEN {LeadCount.Retired} ELSE {LeadCount.Unassigned} END AS o, coalesce("PoolId", 0) AS p, "StageId" AS s, count(*) AS n
            FROM "Leads" GROUP BY 1, 2, 3) AS real
        FULL OUTER JOIN (SELECT * FROM "LeadCounts" WHERE "Leads" <> 0) AS kept ON kept."OwnerKey" = real.o AND kept."PoolKey" = real.p AND kept."StageId" = real.s
        WHERE coalesce(real.n, 0) <> coalesce(kept."Leads", 0)
        """;

    private TableRow Zero(string what, double count) => new(Name, what, $"{count:0}", "", count, 0, null, "of them");

    private static string Mega(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024 / 1024:0.0} MB");

    /// <summary>With nobody working: what is still needed.</summary>
    private static async Task<(double Heap, double Resident)> RestAsync(CircuitDesk desk, Circuits.Screens screens)
    {
        await desk.Server.AskAsync("rest");
        await Task.Delay(TimeSpan.FromSeconds(10));
        await screens.QuietAsync();
        return (await desk.Server.HeapAsync(), await desk.Server.AskAsync("resident"));
    }

    private static async Task<List<(Visitor Visitor, string Path)>> PlanAsync(CircuitDesk desk)
    {
        var people = new List<Visitor>();
        foreach (var agent in desk.Desk.Desk.Employees.Where(e => e.Roles == Roles.Agent).OrderBy(e => e.Id).Take(40))
        {
            people.Add(await desk.SignInAsync(agent.Id));
        }

        people.Add(await desk.SignInAsync(desk.Desk.Lead.Id!.Value));
        var manager = await desk.SignInAsync(desk.Desk.Manager.Id!.Value);
        return [.. Enumerable.Range(0, Screens).Select(n => n % (Screens / Managers) == 0
            ? (manager, _managerScreens[n / (Screens / Managers) % _managerScreens.Length])
            : (people[n % people.Count], _agentScreens[n / people.Count % _agentScreens.Length] is var path && path == "profile" ? $"leads/{desk.LeadId}" : path))];
    }

    private static async Task<int> DifferentAsync(CircuitDesk desk, IReadOnlyList<(Visitor Visitor, string Path)> plan, IReadOnlyList<Circuit> browsers)
    {
        var different = 0;
        await using var connection = await desk.Desk.ConnectAsync();
        foreach (var (screen, browser) in plan.Zip(browsers))
        {
            await using var fresh = await Circuit.OpenAsync(screen.Visitor, screen.Path, null, isBrowser: true);
            await Task.Delay(TimeSpan.FromSeconds(1));
            var missing = fresh.Page!.Leads().Except(browser.Page!.Leads()).ToList();
            // What came while it was open may stand below what a fresh one shows first.
            var more = browser.Page.Leads().Except(fresh.Page.Leads()).Append("0");
            var unowned = screen.Path.StartsWith("board", StringComparison.Ordinal)
                ? await connection.ReadAsync($"""SELECT "Id" FROM "Leads" WHERE "OwnerId" IS NULL AND "Id" IN ({string.Join(", ", more)})""") : [];
            if (missing.Count + unowned.Count > 0)
            {
                different++;
                Console.Error.WriteLine($"    {screen.Path} lacks {string.Join(' ', missing)} and still shows {string.Join(' ', unowned.Select(u => u[0]))}");
            }
        }

        return different;
    }

    /// <summary>One lead each second falls due with the ledger in step.</summary>
    private async Task<int> MakeDueAsync(BenchDesk desk)
    {
        var stages = string.Join(", ", desk.Desk.Stages.Where(s => s.Retires).Select(s => s.Id.Value));
        await using var connection = await desk.ConnectAsync();
        var leads = await connection.ReadAsync($"""
            SELECT "Id", "ClockStart" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" IN ({stages}) ORDER BY ("Id" * 7919) % 1000003 LIMIT {(int)length.TotalSeconds}
            """);
        var first = (TimeProvider.System.GetUtcNow() - desk.Desk.Policy.Period!.Value).UtcTicks + TimeSpan.FromSeconds(30).Ticks;
        await connection.RunAsync("BEGIN");
        for (var n = 0; n < leads.Count; n++)
        {
            var start = first + (n * TimeSpan.TicksPerSecond);
            await connection.RunAsync($"""UPDATE "LeadEvents" SET "ClockStart" = {start} WHERE "LeadId" = {leads[n][0]} AND "ClockStart" = {leads[n][1]}""");
            await connection.RunAsync($"""UPDATE "Leads" SET "ClockStart" = {start} WHERE "Id" = {leads[n][0]}""");
        }

        await connection.RunAsync("COMMIT");
        return leads.Count;
    }
}
