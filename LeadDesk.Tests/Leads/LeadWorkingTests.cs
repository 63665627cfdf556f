using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using static LeadDesk.Tests.Leads.Cast;

namespace LeadDesk.Tests.Leads;

public sealed class LeadWorkingTests
{
    private static readonly DateTimeOffset Later = Tuesday.AddDays(2);

    public static TheoryData<string> Works => ["comment", "call", "stage", "call tag"];

    public static TheoryData<string> OtherActs => ["tag", "untag", "follow-up", "edit"];

    [Theory, MemberData(nameof(Works))]
    public void A_person_who_works_the_lead_starts_its_clock_again(string act)
    {
        var lead = Lead(Asha);

        Done(Do(lead, act, As(Asha), Later));

        Assert.Equal((Later, Later, Last(lead).Kind), (lead.ClockStart, lead.LastActivityAt, lead.LastActivityKind));
        Assert.False(lead.IsFresh);
        Assert.Equal(ClockVerdict.Restarted, Last(lead).Verdict);
    }

    [Theory, MemberData(nameof(OtherActs))]
    public void Nothing_else_moves_the_clock_or_ends_fresh(string act)
    {
        var lead = Lead(Asha);
        if (act is "untag")
        {
            Done(lead.Tag(French, As(Asha), Cause.Person, Tuesday));
        }

        Done(Do(lead, act, As(Asha), Later));

        Assert.Equal((Tuesday, null, true), (lead.ClockStart, lead.LastActivityAt, lead.IsFresh));
    }

    [Theory, MemberData(nameof(Works)), MemberData(nameof(OtherActs))]
    public void The_owner_their_team_lead_managers_and_admins_may_and_nobody_else(string act)
    {
        Assert.All((Employee[])[Asha, Tara, Meera, Iris], who => Assert.False(Do(Prepared(act), act, As(who), Later).IsRefused, $"{who.Name} may"));
        Assert.All((Employee[])[Ravi, Omar, Nils], who => Refused<NoLeadHere>(Do(Prepared(act), act, As(who), Later)));
    }

    [Theory, MemberData(nameof(Works))]
    public void A_colleagues_work_starts_the_clock_but_leaves_the_lead_fresh_for_its_owner(string act)
    {
        var lead = Lead(Asha);

        Done(Do(lead, act, As(Tara), Later));

        Assert.Equal((Later, true), (lead.ClockStart, lead.IsFresh));
    }

    [Theory, MemberData(nameof(Works)), MemberData(nameof(OtherActs))]
    public void Nobody_but_managers_works_an_unassigned_lead_and_no_clock_starts(string act)
    {
        Refused<NoLeadHere>(Do(Unowned(act), act, As(Asha), Later));
        var lead = Unowned(act);

        Done(Do(lead, act, As(Meera), Later));

        Assert.Null(lead.ClockStart);
        Assert.False(Last(lead).Verdict.StartsTheClock());
    }

    [Fact]
    public void A_stage_move_is_decided_on_the_stage_that_was_seen()
    {
        var lead = Lead(Asha);
        Done(lead.MoveTo(Contacted, New.Id, As(Asha), Cause.Person, Later));

        Refused<ChangedMeanwhile>(lead.MoveTo(Won, New.Id, As(Meera), Cause.Person, Later));
        Assert.Equal((Contacted.Id, Later), (lead.StageId, lead.StageSince));
        Assert.Equal((New.Id.Value, Contacted.Id.Value), (Last(lead).FromId, Last(lead).ToId));
    }

    [Fact]
    public void A_move_to_where_the_lead_is_already_is_no_move_whatever_was_seen()
    {
        var lead = Lead(Asha);

        Assert.Equal(OutcomeKind.NothingToDo, lead.MoveTo(New, Contacted.Id, As(Asha), Cause.Person, Later).Kind);
        Assert.Equal(Tuesday, lead.ClockStart);
    }

    [Theory]
    [InlineData(""), InlineData("   "), InlineData("\n\t ")]
    public void An_empty_comment_is_refused(string text) => Refused<EmptyComment>(Lead(Asha).Comment(text, null, As(Asha), Cause.Person, Later));

    [Theory]
    [InlineData("Called back"), InlineData("  called BACK "), InlineData("CALLED BACK\n")]
    public void A_comment_equal_to_the_authors_last_is_kept_and_starts_nothing(string text)
    {
        var lead = Lead(Asha);

        Done(lead.Comment(text, "Called back", As(Asha), Cause.Person, Later));

        Assert.Equal((Tuesday, ClockVerdict.SameText, text.Trim()), (lead.ClockStart, Last(lead).Verdict, Last(lead).Text));
    }

    [Fact]
    public void A_text_has_an_end()
    {
        var lead = Lead(Asha);

        Done(lead.Comment(new('x', Domain.Leads.Lead.LongestText), null, As(Asha), Cause.Person, Later));
        Assert.Equal("This is longer than 4,000 characters.", Refused<TextTooLong>(lead.Comment(new('x', Domain.Leads.Lead.LongestText + 1), null, As(Asha), Cause.Person, Later)).Sentence);
        Refused<TextTooLong>(lead.LogCall(new(null, new('x', Domain.Leads.Lead.LongestText + 1), null, null, null, null), As(Asha), Cause.Person, Later));
    }

    [Fact]
    public void A_call_keeps_outcome_note_duration_and_plans_the_next_follow_up_in_one_act()
    {
        var lead = Lead(Asha);

        Done(lead.LogCall(new(Interested, " Send the list ", TimeSpan.FromMinutes(11), Later.AddHours(-1), new(2026, 12, 1), new(9, 30)), As(Asha), Cause.Person, Later));

        var call = lead.NewEvents.Single(e => e.Kind is LeadEventKind.Called);
        Assert.Equal((Interested.Id.Value, "Send the list", 660, Later.AddHours(-1)), (call.ToId, call.Text, call.DurationSeconds, call.HappenedAt));
        Assert.Equal((Interested.Id, new DateOnly(2026, 12, 1), new TimeOnly(9, 30)), (lead.CallTagId, lead.FollowUpOn, lead.FollowUpAt));
        Assert.Equal((LeadEventKind.FollowUpSet, ClockVerdict.PlanIsNoActivity), (Last(lead).Kind, Last(lead).Verdict));
        Assert.Equal(Later, lead.ClockStart);
    }

    [Fact]
    public void A_call_that_took_place_earlier_starts_the_clock_when_it_was_received()
    {
        var lead = Lead(Asha);

        Done(lead.LogCall(new(NoAnswer, null, null, Tuesday.AddDays(-3), null, null), As(Asha), Cause.Person, Later));

        Assert.Equal(Later, lead.ClockStart);
    }

    [Fact]
    public void A_call_may_be_a_minute_ahead_and_not_a_tick_more()
    {
        Done(Lead(Asha).LogCall(new(NoAnswer, null, null, Later.AddMinutes(1), null, null), As(Asha), Cause.Person, Later));
        Refused<CallInTheFuture>(Lead(Asha).LogCall(new(NoAnswer, null, null, Later.AddMinutes(1).AddTicks(1), null, null), As(Asha), Cause.Person, Later));
    }

    [Fact]
    public void A_call_says_something_and_lasts_between_nothing_and_a_day()
    {
        Refused<EmptyCall>(Lead(Asha).LogCall(new(null, "  ", null, null, null, null), As(Asha), Cause.Person, Later));
        Refused<ImpossibleDuration>(Lead(Asha).LogCall(new(NoAnswer, null, TimeSpan.FromSeconds(-1), null, null, null), As(Asha), Cause.Person, Later));
        Refused<ImpossibleDuration>(Lead(Asha).LogCall(new(NoAnswer, null, TimeSpan.FromHours(24.1), null, null, null), As(Asha), Cause.Person, Later));
        Done(Lead(Asha).LogCall(new(NoAnswer, null, TimeSpan.Zero, null, null, null), As(Asha), Cause.Person, Later));
        Done(Lead(Asha).LogCall(new(NoAnswer, null, TimeSpan.FromHours(24), null, null, null), As(Asha), Cause.Person, Later));
    }

    [Fact]
    public void A_call_without_an_outcome_leaves_the_last_outcome_standing()
    {
        var lead = Lead(Asha);
        Done(lead.ApplyCallTag(Interested, As(Asha), Cause.Person, Later));

        Done(lead.LogCall(new(null, "A word", null, null, null, null), As(Asha), Cause.Person, Later));

        Assert.Equal(Interested.Id, lead.CallTagId);
    }

    [Fact]
    public void The_same_call_tag_again_is_another_activity()
    {
        var lead = Lead(Asha);
        Done(lead.ApplyCallTag(NoAnswer, As(Asha), Cause.Person, Tuesday.AddHours(1)));

        Done(lead.ApplyCallTag(NoAnswer, As(Asha), Cause.Person, Later));

        Assert.Equal(Later, lead.ClockStart);
        Assert.Equal((NoAnswer.Id.Value, NoAnswer.Id.Value), (Last(lead).FromId, Last(lead).ToId));
    }

    [Fact]
    public void A_tag_that_is_not_modifiable_is_for_managers_on_and_off()
    {
        var lead = Lead(Asha);

        Refused<TagNeedsManager>(lead.Tag(Restricted, As(Asha), Cause.Person, Later));
        Refused<TagNeedsManager>(lead.Tag(Restricted, As(Tara), Cause.Person, Later));
        Done(lead.Tag(Restricted, As(Meera), Cause.Person, Later));
        Refused<TagNeedsManager>(lead.Untag(Restricted, As(Asha), Cause.Person, Later));
        Done(lead.Untag(Restricted, As(Iris), Cause.Person, Later));
    }

    [Fact]
    public void A_tag_is_on_once_and_off_once()
    {
        var lead = Lead(Asha);

        Done(lead.Tag(French, As(Asha), Cause.Person, Later));
        Assert.Equal(OutcomeKind.NothingToDo, lead.Tag(French, As(Asha), Cause.Person, Later).Kind);
        Done(lead.Untag(French, As(Asha), Cause.Person, Later));
        Assert.Equal(OutcomeKind.NothingToDo, lead.Untag(French, As(Asha), Cause.Person, Later).Kind);
        Assert.Empty(lead.Tags);
    }

    [Fact]
    public void A_follow_up_without_a_date_has_no_time_and_taking_it_off_is_told()
    {
        var lead = Lead(Asha);

        Done(lead.SetFollowUp(new(2026, 11, 30), new(8, 0), As(Asha), Cause.Person, Later));
        Assert.Equal("2026-11-30 08:00", Last(lead).Text);
        Assert.Equal(OutcomeKind.NothingToDo, lead.SetFollowUp(new(2026, 11, 30), new(8, 0), As(Asha), Cause.Person, Later).Kind);
        Done(lead.SetFollowUp(null, new(9, 0), As(Asha), Cause.Person, Later));
        Assert.Equal((null, null, null), (lead.FollowUpOn, lead.FollowUpAt, Last(lead).Text));
    }

    [Theory]
    [InlineData("retired"), InlineData("unassigned"), InlineData("reassigned")]
    public void Whoever_lost_it_less_than_ten_minutes_ago_may_say_their_last_words_and_nothing_more(string how)
    {
        var lead = Lead(Asha);
        Lose(lead, how, Later);
        var (owner, clock, kept) = (lead.OwnerId, lead.ClockStart, lead.LastActivityAt);
        var lastMoment = Later.AddMinutes(10).AddTicks(-1);

        Done(lead.Comment("What I had begun", null, As(Asha), Cause.Person, lastMoment));
        Assert.Equal((ClockVerdict.AfterLeaving, "What I had begun"), (Last(lead).Verdict, Last(lead).Text));
        Done(lead.LogCall(new(Interested, null, null, null, new(2026, 12, 1), null), As(Asha), Cause.Person, lastMoment));
        Assert.Equal(ClockVerdict.AfterLeaving, Last(lead).Verdict);

        Assert.Equal((owner, clock, kept, null, null), (lead.OwnerId, lead.ClockStart, lead.LastActivityAt, lead.CallTagId, lead.FollowUpOn));
        Assert.All((string[])["stage", "call tag", "tag", "follow-up", "edit"], act => Refused<LeadLeft>(Do(lead, act, As(Asha), lastMoment)));
    }

    [Theory]
    [InlineData("retired"), InlineData("unassigned"), InlineData("reassigned")]
    public void After_ten_minutes_the_lead_is_not_there_for_them(string how)
    {
        var lead = Lead(Asha);
        Lose(lead, how, Later);

        Refused<NoLeadHere>(lead.Comment("Too late", null, As(Asha), Cause.Person, Later.AddMinutes(10)));
        Refused<NoLeadHere>(lead.LogCall(new(NoAnswer, null, null, null, null, null), As(Asha), Cause.Person, Later.AddMinutes(10)));
        Refused<NoLeadHere>(Do(lead, "stage", As(Asha), Later.AddMinutes(10)));
    }

    [Fact]
    public void Who_never_had_it_has_no_last_words_and_who_has_it_again_works_it()
    {
        var lead = Lead(Asha);
        Lose(lead, "unassigned", Later);

        Refused<NoLeadHere>(lead.Comment("Mine?", null, As(Ravi), Cause.Person, Later));
        Done(lead.Assign(Asha, Inbound, As(Meera), Cause.Person, Later.AddMinutes(1)));
        Done(lead.Comment("Mine", null, As(Asha), Cause.Person, Later.AddMinutes(2)));
        Assert.Equal((ClockVerdict.Restarted, Later.AddMinutes(2)), (Last(lead).Verdict, lead.ClockStart));
    }

    [Fact]
    public void Last_words_about_a_reassigned_lead_do_not_touch_the_new_owners_clock()
    {
        var lead = Lead(Asha);
        Lose(lead, "reassigned", Later);

        Done(lead.Comment("One more thing", null, As(Asha), Cause.Person, Later.AddMinutes(5)));

        Assert.Equal((Ravi.Id, Later, true), (lead.OwnerId, lead.ClockStart, lead.IsFresh));
    }

    [Fact]
    public void Bulk_work_is_kept_and_starts_no_clock()
    {
        var lead = Lead(Asha);

        Done(lead.MoveTo(Contacted, New.Id, As(Asha), Cause.Bulk, Later, new BatchId(7)));

        Assert.Equal((Tuesday, ClockVerdict.Bulk, new BatchId(7)), (lead.ClockStart, Last(lead).Verdict, Last(lead).BatchId));
    }

    [Fact]
    public void Every_event_raises_the_version_and_carries_it()
    {
        var lead = Lead(Asha);
        var before = lead.Version;

        Done(Do(lead, "comment", As(Asha), Later));
        Done(Do(lead, "tag", As(Asha), Later));

        Assert.Equal((before + 2, before + 2), (lead.Version, Last(lead).LeadVersion));
    }

    private static void Lose(Lead lead, string how, DateTimeOffset at) => Done(how switch
    {
        "retired" => lead.RetireIfDue(new(TimeSpan.FromDays(1), TimeSpan.Zero), true, Desk, at, at),
        "unassigned" => lead.Unassign(As(Meera), Cause.Person, at),
        _ => lead.Reassign(Ravi, Inbound, As(Meera), Cause.Person, at),
    });

    private static Lead Prepared(string act)
    {
        var lead = Lead(Asha);
        return act is "untag" && lead.Tag(French, As(Asha), Cause.Person, Tuesday).IsRefused ? throw new InvalidOperationException() : lead;
    }

    private static Lead Unowned(string act)
    {
        var lead = Lead();
        return act is "untag" && lead.Tag(French, As(Meera), Cause.Person, Tuesday).IsRefused ? throw new InvalidOperationException() : lead;
    }

    private static Outcome Do(Lead lead, string act, Actor by, DateTimeOffset at) => act switch
    {
        "comment" => lead.Comment("Called back", null, by, Cause.Person, at),
        "call" => lead.LogCall(new(Interested, null, null, null, null, null), by, Cause.Person, at),
        "stage" => lead.MoveTo(Contacted, New.Id, by, Cause.Person, at),
        "call tag" => lead.ApplyCallTag(NoAnswer, by, Cause.Person, at),
        "tag" => lead.Tag(French, by, Cause.Person, at),
        "untag" => lead.Untag(French, by, Cause.Person, at),
        "follow-up" => lead.SetFollowUp(new(2026, 11, 30), null, by, Cause.Person, at),
        "edit" => lead.EditDetails(new() { Name = "Lena F." }, by, Cause.Person, at),
        _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
    };
}
