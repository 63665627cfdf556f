using System.Globalization;
using LeadDesk.Bench.Budgets;
using LeadDesk.Bench.Circuits;
using LeadDesk.Domain.People;

namespace LeadDesk.Bench.Working;

/// <summary>What people do on the screens: open, narrow, sort, search, read on, tick, act, and see what others do.</summary>
internal sealed class Walks(CircuitDesk desk, Actor actor, IReadOnlyList<string> terms)
{
    private const string Rows = "data-lead-id";

    private readonly IReadOnlyList<Employee> _agents =
        [.. desk.Desk.Desk.Employees.Where(e => e.Roles.HasFlag(Roles.Agent) && (actor.MaySeeAllLeads || (e.TeamId is { } team && actor.LeadsTeams.Contains(team))))];

    private bool SeesOthers => actor.MaySeeAllLeads || actor.LeadsTeams.Count > 0;

    public IEnumerable<Walk> All()
    {
        yield return new("board", "board", Rows, [.. Board()]);
        yield return new("list", "leads", Rows, [.. List()]);
        yield return new("search", $"leads?q={terms[0]}", Rows, [.. Search()]);
        yield return new("stale", "stale", "stale-chart", [.. Stale()]);
        if (actor.MaySeeRetired)
        {
            yield return new("retired", "retired", Rows, [.. Retired()]);
        }

        if (actor.MayAssign)
        {
            yield return new("assign", "assign", Rows, [.. Assign()]);
        }
    }

    private IEnumerable<Step> Board()
    {
        yield return Step.Away("leads");
        yield return Step.Go("open", _ => "board");
        yield return Step.Go("one pool", r => $"board?pool={Pool(r)}");
        yield return Step.Go("one source", r => $"board?source={Source(r)}");
        if (SeesOthers)
        {
            yield return Step.Go("one owner", r => $"board?owner={Agent(r)}");
        }

        yield return Step.Go("going stale", _ => "board?view=stale");
        yield return Step.Go("by value", _ => "board?sort=value");
        yield return Step.Go("newest", _ => "board?sort=newest");
        yield return Step.Click("show more", p => p["data-more"] is not null);
        yield return new("move a card", MoveCard, Spoken);
        yield return Others();
    }

    private IEnumerable<Step> List()
    {
        yield return Step.Away("board");
        yield return Step.Go("open", _ => "leads");
        yield return Step.Go("follow-ups", _ => "leads?view=follow-ups");
        yield return Step.Go("fresh", _ => "leads?view=fresh");
        yield return Step.Go("going stale", _ => "leads?view=stale");
        yield return Step.Go("one stage", r => $"leads?stage={desk.Desk.Desk.Stages[r % desk.Desk.Desk.Stages.Count].Id}");
        yield return Step.Go("one source, by value", r => $"leads?source={Source(r)}&sort=-value");
        if (SeesOthers)
        {
            yield return Step.Go("one owner", r => $"leads?owner={Agent(r)}");
        }

        yield return Step.Go("retired", _ => "leads?status=retired");
        foreach (var sort in (string[])["name", "-created", "follow-up", "-activity", "stage", "-value", "left"])
        {
            yield return Step.Go($"by {sort}", _ => $"leads?sort={sort}");
        }

        yield return Scroll("scroll to the middle", 0.5);
        yield return Scroll("scroll to the end", 1);
        yield return new("tick a row", (c, _) => Grid(c) is { } grid && c.Page!.Leads() is [_, ..] leads ? () => c.TellAsync(grid, "Ticked", leads[0], false) : null, Ticked);
        yield return Step.Away("leads?sort=-created");
        yield return Others();
    }

    private IEnumerable<Step> Search()
    {
        yield return Step.Away("leads");
        foreach (var term in terms)
        {
            yield return Step.Go(term, _ => $"leads?q={Uri.EscapeDataString(term)}");
        }

        yield return Step.Go("in one stage", r => $"leads?q={Uri.EscapeDataString(terms[1])}&stage={desk.Desk.Desk.Stages[r % 3].Id}");
        yield return Step.Go("by name", _ => $"leads?q={Uri.EscapeDataString(terms[2])}&sort=name");
        yield return Step.Go("nobody", r => $"leads?q=zzqx{r}");
    }

    private IEnumerable<Step> Stale()
    {
        yield return Step.Away("leads");
        yield return Step.Go("open", _ => "stale");
        if (SeesOthers)
        {
            yield return Step.Go("one agent", r => $"stale?owner={Agent(r)}");
            yield return Step.Go("soonest", _ => "stale?order=soonest");
        }

        yield return Step.Click("show more", p => p.Name == "button" && p.Words.StartsWith("Show more of", StringComparison.Ordinal));
        yield return Step.Away(SeesOthers ? "stale?order=soonest" : "stale");
        yield return Step.Click("open the call form", p => p.Name == "button" && p["aria-expanded"] == "false" && p.Words.Contains("Log call", StringComparison.Ordinal), Form);
        yield return Step.Click("choose the outcome", p => p.Parent?["class"] == "outcomes" && p.Name == "button", Pressed);
        yield return Step.Click("save the call", p => p["class"] == "ld-btn primary" && p.Words.Contains("Save call", StringComparison.Ordinal));
    }

    private IEnumerable<Step> Retired()
    {
        yield return Step.Away("leads");
        yield return Step.Go("open", _ => "retired");
        yield return Step.Go("oldest", _ => "retired?sort=oldest");
        yield return Step.Go("by value", _ => "retired?sort=value");
        yield return Step.Go("longest quiet", _ => "retired?sort=quiet");
        yield return Step.Go("who had it", r => $"retired?had={Agent(r)}");
        yield return Step.Go("one pool", r => $"retired?pool={Pool(r)}");
        yield return Step.Go("one stage", r => $"retired?stage={desk.Desk.Desk.Stages[r % 3].Id}");
        yield return Step.Go("last week", _ => "retired?since=7d");
        yield return Step.Go("search", r => $"retired?q={Uri.EscapeDataString(terms[1 + (r % 2)])}");
        yield return Step.Away("retired");
        yield return More("retired-list");
        if (actor.MayAssign)
        {
            yield return Step.Away("retired?sort=oldest");
            yield return TickFive("retired-list");
            yield return Step.Raise("choose who gets them", p => p["name"] == "receiver" && p["checked"] is null, "change", new { value = "on" }, page => page.ByTestId("takes")?.Words ?? "");
            yield return Step.Click("reassign them", p => p["data-key"] == "ctrl+enter");
        }
    }

    private IEnumerable<Step> Assign()
    {
        yield return Step.Away("leads");
        yield return Step.Go("open", _ => "assign");
        yield return Step.Go("one employee", r => $"assign?to={Agent(r)}");
        yield return Step.Go("one pool", r => $"assign?pool={Pool(r)}");
        yield return Step.Go("one source", r => $"assign?source={Source(r)}");
        yield return Step.Go("oldest first", _ => "assign?order=oldest");
        yield return Step.Go("search", r => $"assign?q={Uri.EscapeDataString(terms[1 + (r % 2)])}");
        yield return Step.Away("assign");
        yield return More("waiting-list");
        yield return new("to an employee of the pool", (c, r) => () => c.GoAsync($"assign?to={Agent(r)}"), page => page.ByTestId("holds")?.Parent?.Parent?.Words ?? "");
        yield return TickFive("waiting-list");
        yield return Step.Click("assign them", p => p["data-key"] == "ctrl+enter");
    }

    private static Func<Task>? MoveCard(Circuit circuit, int round)
    {
        var columns = circuit.Page!.All().Where(p => p["data-stage"] is not null && p["class"]!.StartsWith("col", StringComparison.Ordinal)).ToList();
        var full = columns.Where(c => c.All.Any(p => p[Rows] is not null)).ToList();
        if (full.Count == 0)
        {
            return null;
        }

        var from = full[round % full.Count];
        var (lead, to) = (from.All.First(p => p[Rows] is not null)[Rows], columns[(columns.IndexOf(from) + 1) % columns.Count]["data-stage"]);
        return () => circuit.TellAsync(circuit.Page!.Find(p => p["class"] == "lead-board")!, "Dropped", lead, to);
    }

    private static Step Scroll(string what, double share) => new(what, (circuit, _) =>
    {
        var extent = int.Parse(Grid(circuit)?["data-extent"] ?? "0", CultureInfo.InvariantCulture);
        return extent > 150 ? () => circuit.TellAsync(Grid(circuit)!, "Viewed", (int)((extent - 25) * share), 20) : null;
    });

    /// <summary>The end of the rows comes near.</summary>
    private static Step More(string list) => new("read on", (circuit, _) =>
        circuit.Page!.ByTestId(list) is { } table && table.All.Any(p => p["data-edge"] == "end") ? () => circuit.TellAsync(table, "EdgeSeen", "end") : null);

    private static Step TickFive(string list) => new("tick five", (circuit, _) =>
        circuit.Page!.ByTestId(list) is { } table && table.All.Select(p => p[Rows]).OfType<string>().Take(5).ToList() is [_, ..] leads ? () => circuit.TellAsync(table, "RangeActed", leads[0], leads[^1]) : null, Ticked);

    /// <summary>A manager elsewhere puts a tag on the first lead that is shown, or takes it off.</summary>
    private Step Others() => new("another's act", (circuit, _) => circuit.Page!.Leads() is [var first, ..] ? () => desk.ChangeAsync(long.Parse(first, CultureInfo.InvariantCulture)) : null,
        page => page.Find(p => p[Rows] is not null) is { } row ? row["class"] + row.Words : "");

    private static Piece? Grid(Circuit circuit) => circuit.Page!.ByTestId("grid");

    private static string Spoken(Page page) => page.ByTestId("region")?.Words + string.Join(' ', page.Leads());

    private static string Ticked(Page page) => string.Join(' ', page.All().Where(p => p["aria-selected"] == "true").Select(p => p[Rows]));

    private static string Form(Page page) => page.Find(p => p["class"] == "spot") is null ? "" : "open";

    private static string Pressed(Page page) => string.Concat(page.All().Where(p => p.Parent?["class"] == "outcomes").Select(p => p["aria-pressed"]));

    private string Pool(int round) => desk.Desk.Desk.Pools[round % desk.Desk.Desk.Pools.Count].Id.ToString();

    private string Source(int round) => desk.Desk.Desk.Sources[round % desk.Desk.Desk.Sources.Count].Id.ToString();

    private string Agent(int round) => _agents[round % _agents.Count].Id.ToString();
}
