using CsCheck;
using LeadDesk.App.Ui;

namespace LeadDesk.Tests.Ui;

public sealed class CountdownTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 14, 12, 0, TimeSpan.Zero);
    private static readonly Countdown Week = new(Start, Start.AddDays(14.0 / 3), Start.AddDays(6), Start.AddDays(7));

    [Theory]
    [InlineData(0, TimeStep.Plenty)]
    [InlineData(2.3, TimeStep.Plenty)]
    [InlineData(2.4, TimeStep.Ok)]
    [InlineData(4.6, TimeStep.Ok)]
    [InlineData(4.7, TimeStep.Old)]
    [InlineData(5.999, TimeStep.Old)]
    [InlineData(6, TimeStep.Stale)]
    [InlineData(6.999, TimeStep.Stale)]
    [InlineData(7, TimeStep.Due)]
    [InlineData(9, TimeStep.Due)]
    public void Each_step_begins_at_its_instant(double days, TimeStep step) => Assert.Equal(step, Week.StepAt(Start.AddDays(days)));

    [Fact]
    public void A_warning_window_over_a_third_skips_getting_old()
    {
        var half = Week with { StaleFrom = Start.AddDays(3.5) };

        Assert.DoesNotContain(TimeStep.Old, Enumerable.Range(0, 168).Select(h => half.StepAt(Start.AddHours(h))));
    }

    [Fact]
    public void Time_only_ever_runs_out() => Gen.Select(Gen.Double[0, 8], Gen.Double[0, 8]).Sample((a, b) =>
    {
        var (sooner, later) = (Start.AddDays(Math.Min(a, b)), Start.AddDays(Math.Max(a, b)));
        Assert.True(Week.StepAt(sooner) <= Week.StepAt(later));
        Assert.True(Week.ShareAt(sooner) >= Week.ShareAt(later));
        Assert.InRange(Week.ShareAt(sooner), 0, 1);
    });
}
