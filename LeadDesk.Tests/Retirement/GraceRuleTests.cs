using CsCheck;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Tests.Retirement;

/// <summary>A changed period: saved on Tuesday noon, in force a day later, on Wednesday noon; a longer one or "off" at once.</summary>
public sealed class GraceRuleTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Wednesday = Tuesday.AddDays(1);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly RetirementPolicy SevenDays = new(7 * Day, Day);
    private static readonly RetirementPolicy ThreeDaysFromWednesday = SevenDays.Change(3 * Day, Day, Day, Tuesday);

    [Fact]
    public void Until_then_the_old_period_is_in_force_and_from_then_on_the_new_one()
    {
        Assert.Equal(7 * Day, ThreeDaysFromWednesday.PeriodAt(Wednesday - TimeSpan.FromTicks(1)));
        Assert.Equal(3 * Day, ThreeDaysFromWednesday.PeriodAt(Wednesday));
    }

    [Fact]
    public void A_lead_whose_old_moment_comes_before_retires_at_its_old_moment()
    {
        var start = Wednesday - TimeSpan.FromMinutes(1) - (7 * Day);

        Assert.Equal((Wednesday - TimeSpan.FromMinutes(1), 7 * Day), ThreeDaysFromWednesday.MomentFor(start, Tuesday));
    }

    [Fact]
    public void A_lead_whose_old_moment_is_exactly_then_retires_by_the_new_period_then() =>
        Assert.Equal((Wednesday, 3 * Day), ThreeDaysFromWednesday.MomentFor(Wednesday - (7 * Day), Tuesday));

    [Fact]
    public void A_lead_that_is_over_the_new_period_already_has_until_then() =>
        Assert.Equal((Wednesday, 3 * Day), ThreeDaysFromWednesday.MomentFor(Tuesday - (5 * Day), Tuesday));

    [Fact]
    public void A_lead_that_has_time_left_by_the_new_period_has_all_of_it() =>
        Assert.Equal((Tuesday.AddDays(2), 3 * Day), ThreeDaysFromWednesday.MomentFor(Tuesday - Day, Tuesday));

    [Fact]
    public void The_moment_that_was_told_before_is_the_moment_it_happens()
    {
        foreach (var hours in Enumerable.Range(0, 200))
        {
            var start = Tuesday.AddHours(-hours);
            var told = ThreeDaysFromWednesday.MomentFor(start, Tuesday)!.Value.RetiresAt;

            if (told >= Tuesday)
            {
                Assert.False(InactivityClock.IsDue(ThreeDaysFromWednesday, start, true, told - TimeSpan.FromTicks(1)));
                Assert.True(InactivityClock.IsDue(ThreeDaysFromWednesday, start, true, told));
            }
        }
    }

    [Fact]
    public void A_longer_period_is_in_force_at_once()
    {
        var longer = SevenDays.Change(10 * Day, Day, Day, Tuesday);

        Assert.Equal(10 * Day, longer.PeriodAt(Tuesday));
        Assert.Equal(Tuesday - (10 * Day), longer.CutoffAt(Tuesday));
        Assert.Equal((Tuesday.AddDays(4), 10 * Day), longer.MomentFor(Tuesday - (6 * Day), Tuesday));
    }

    [Fact]
    public void Off_is_in_force_at_once_and_then_nothing_retires()
    {
        var off = SevenDays.Change(null, Day, Day, Tuesday);

        Assert.Null(off.PeriodAt(Tuesday));
        Assert.Null(off.CutoffAt(Tuesday.AddYears(1)));
        Assert.Null(off.MomentFor(Tuesday.AddYears(-1), Tuesday));
    }

    [Fact]
    public void Switched_on_again_a_lead_that_sat_for_a_month_has_the_grace_period()
    {
        var on = SevenDays.Change(null, Day, Day, Tuesday.AddDays(-30)).Change(7 * Day, Day, Day, Tuesday);

        Assert.Null(on.CutoffAt(Wednesday - TimeSpan.FromTicks(1)));
        Assert.Equal((Wednesday, 7 * Day), on.MomentFor(Tuesday.AddDays(-30), Tuesday));
    }

    [Fact]
    public void Saved_again_within_the_grace_period_the_old_one_stays_in_force_until_the_later_end()
    {
        var again = ThreeDaysFromWednesday.Change(2 * Day, Day, Day, Tuesday.AddHours(6));

        Assert.Equal(7 * Day, again.PeriodAt(Wednesday));
        Assert.Equal(2 * Day, again.PeriodAt(Wednesday.AddHours(6)));
    }

    [Fact]
    public void Taken_back_within_the_grace_period_nothing_waits_any_more()
    {
        var back = ThreeDaysFromWednesday.Change(7 * Day, Day, Day, Tuesday.AddHours(6));

        Assert.Null(back.InForceFrom);
        Assert.Equal(7 * Day, back.PeriodAt(Wednesday.AddDays(3)));
    }

    [Fact]
    public void Another_window_alone_moves_no_lead()
    {
        var window = SevenDays.Change(7 * Day, 2 * Day, Day, Tuesday);

        Assert.Equal(SevenDays.MomentFor(Tuesday, Tuesday), window.MomentFor(Tuesday, Tuesday));
        Assert.Equal(2 * Day, window.WindowFor(7 * Day));
    }

    [Fact]
    public void The_window_is_cut_to_half_of_the_period_that_decides_over_the_lead()
    {
        var policy = SevenDays.Change(Day, Day, Day, Tuesday);

        Assert.Equal(Wednesday - (Day / 2), InactivityClock.Read(policy, Tuesday - (3 * Day), true, Tuesday)!.Value.StaleFrom);
    }

    /// <summary>However often and however close together the period was changed.</summary>
    [Fact]
    public void The_moment_of_each_lead_and_the_one_cutoff_agree_at_any_instant() =>
        Gen.Select(Gen.Select(Gen.Int[0, 10], Gen.Int[1, 40]).Array[0, 5], Gen.Int[-400, 0], Gen.Int[0, 400]).Sample((changes, startHours, laterHours) =>
        {
            var (policy, saved) = (SevenDays, Tuesday);
            foreach (var (days, hoursLater) in changes)
            {
                saved = saved.AddHours(hoursLater);
                policy = policy.Change(days == 0 ? null : days * Day, Day, Day, saved);
            }

            var (start, asOf) = (Tuesday.AddHours(startHours), saved.AddHours(laterHours));
            var moment = policy.MomentFor(start, asOf)?.RetiresAt;

            Assert.Equal(moment <= asOf, start <= policy.CutoffAt(asOf));
        }, iter: 20_000);
}
