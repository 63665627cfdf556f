using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Retirement.Stale;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

public sealed class StaleQueryTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _period = TimeSpan.FromDays(7);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Each_sees_the_leads_going_stale_in_their_scope_soonest_first(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var soon = await desk.LeadAsync("Soon", desk.Asha, _period - TimeSpan.FromHours(2));
        var later = await desk.LeadAsync("Later", desk.Ravi, _period - TimeSpan.FromHours(20));
        var elsewhere = await desk.LeadAsync("Elsewhere", desk.Omar, _period - TimeSpan.FromHours(5));
        await desk.LeadAsync("Calm", desk.Asha, TimeSpan.FromDays(2));
        await desk.LeadAsync("Won", desk.Asha, _period * 2, stage: desk.Stage("Won"));

        Assert.Equal([soon.Id, elsewhere.Id, later.Id], await SeenAsync(desk, await desk.As(desk.Meera)));
        Assert.Equal([soon.Id, later.Id], await SeenAsync(desk, await desk.As(desk.Tara)));
        Assert.Equal([soon.Id], await SeenAsync(desk, await desk.As(desk.Asha)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_lead_leaves_the_list_with_its_next_activity_and_the_list_says_who_saved_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period - TimeSpan.FromHours(2));

        await desk.Get<LogCall>().RunAsync(lead.Id, new(desk.CallTag("Interested").Id, null, null, null, null, null), await desk.As(desk.Asha));

        var tara = await desk.As(desk.Tara);
        Assert.Empty(await SeenAsync(desk, tara));
        var end = Assert.Single(await desk.Get<StaleQuery>().EndsAsync([lead.Id], tara));
        Assert.Equal((LeadEventKind.Called, desk.Asha.Id, desk.Now), (end.Kind, end.ById, end.ClockStart));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_chart_counts_every_lead_on_the_day_on_which_it_would_retire(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync("Today", desk.Asha, _period - TimeSpan.FromHours(3));
        await desk.LeadAsync("Due already", desk.Asha, _period + TimeSpan.FromHours(3));
        await desk.LeadAsync("Just after midnight", desk.Ravi, _period - TimeSpan.FromHours(13));
        await desk.LeadAsync("In six days", desk.Omar, TimeSpan.FromDays(1));
        await desk.LeadAsync("After the week", desk.Omar, TimeSpan.FromHours(1));
        var today = new DateOnly(2026, 11, 24);

        var days = await desk.Get<StaleQuery>().DaysAsync(new(), await desk.As(desk.Meera));

        Assert.Equal(
            [new(today, desk.Asha.Id, 2), new(today.AddDays(1), desk.Ravi.Id, 1), new(today.AddDays(6), desk.Omar.Id, 1)],
            days.OrderBy(d => d.Day));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_day_counts_saved_and_retired(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var saved = await desk.LeadAsync("Saved", desk.Asha, _period - TimeSpan.FromHours(20));
        await desk.LeadAsync("Lost", desk.Asha, _period);
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        desk.Wait(TimeSpan.FromMinutes(5));
        await desk.Get<AddComment>().RunAsync(saved.Id, "She wants the catalogue.", await desk.As(desk.Asha));

        Assert.Equal((1, 1), await desk.Get<StaleQuery>().TodayAsync(new(), await desk.As(desk.Tara)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_owner_is_nudged_once_per_lead_and_period_by_someone_else(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Piotr Zawada", desk.Asha, _period - TimeSpan.FromHours(2));
        var nudge = desk.Get<NudgeOwner>();

        Assert.True((await nudge.RunAsync(lead.Id, await desk.As(desk.Asha))).IsRefused);
        Assert.Equal(OutcomeKind.Done, (await nudge.RunAsync(lead.Id, await desk.As(desk.Tara))).Kind);
        var second = await nudge.RunAsync(lead.Id, await desk.As(desk.Meera));
        Assert.Equal("Tara nudged at 12:00. Once per lead and period is enough.", second.Refusal?.Sentence);

        await using var db = desk.Database();
        var line = Assert.Single(await db.Notifications.ToListAsync());
        Assert.Equal((desk.Asha.Id, NotificationKind.Nudged, desk.Tara.Id, "Piotr Zawada"), (line.EmployeeId, line.Kind, line.ById, line.LeadName));
        await desk.Get<AddComment>().RunAsync(lead.Id, "Called back.", await desk.As(desk.Asha));
        Assert.Null((await desk.ReadAsync(lead.Id)).NudgedAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Nudged_about_many_an_owner_has_one_line_and_each_lead_counts_as_nudged(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (first, second) = (await desk.LeadAsync("First", desk.Asha, _period - TimeSpan.FromHours(2)), await desk.LeadAsync("Second", desk.Asha, _period - TimeSpan.FromHours(1)));
        var (other, calm, elsewhere) = (await desk.LeadAsync("Other", desk.Ravi, _period - TimeSpan.FromHours(3)), await desk.LeadAsync("Calm", desk.Asha), await desk.LeadAsync("Elsewhere", desk.Omar, _period - TimeSpan.FromHours(3)));
        LeadId[] all = [first.Id, second.Id, other.Id, calm.Id, elsewhere.Id];

        Assert.Equal(3, (await desk.Get<NudgeOwner>().RunAsync(all, await desk.As(desk.Tara))).Value);
        Assert.Equal((OutcomeKind.Done, 1), await AgainAsync(desk.Meera));
        Assert.Equal((OutcomeKind.NothingToDo, 0), await AgainAsync(desk.Meera));

        await using var db = desk.Database();
        var lines = await db.Notifications.Where(n => n.Kind == NotificationKind.Nudged).OrderBy(n => n.EmployeeId).ToListAsync();
        Assert.Equal([(desk.Asha.Id, 2), (desk.Ravi.Id, 1), (desk.Omar.Id, 1)], lines.Select(n => (n.EmployeeId, n.Count)));
        Assert.Null((await desk.ReadAsync(calm.Id)).NudgedAt);
        Assert.Equal(desk.Tara.Id, (await desk.ReadAsync(second.Id)).NudgedById);

        async Task<(OutcomeKind, int)> AgainAsync(Employee who)
        {
            var outcome = await desk.Get<NudgeOwner>().RunAsync(all, await desk.As(who));
            return (outcome.Kind, outcome.Value);
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Where_nothing_is_going_stale_it_says_when_the_next_lead_turns(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync("Later", desk.Asha, TimeSpan.FromDays(1));
        await desk.LeadAsync("Next", desk.Asha, TimeSpan.FromDays(2));
        await desk.LeadAsync("Won", desk.Asha, TimeSpan.FromDays(3), stage: desk.Stage("Won"));
        await desk.LeadAsync("Of Omar", desk.Omar, TimeSpan.FromDays(4));
        var query = desk.Get<StaleQuery>();

        Assert.Equal(desk.Now.AddDays(4), await query.NextAsync(new(), await desk.As(desk.Asha)));
        Assert.Equal(desk.Now.AddDays(2), await query.NextAsync(new(), await desk.As(desk.Meera)));
        Assert.Null(await query.NextAsync(new(), await desk.As(desk.Ravi)));
        await desk.SetRetirementAsync(r => r with { Period = null });
        Assert.Null(await query.NextAsync(new(), await desk.As(desk.Meera)));
    }

    [Fact]
    public async Task Two_thousand_leads_that_turn_at_once_warn_each_agent_once()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(1_000, desk.Asha, _period - TimeSpan.FromHours(23));
        await desk.LeadsAsync(1_000, desk.Ravi, _period - TimeSpan.FromHours(23));

        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);

        await using var db = desk.Database();
        var lines = await db.Notifications.OrderBy(n => n.EmployeeId).ToListAsync();
        Assert.Equal([(desk.Asha.Id, NotificationKind.GoingStale, 1_000), (desk.Ravi.Id, NotificationKind.GoingStale, 1_000)], lines.Select(n => (n.EmployeeId, n.Kind, n.Count)));
        Assert.Equal(2_000, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Warned));
    }

    private static async Task<IEnumerable<LeadId>> SeenAsync(TestDesk desk, Domain.People.Actor actor) =>
        (await desk.Get<StaleQuery>().ListAsync(new(), actor, 50)).Rows.Select(r => r.Id);
}
