using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using static LeadDesk.Tests.Leads.Cast;

namespace LeadDesk.Tests.Leads;

public sealed class LeadOwningTests
{
    private static readonly DateTimeOffset Later = Tuesday.AddDays(2);

    [Fact]
    public void An_assigned_lead_is_fresh_stands_in_its_owners_team_and_has_a_full_period()
    {
        var lead = Lead();

        Done(lead.Assign(Asha, Inbound, As(Meera), Cause.Person, Later));

        Assert.Equal((Asha.Id, Pune, true, Later), (lead.OwnerId, lead.TeamId, lead.IsFresh, lead.ClockStart));
        var happened = Last(lead);
        Assert.Equal((LeadEventKind.Assigned, Asha.Id.Value, Meera.Id, ClockVerdict.NewOwner), (happened.Kind, happened.ToId, happened.ActorId, happened.Verdict));
    }

    [Theory]
    [InlineData(1), InlineData(4)]
    public void Only_managers_hand_out_take_and_move(long who)
    {
        var actor = As(who == 1 ? Asha : Tara);
        var (owned, free) = (Lead(Asha), Lead());

        Refused<NotAllowed>(free.Assign(Ravi, Inbound, actor, Cause.Person, Later));
        Refused<NotAllowed>(owned.Reassign(Ravi, Inbound, actor, Cause.Person, Later));
        Refused<NotAllowed>(owned.Unassign(actor, Cause.Person, Later));
        Refused<NotAllowed>(owned.MoveToPool(Vip, Asha, actor, Cause.Person, Later));
        Refused<NotAllowed>(Retired(Asha).ReleaseToPool(actor, Cause.Person, Later));
    }

    [Fact]
    public void Admins_may_what_managers_may() => Done(Lead().Assign(Asha, Inbound, As(Iris), Cause.Person, Later));

    [Fact]
    public void Only_an_active_agent_of_the_leads_own_pool_can_own_it()
    {
        Assert.Equal("Ravi is not in pool VIP, so they cannot own this lead.", Refused<NotInPool>(Lead(pool: Vip).Assign(Ravi, Vip, As(Meera), Cause.Person, Later)).Sentence);
        Refused<CannotOwn>(Lead().Assign(Lost, Inbound, As(Meera), Cause.Person, Later));
        Refused<CannotOwn>(Lead().Assign(Tara, Inbound, As(Meera), Cause.Person, Later));
        Assert.Throws<ArgumentException>(() => Lead().Assign(Asha, Vip, As(Meera), Cause.Person, Later));
    }

    [Fact]
    public void A_lead_without_a_pool_cannot_be_assigned() =>
        Refused<LeadHasNoPool>(Lead(inPool: false).Assign(Asha, null, As(Meera), Cause.Person, Later));

    [Fact]
    public void Two_managers_assign_the_first_one_wins()
    {
        var lead = Lead();
        Done(lead.Assign(Asha, Inbound, As(Meera), Cause.Person, Later));

        Refused<HasOwnerAlready>(lead.Assign(Ravi, Inbound, As(Iris), Cause.Person, Later));
        Assert.Equal(OutcomeKind.NothingToDo, lead.Assign(Asha, Inbound, As(Iris), Cause.Person, Later).Kind);
        Assert.Equal(Asha.Id, lead.OwnerId);
    }

    [Fact]
    public void A_retired_lead_is_not_assigned_but_reassigned_or_released() =>
        Refused<IsRetired>(Retired(Asha).Assign(Ravi, Inbound, As(Meera), Cause.Person, Later));

    [Fact]
    public void Reassigning_is_one_act_that_starts_a_full_period_for_the_new_owner()
    {
        var lead = Lead(Asha);
        Done(lead.Comment("Hello", null, As(Asha), Cause.Person, Later));
        var known = lead.NewEvents.Count;

        Done(lead.Reassign(Omar, Inbound, As(Meera), Cause.Bulk, Later.AddDays(1)));

        Assert.Equal((Omar.Id, Delhi, true, Later.AddDays(1)), (lead.OwnerId, lead.TeamId, lead.IsFresh, lead.ClockStart));
        Assert.Equal(known + 1, lead.NewEvents.Count);
        Assert.Equal((LeadEventKind.Reassigned, Asha.Id.Value, Omar.Id.Value, ClockVerdict.NewOwner), (Last(lead).Kind, Last(lead).FromId, Last(lead).ToId, Last(lead).Verdict));
        Assert.Equal((Asha.Id, LeaveReason.Reassigned), (lead.LeftId, lead.LeftWhy));
    }

    [Fact]
    public void An_unassigned_lead_has_nobody_to_be_reassigned_from() =>
        Refused<HasNoOwner>(Lead().Reassign(Asha, Inbound, As(Meera), Cause.Person, Later));

    [Fact]
    public void Reassigned_to_whoever_has_it_nothing_changes_and_no_period_starts()
    {
        var lead = Lead(Asha);

        Assert.Equal(OutcomeKind.NothingToDo, lead.Reassign(Asha, Inbound, As(Meera), Cause.Person, Later).Kind);
        Assert.Equal(Tuesday, lead.ClockStart);
    }

    [Fact]
    public void A_retired_lead_reassigned_to_the_same_agent_is_a_second_chance_with_a_full_period()
    {
        var lead = Retired(Asha);

        Done(lead.Reassign(Asha, Inbound, As(Meera), Cause.Person, Later.AddDays(10)));

        Assert.True(lead.IsSecondChance);
        Assert.Equal((Asha.Id, Later.AddDays(10), false, 1), (lead.OwnerId, lead.ClockStart, lead.IsRetired, lead.TimesRetired));
        Assert.Equal((Asha.Id.Value, Asha.Id.Value), (Last(lead).FromId, Last(lead).ToId));
    }

    [Fact]
    public void An_unassigned_lead_keeps_its_pool_and_has_neither_owner_nor_clock()
    {
        var lead = Lead(Asha);

        Done(lead.Unassign(As(Meera), Cause.Person, Later));

        Assert.Equal((null, null, null, Inbound.Id, false), (lead.OwnerId, lead.TeamId, lead.ClockStart, lead.PoolId, lead.IsFresh));
        Assert.Equal((Asha.Id, Later, LeaveReason.Unassigned), (lead.LeftId, lead.LeftAt, lead.LeftWhy));
        Refused<HasNoOwner>(lead.Unassign(As(Meera), Cause.Person, Later));
    }

    [Fact]
    public void A_neglected_lead_retires_from_its_owner_and_keeps_who_had_it_and_since_when_it_was_quiet()
    {
        var lead = Lead(Asha);
        var at = Tuesday.AddDays(7);

        Done(lead.RetireIfDue(SevenDays, true, Actor.System("retirement"), at, at));

        Assert.Equal((null, at, Asha.Id, Pune, Tuesday, 1), (lead.OwnerId, lead.RetiredAt, lead.RetiredFromId, lead.RetiredFromTeamId, lead.QuietSince, lead.TimesRetired));
        Assert.Equal((LeadEventKind.Retired, Cause.System, Asha.Id.Value, "retirement", ClockVerdict.Ended), (Last(lead).Kind, Last(lead).Cause, Last(lead).FromId, Last(lead).SystemName, Last(lead).Verdict));
        Assert.Equal(Inbound.Id, lead.PoolId);
    }

    [Fact]
    public void Not_a_tick_early_not_twice_not_in_an_exempt_stage_not_while_off_and_not_without_an_owner()
    {
        var due = Tuesday.AddDays(7);
        var (lead, free) = (Lead(Asha), Lead());

        Assert.Equal(OutcomeKind.NothingToDo, lead.RetireIfDue(SevenDays, true, Desk, due - TimeSpan.FromTicks(1), due).Kind);
        Assert.Equal(OutcomeKind.NothingToDo, lead.RetireIfDue(SevenDays, false, Desk, due, due).Kind);
        Assert.Equal(OutcomeKind.NothingToDo, lead.RetireIfDue(new(null, TimeSpan.Zero), true, Desk, due, due).Kind);
        Assert.Equal(OutcomeKind.NothingToDo, free.RetireIfDue(SevenDays, true, Desk, due, due).Kind);
        Done(lead.RetireIfDue(SevenDays, true, Desk, due, due));
        Assert.Equal(OutcomeKind.NothingToDo, lead.RetireIfDue(SevenDays, true, Desk, due.AddDays(30), due.AddDays(30)).Kind);
    }

    [Fact]
    public void A_lead_touched_in_time_is_left_alone()
    {
        var lead = Lead(Asha);
        Done(lead.Comment("Called back", null, As(Asha), Cause.Person, Tuesday.AddDays(7).AddSeconds(-1)));

        Assert.Equal(OutcomeKind.NothingToDo, lead.RetireIfDue(SevenDays, true, Desk, Tuesday.AddDays(7), Tuesday.AddDays(7)).Kind);
    }

    [Fact]
    public void A_released_lead_waits_unassigned_in_its_pool_again()
    {
        var lead = Retired(Asha);

        Done(lead.ReleaseToPool(As(Meera), Cause.Person, Later));

        Assert.Equal((false, null, null), (lead.IsRetired, lead.OwnerId, lead.RetiredFromId));
        Refused<IsNotRetired>(lead.ReleaseToPool(As(Meera), Cause.Person, Later));
        Done(lead.Assign(Ravi, Inbound, As(Meera), Cause.Person, Later));
        Assert.True(lead.IsSecondChance);
    }

    [Fact]
    public void Moving_to_another_pool_needs_an_owner_who_is_in_it()
    {
        var (ashas, ravis, free) = (Lead(Asha), Lead(Ravi), Lead());

        Done(ashas.MoveToPool(Vip, Asha, As(Meera), Cause.Person, Later));
        Refused<NotInPool>(ravis.MoveToPool(Vip, Ravi, As(Meera), Cause.Person, Later));
        Done(free.MoveToPool(Vip, null, As(Meera), Cause.Person, Later));
        Assert.Equal(OutcomeKind.NothingToDo, free.MoveToPool(Vip, null, As(Meera), Cause.Person, Later).Kind);
        Assert.Equal((Asha.Id, Vip.Id, Tuesday), (ashas.OwnerId, ashas.PoolId, ashas.ClockStart));
        Assert.Equal((Inbound.Id.Value, Vip.Id.Value), (Last(ashas).FromId, Last(ashas).ToId));
    }

    [Fact]
    public void A_lead_goes_where_its_owners_team_goes()
    {
        var (owned, free) = (Lead(Asha), Lead());

        owned.FollowOwnerTo(Delhi);
        free.FollowOwnerTo(Delhi);

        Assert.Equal((Delhi, null), (owned.TeamId, free.TeamId));
    }

    [Fact]
    public void A_lead_needs_something_to_be_known_by_and_starts_without_owner_and_clock()
    {
        var nothing = Domain.Leads.Lead.Create(new(1), new(), WebForm, Inbound.Id, New.Id, As(Asha), Cause.Person, Tuesday);
        var number = Domain.Leads.Lead.Create(new(1), new() { ExternalId = " X-1 " }, WebForm, Inbound.Id, New.Id, As(Asha), Cause.Person, Tuesday).Value!;

        Assert.IsType<NotAcceptable>(nothing.Refusal);
        Assert.Equal(("X-1", null, null, WebForm), (number.DisplayName, number.OwnerId, number.ClockStart, number.SourceId));
        Assert.Equal(ClockVerdict.NoOwner, Last(number).Verdict);
    }

    private static Lead Retired(Employee from)
    {
        var lead = Lead(from);
        Done(lead.RetireIfDue(SevenDays, true, Desk, Tuesday.AddDays(7), Tuesday.AddDays(7)));
        return lead;
    }
}
