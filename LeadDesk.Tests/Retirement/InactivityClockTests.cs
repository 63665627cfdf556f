using CsCheck;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;
using static LeadDesk.Domain.Retirement.ClockVerdict;

namespace LeadDesk.Tests.Retirement;

public sealed class InactivityClockTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);
    private static readonly RetirementPolicy SevenDays = new(TimeSpan.FromDays(7), TimeSpan.FromDays(1));

    /// <summary>What each kind does to the clock of an owned lead, in the order of the causes: person, bulk, workflow, import, system, program.</summary>
    private static readonly Dictionary<LeadEventKind, ClockVerdict[]> Verdicts = new()
    {
        [LeadEventKind.Assigned] = [NewOwner, NewOwner, NewOwner, NewOwner, NewOwner, NewOwner],
        [LeadEventKind.Reassigned] = [NewOwner, NewOwner, NewOwner, NewOwner, NewOwner, NewOwner],
        [LeadEventKind.Created] = [NewOwner, NewOwner, NewOwner, NewOwner, NewOwner, NewOwner],
        [LeadEventKind.Retired] = [Ended, Ended, Ended, Ended, Ended, Ended],
        [LeadEventKind.Unassigned] = [Ended, Ended, Ended, Ended, Ended, Ended],
        [LeadEventKind.Commented] = [Restarted, Bulk, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.StageChanged] = [Restarted, Bulk, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.Called] = [Restarted, Bulk, NotAPerson, Import, NotAPerson, Restarted],
        [LeadEventKind.CallTagApplied] = [Restarted, Bulk, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.Tagged] = [TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity],
        [LeadEventKind.Untagged] = [TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity, TagIsNoActivity],
        [LeadEventKind.FollowUpSet] = [PlanIsNoActivity, PlanIsNoActivity, PlanIsNoActivity, PlanIsNoActivity, PlanIsNoActivity, PlanIsNoActivity],
        [LeadEventKind.DetailsEdited] = [EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity],
        [LeadEventKind.PoolChanged] = [EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity, EditIsNoActivity],
        [LeadEventKind.Released] = [NotAPerson, NotAPerson, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.AlsoSeenFrom] = [NotAPerson, NotAPerson, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.TagRequested] = [RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity],
        [LeadEventKind.RequestRejected] = [RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity],
        [LeadEventKind.RequestWithdrawn] = [RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity],
        [LeadEventKind.RequestClosed] = [RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity, RequestIsNoActivity],
        [LeadEventKind.Nudged] = [NudgeIsNoActivity, NudgeIsNoActivity, NudgeIsNoActivity, NudgeIsNoActivity, NudgeIsNoActivity, NudgeIsNoActivity],
        [LeadEventKind.Warned] = [NotAPerson, NotAPerson, NotAPerson, Import, NotAPerson, NotAPerson],
        [LeadEventKind.SweepDropped] = [StartedAnew, StartedAnew, StartedAnew, StartedAnew, StartedAnew, StartedAnew],
    };

    private static readonly LeadEventKind[] Activities = [LeadEventKind.Commented, LeadEventKind.StageChanged, LeadEventKind.Called, LeadEventKind.CallTagApplied];

    public static TheoryData<LeadEventKind> Kinds => [.. Enum.GetValues<LeadEventKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public void Every_kind_of_event_by_every_cause_has_one_verdict(LeadEventKind kind)
    {
        Assert.True(Verdicts.TryGetValue(kind, out var expected), $"{kind} needs its row here.");

        Assert.Equal(expected, Enum.GetValues<Cause>().Select(cause => InactivityClock.Judge(kind, cause, hasOwner: true)));
    }

    [Fact]
    public void Only_what_a_person_does_to_one_lead_starts_its_clock_again_and_a_program_only_by_calls()
    {
        var started = from kind in Enum.GetValues<LeadEventKind>()
                      from cause in Enum.GetValues<Cause>()
                      where InactivityClock.Judge(kind, cause, hasOwner: true) is Restarted
                      select (kind, cause);

        Assert.Equal(Activities.Select(kind => (kind, Cause.Person)).Append((LeadEventKind.Called, Cause.Program)).Order(), started.Order());
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Without_an_owner_nothing_but_getting_one_starts_a_clock(LeadEventKind kind)
    {
        var getsOne = kind is LeadEventKind.Assigned or LeadEventKind.Reassigned;

        Assert.All(Enum.GetValues<Cause>(), cause => Assert.Equal(getsOne, InactivityClock.Judge(kind, cause, hasOwner: false).StartsTheClock()));
    }

    [Fact]
    public void The_same_text_again_starts_nothing_and_neither_do_last_words()
    {
        Assert.Equal(SameText, InactivityClock.Judge(LeadEventKind.Commented, Cause.Person, true, repeatsLastComment: true));
        Assert.Equal(AfterLeaving, InactivityClock.Judge(LeadEventKind.Commented, Cause.Person, true, afterLeaving: true));
        Assert.Equal(AfterLeaving, InactivityClock.Judge(LeadEventKind.Called, Cause.Person, false, afterLeaving: true));
    }

    [Fact]
    public void Every_verdict_has_its_one_plain_sentence()
    {
        var sentences = Enum.GetValues<ClockVerdict>().Select(v => v.Sentence()).ToList();

        Assert.Equal(sentences.Count, sentences.Distinct().Count());
        Assert.All(sentences, s => Assert.False(s.EndsWith('.') || s.Contains('!', StringComparison.Ordinal)));
    }

    [Fact]
    public void It_is_due_exactly_when_the_period_has_passed_and_not_a_tick_before()
    {
        var due = Tuesday + TimeSpan.FromDays(7);

        Assert.False(InactivityClock.IsDue(SevenDays, Tuesday, true, due - TimeSpan.FromTicks(1)));
        Assert.True(InactivityClock.IsDue(SevenDays, Tuesday, true, due));
        Assert.Equal(due, InactivityClock.Read(SevenDays, Tuesday, true, Tuesday)!.Value.RetiresAt);
    }

    [Theory]
    [InlineData(0, TimeLeftStep.Plenty)]
    [InlineData(55.9, TimeLeftStep.Plenty)]
    [InlineData(56, TimeLeftStep.Ok)]
    [InlineData(112, TimeLeftStep.Ok)]
    [InlineData(112.1, TimeLeftStep.GettingOld)]
    [InlineData(143.9, TimeLeftStep.GettingOld)]
    [InlineData(144, TimeLeftStep.GoingStale)]
    [InlineData(167.9, TimeLeftStep.GoingStale)]
    [InlineData(168, TimeLeftStep.Due)]
    [InlineData(9_999, TimeLeftStep.Due)]
    public void The_scale_has_its_steps_by_thirds_and_by_the_warning_window(double hours, TimeLeftStep step) =>
        Assert.Equal(step, InactivityClock.Read(SevenDays, Tuesday, true, Tuesday.AddHours(hours))!.Value.Step);

    [Fact]
    public void A_window_of_more_than_a_third_leaves_no_room_for_getting_old()
    {
        var wide = SevenDays with { WarningWindow = TimeSpan.FromDays(3) };

        Assert.DoesNotContain(TimeLeftStep.GettingOld, Enumerable.Range(0, 168).Select(h => InactivityClock.Read(wide, Tuesday, true, Tuesday.AddHours(h))!.Value.Step));
    }

    [Fact]
    public void A_window_is_never_more_than_half_the_period()
    {
        var whole = SevenDays with { WarningWindow = TimeSpan.FromDays(30) };

        Assert.Equal(Tuesday.AddDays(3.5), InactivityClock.Read(whole, Tuesday, true, Tuesday)!.Value.StaleFrom);
    }

    [Fact]
    public void No_clock_runs_without_an_owner_in_an_exempt_stage_or_while_retirement_is_off()
    {
        Assert.Null(InactivityClock.Read(SevenDays, null, true, Tuesday));
        Assert.Null(InactivityClock.Read(SevenDays, Tuesday, stageRetires: false, Tuesday.AddYears(1)));
        Assert.Null(InactivityClock.Read(new(null, TimeSpan.FromDays(1)), Tuesday, true, Tuesday.AddYears(1)));
    }

    [Fact]
    public void What_a_browser_counts_from_the_instants_is_what_the_rule_says_at_any_moment() =>
        Gen.Select(Gen.Int[1, 400], Gen.Int[0, 300], Gen.Long[0, TimeSpan.FromDays(20).Ticks]).Sample((periodHours, windowHours, waited) =>
        {
            var policy = new RetirementPolicy(TimeSpan.FromHours(periodHours), TimeSpan.FromHours(windowHours));
            var asOf = Tuesday + TimeSpan.FromTicks(waited);
            var reading = InactivityClock.Read(policy, Tuesday, true, asOf)!.Value;
            var countdown = new Countdown(reading.Start, reading.OldFrom, reading.StaleFrom, reading.RetiresAt);

            if (asOf != reading.OldFrom)
            {
                Assert.Equal((int)reading.Step + 1, (int)countdown.StepAt(asOf));
            }

            Assert.Equal(reading.Share, countdown.ShareAt(asOf), 6);
        }, iter: 5_000);
}
