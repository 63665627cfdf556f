using System.Globalization;

namespace LeadDesk.App.Ui;

/// <summary>The instants a countdown is painted from. The domain decides them; this only compares.</summary>
/// <param name="Start">When the clock started.</param>
/// <param name="OldFrom">From when it shows as getting old.</param>
/// <param name="StaleFrom">From when it is going stale.</param>
/// <param name="Due">When the time is up.</param>
public readonly record struct Countdown(DateTimeOffset Start, DateTimeOffset OldFrom, DateTimeOffset StaleFrom, DateTimeOffset Due)
{
    public TimeStep StepAt(DateTimeOffset now) =>
        now >= Due ? TimeStep.Due
        : now >= StaleFrom ? TimeStep.Stale
        : now >= OldFrom ? TimeStep.Old
        : ShareAt(now) > 2.0 / 3 ? TimeStep.Plenty
        : TimeStep.Ok;

    /// <summary>The share of the whole that is left, 0 to 1.</summary>
    public double ShareAt(DateTimeOffset now) => Due <= Start ? 0 : Math.Clamp((Due - now) / (Due - Start), 0, 1);

    /// <summary>All four for a lean <c>data-clock</c>; js/time.js counts with them, and says when it is due in the zone of the nearest <c>data-zone</c>.</summary>
    public string Stamps => string.Create(
        CultureInfo.InvariantCulture,
        $"{Start.ToUnixTimeMilliseconds()} {OldFrom.ToUnixTimeMilliseconds()} {StaleFrom.ToUnixTimeMilliseconds()} {Due.ToUnixTimeMilliseconds()}");

    /// <summary>The step as markup carries it in data-step.</summary>
    public static string Word(TimeStep step) => step switch
    {
        TimeStep.Plenty => "plenty",
        TimeStep.Ok => "ok",
        TimeStep.Old => "old",
        TimeStep.Stale => "stale",
        TimeStep.Due => "due",
    };
}
