using LeadDesk.Bench.Circuits;

namespace LeadDesk.Bench.Working;

/// <summary>One thing that a person does on a screen, again each round.</summary>
/// <param name="Act">Finds what to do it to; none where there is nothing left.</param>
/// <param name="Look">What its answer changes; without it, which leads are shown.</param>
/// <param name="IsCounted">Not where it only leads to the next.</param>
internal sealed record Step(string What, Func<Circuit, int, Func<Task>?> Act, Func<Page, string>? Look = null, bool IsCounted = true)
{
    public static Step Go(string what, Func<int, string> path) => new(what, (circuit, round) => () => circuit.GoAsync(path(round)));

    public static Step Away(string path) => new("away", (circuit, _) => () => circuit.GoAsync(path), IsCounted: false);

    /// <summary>An event of the first element that is such.</summary>
    public static Step Raise(string what, Func<Piece, bool> on, string name, object args, Func<Page, string>? look = null) =>
        new(what, (circuit, _) => circuit.Page!.Find(p => on(p) && p.Handler("on" + name) is not null && p["disabled"] is null) is { } element ? () => circuit.RaiseAsync(element, name, args) : null, look);

    public static Step Click(string what, Func<Piece, bool> on, Func<Page, string>? look = null) => Raise(what, on, "click", new { type = "click", detail = 1 }, look);
}

/// <param name="Path">Where the screen is opened.</param>
/// <param name="Shows">What is rendered when its rows are there.</param>
internal sealed record Walk(string Screen, string Path, string Shows, IReadOnlyList<Step> Steps);
