namespace LeadDesk.App.Ui;

/// <summary>By which rule clocks run, for whoever reads a countdown.</summary>
public static class ClockRule
{
    /// <param name="period">In force now; none while retirement is off.</param>
    public static string Short(TimeSpan? period) => period is { } p ? $"period {TimeWords.Left(p)}" : "retirement is off";

    /// <summary>Stands on the list, the board or the page as data-rule: time.js says it with each countdown.</summary>
    public static string InFull(TimeSpan? period) => period is { } p
        ? $"The period is {TimeWords.LeftInFull(p)}. A comment, a call, a call tag or another stage starts it again."
        : "Retirement is off. No lead has a clock.";
}
