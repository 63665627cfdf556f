using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Profile;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Profile;

public sealed class ProfileQueryTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_profile_is_there_for_whoever_may_see_the_lead_and_for_nobody_else(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (owned, free) = (await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync());
        var retired = await desk.LeadAsync(ownedBy: desk.Omar, idleFor: TimeSpan.FromDays(8));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        desk.Wait(TimeSpan.FromMinutes(11));

        Assert.Equal([desk.Asha, desk.Tara, desk.Meera, desk.Iris], await WhoSeesAsync(owned));
        Assert.Equal([desk.Meera, desk.Iris], await WhoSeesAsync(free));
        Assert.Equal([desk.Nils, desk.Meera, desk.Iris], await WhoSeesAsync(retired));
        Assert.Null(await AskAsync(desk, new LeadId(999_999), desk.Meera));

        async Task<List<Employee>> WhoSeesAsync(Lead lead)
        {
            var seers = new List<Employee>();
            foreach (var who in (Employee[])[desk.Asha, desk.Ravi, desk.Omar, desk.Tara, desk.Nils, desk.Meera, desk.Iris])
            {
                if (await AskAsync(desk, lead.Id, who) is not null)
                {
                    seers.Add(who);
                }
            }

            return seers;
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_team_lead_looks_at_a_retired_lead_of_the_team_and_may_not_work_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(8));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);

        var profile = (await AskAsync(desk, lead.Id, desk.Tara))!;

        Assert.Equal((false, false, null, ClockState.Retired), (profile.MayWork, profile.MayAssign, profile.Left, profile.Clock.State));
        Assert.Equal(("Asha Rao", lead.ClockStart, desk.Now), (profile.Clock.RetiredFrom, profile.Clock.QuietSince, profile.Clock.RetiredAt));
        Assert.StartsWith("Quiet for 8 d, since Mon 16 Nov at 12:00.", profile.Ledger[0].Why, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_ledger_begins_with_the_assignment_and_says_of_each_event_whether_it_reset_the_clock_and_until_when(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Ravi, idleFor: TimeSpan.FromDays(2));
        await desk.Get<AddComment>().RunAsync(lead.Id, "Ravi's", await desk.As(desk.Ravi));
        await desk.ReassignAsync(lead.Id, desk.Asha);
        desk.Wait(TimeSpan.FromDays(1));
        await desk.Get<AddComment>().RunAsync(lead.Id, "Hello", await desk.As(desk.Asha));
        await desk.ActAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.French.Id), desk.Asha);

        var profile = (await AskAsync(desk, lead.Id, desk.Asha))!;

        Assert.Equal(["Put on tag French", "Commented", "Reassigned to Asha"], profile.Ledger.Select(l => l.Text.Brief));
        Assert.Equal([ClockVerdict.TagIsNoActivity, ClockVerdict.Restarted, ClockVerdict.NewOwner], profile.Ledger.Select(l => l.Verdict));
        Assert.Equal([null, desk.Now.AddDays(7), desk.Now.AddDays(6)], profile.Ledger.Select(l => l.Until));
        Assert.Equal((ClockState.Runs, desk.Now.AddDays(7), desk.Now), (profile.Clock.State, profile.Clock.Countdown!.Value.Due, profile.Clock.Countdown.Value.Start));
        Assert.Equal(profile.HistoryCount, (await desk.HistoryAsync(lead.Id)).Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Older_entries_keep_the_moment_that_was_true_then_and_the_newest_has_the_moment_that_is_true_now(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var start = desk.Now;
        desk.Wait(TimeSpan.FromDays(1));
        await desk.Get<AddComment>().RunAsync(lead.Id, "Hello", await desk.As(desk.Asha));
        Assert.Null((await desk.SetRetirementAsync(r => r with { Period = TimeSpan.FromDays(3) })).Refusal);

        var profile = (await AskAsync(desk, lead.Id, desk.Asha))!;

        Assert.Equal([start.AddDays(4), start.AddDays(7)], profile.Ledger.Select(l => l.Until));
        Assert.Equal((TimeSpan.FromDays(7), desk.Now.AddDays(1), TimeSpan.FromDays(3)), (profile.Clock.Period, profile.Clock.NextFrom, profile.Clock.NextPeriod));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task No_until_where_the_stage_has_no_clock(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        desk.Wait(TimeSpan.FromHours(1));
        await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Won").Id, lead.StageId, await desk.As(desk.Asha));

        var profile = (await AskAsync(desk, lead.Id, desk.Asha))!;

        Assert.Equal(ClockState.StageDoesNotRetire, profile.Clock.State);
        Assert.Equal([null, desk.Now.AddDays(7).AddHours(-1)], profile.Ledger.Select(l => l.Until));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_history_comes_fifty_at_a_time_newest_first(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var asha = await desk.As(desk.Asha);
        for (var n = 0; n < 60; n++)
        {
            await desk.Get<AddComment>().RunAsync(lead.Id, $"Number {n}", asha);
        }

        var first = (await AskAsync(desk, lead.Id, desk.Asha))!;
        var more = (await desk.Get<ProfileQuery>().AskAsync(lead.Id, asha, 100))!;

        Assert.Equal((50, 62, true, "Number 59"), (first.History.Count, first.HistoryCount, first.HasEarlier, first.History[0].Text.Note));
        Assert.Equal((62, 62, false, "created"), (more.History.Count, more.HistoryCount, more.HasEarlier, more.History[^1].Text.Verb));
        Assert.Equal(61, first.Ledger.Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Whoever_just_lost_it_sees_what_was_so_until_it_left_and_their_own_last_words(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, details: new() { Name = "Lena Fischer", Company = "Fischer Optik", Emails = ["lena@fischer.example"] });
        desk.Wait(TimeSpan.FromHours(1));
        await desk.ReassignAsync(lead.Id, desk.Ravi);
        var left = desk.Now;
        var before = (await AskAsync(desk, lead.Id, desk.Asha))!;
        desk.Wait(TimeSpan.FromMinutes(1));
        var ravi = await desk.As(desk.Ravi);
        await desk.Get<AddComment>().RunAsync(lead.Id, "For Ravi's eyes", ravi);
        await desk.Get<EditLeadDetails>().RunAsync(lead.Id, new() { Name = "Lena Maria", Company = "Fischer Optik", Emails = ["secret@fischer.example"] }, (await desk.ReadAsync(lead.Id)).Version, ravi);
        await desk.Get<AddComment>().RunAsync(lead.Id, "My last word", await desk.As(desk.Asha));

        var after = (await AskAsync(desk, lead.Id, desk.Asha))!;

        Assert.Equal(new Leaving(LeaveReason.Reassigned, left, "Meera", "Ravi"), after.Left);
        Assert.Equal((false, false, "lena@fischer.example"), (before.MayWork, before.Facts.IsBare, before.Facts.Emails[0]));
        Assert.Equal(["My last word", null, null, null], after.History.Select(l => l.Text.Note));
        Assert.Equal((true, "Lena Fischer", "Fischer Optik", 0), (after.Facts.IsBare, after.Facts.Name, after.Facts.Company, after.Facts.Emails.Count));
        Assert.Equal((ClockState.Left, null), (after.Clock.State, after.Clock.Countdown));
        Assert.Equal(["Commented", "Reassigned to Ravi", "Assigned to Asha"], after.Ledger.Select(l => l.Text.Brief));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Ten_minutes_after_it_left_the_address_answers_not_found(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (retired, unassigned) = (await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(8)), await desk.LeadAsync(ownedBy: desk.Asha));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        await desk.UnassignAsync(unassigned.Id);

        desk.Wait(TimeSpan.FromMinutes(10) - TimeSpan.FromTicks(1));
        Assert.Equal(new Leaving(LeaveReason.Retired, desk.Now - TimeSpan.FromMinutes(10) + TimeSpan.FromTicks(1), null, null), (await AskAsync(desk, retired.Id, desk.Asha))!.Left);
        Assert.Equal(LeaveReason.Unassigned, (await AskAsync(desk, unassigned.Id, desk.Asha))!.Left!.Why);
        Assert.Null(await AskAsync(desk, unassigned.Id, desk.Ravi));

        desk.Wait(TimeSpan.FromTicks(1));
        Assert.Null(await AskAsync(desk, retired.Id, desk.Asha));
        Assert.Null(await AskAsync(desk, unassigned.Id, desk.Asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Who_lost_it_before_the_last_one_sees_their_own_end_of_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.ReassignAsync(lead.Id, desk.Ravi);
        desk.Wait(TimeSpan.FromMinutes(2));
        await desk.ReassignAsync(lead.Id, desk.Omar);

        Assert.Equal("Ravi", (await AskAsync(desk, lead.Id, desk.Asha))!.Left!.To);
        Assert.Equal("Omar", (await AskAsync(desk, lead.Id, desk.Ravi))!.Left!.To);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_readings_are_equal_until_something_shown_changes(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (lead, other) = (await desk.LeadAsync(ownedBy: desk.Asha, details: new() { Name = "Lena", Phones = [new("0316", null)], Emails = ["l@f.example"] }), await desk.LeadAsync());
        var first = await AskAsync(desk, lead.Id, desk.Asha);
        desk.Wait(TimeSpan.FromMinutes(5));
        await desk.Get<AddComment>().RunAsync(other.Id, "Elsewhere", await desk.As(desk.Meera));

        Assert.Equal(first, await AskAsync(desk, lead.Id, desk.Asha));

        await desk.ActAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.French.Id));
        Assert.NotEqual(first, await AskAsync(desk, lead.Id, desk.Asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Everyone_chooses_from_all_tags_with_the_lock_on_those_to_ask_for_and_managers_from_the_pools(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);

        var (agent, manager) = ((await AskAsync(desk, lead.Id, desk.Asha))!.Choices, (await AskAsync(desk, lead.Id, desk.Meera))!.Choices);

        Assert.Equal([("French", true), ("VIP", false)], agent.Tags.Select(t => (t.Name, t.IsModifiable)));
        Assert.Equal(agent.Tags, manager.Tags);
        Assert.Equal((0, 2), (agent.Pools.Count, manager.Pools.Count));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_agents_of_the_leads_pool_are_offered_with_what_they_hold(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.LeadsAsync(3, desk.Ravi);
        await desk.LeadsAsync(2, desk.Ravi, stage: desk.Stage("Won"));
        var query = desk.Get<OwnerChoicesQuery>();

        var choices = await query.AskAsync(lead.Id, await desk.As(desk.Meera));

        Assert.Equal([("Asha Rao", 1, true), ("Omar Khan", 0, false), ("Ravi Nair", 3, false)], choices.Select(c => (c.Name, (int)c.Holds, c.HasIt)));
        Assert.Empty(await query.AskAsync(lead.Id, await desk.As(desk.Asha)));
        Assert.Empty(await query.AskAsync((await desk.LeadAsync(inPool: false)).Id, await desk.As(desk.Meera)));
    }

    private static async Task<LeadProfile?> AskAsync(TestDesk desk, LeadId lead, Employee who) => await desk.Get<ProfileQuery>().AskAsync(lead, await desk.As(who));
}
