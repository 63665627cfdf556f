using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

public sealed class RetiredQueryTests(PostgresCluster cluster)
{
    private static readonly LeadFilter _all = new();

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_row_says_who_had_it_when_it_retired_how_long_it_was_quiet_and_how_often_before(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.RetiredAsync(desk.Asha, "Chiara Greco", TimeSpan.FromHours(3), TimeSpan.FromDays(7) + TimeSpan.FromHours(2), desk.Vip, desk.Stage("Proposal"), 760_000);
        await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of(lead.Id), desk.French.Id), await desk.As(desk.Meera));

        var row = Assert.Single(await PageAsync(desk, desk.Meera));

        Assert.Equal(("Chiara Greco", desk.Asha.Id, 1, 760_000), (row.Name, row.HadById!.Value, row.Times, row.ValueMinor!.Value));
        Assert.Equal((desk.Now.AddHours(-3), desk.Stage("Proposal").Id, desk.Vip.Id), (row.RetiredAt, row.StageId, row.PoolId!.Value));
        Assert.Equal("quiet 7 d 2 h", RetiredWords.Quiet(row));
        Assert.Equal([desk.French.Id], row.Tags);
        Assert.Null(row.LastActivityAt);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_last_activity_names_the_outcome_of_the_call(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.Get<LogCall>().RunAsync(lead.Id, new(desk.CallTag("No answer").Id, null, null, null, null, null), await desk.As(desk.Asha));
        desk.Wait(TimeSpan.FromDays(7));
        await desk.SweepAsync();

        var row = Assert.Single(await PageAsync(desk, desk.Meera));

        var read = await desk.Get<DeskDirectory>().GetAsync();
        Assert.Equal("24 Nov, no answer", RetiredWords.LastActivity(row, read, desk.Now, TimeZoneInfo.Utc));
        Assert.Equal("Tue 12:00, no answer", RetiredWords.LastActivity(row, read, TestDesk.Tuesday.AddDays(2), TimeZoneInfo.Utc));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Neither_owned_nor_unassigned_leads_are_in_the_list(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.LeadAsync();
        var reassigned = await desk.RetiredAsync(desk.Asha);
        await desk.Get<ActOnLeads>().RunAsync(new ReassignLeads(LeadSelection.Of(reassigned.Id), desk.Asha.Id), await desk.As(desk.Meera));

        Assert.Empty(await PageAsync(desk, desk.Meera));
        Assert.Equal(0, await desk.Get<RetiredQuery>().CountAsync(_all, await desk.As(desk.Meera)));
        Assert.Empty(await desk.Get<RetiredQuery>().FindAsync(_all, [reassigned.Id], await desk.As(desk.Meera)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_team_lead_sees_those_whose_owner_was_in_the_team_when_it_happened(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var pune = await desk.RetiredAsync(desk.Asha, "From Pune");
        var delhi = await desk.RetiredAsync(desk.Omar, "From Delhi");
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var asha = await work.Db.Employees.FirstAsync(e => e.Id == desk.Asha.Id);
            return asha.Edit(asha.Name, asha.Email, asha.Roles, desk.Delhi.Id, asha.TimeZone);
        });

        Assert.Equal([pune.Id], (await PageAsync(desk, desk.Tara)).Select(r => r.Id));
        Assert.Equal([delhi.Id], (await PageAsync(desk, desk.Nils)).Select(r => r.Id));
        Assert.Equal(2, (await PageAsync(desk, desk.Iris)).Count);
        Assert.Empty(await PageAsync(desk, desk.Asha));
        Assert.Empty(await desk.Get<RetiredQuery>().FindAsync(_all, [delhi.Id], await desk.As(desk.Tara)));
        Assert.Empty(await PageAsync(desk, desk.Tara, new LeadFilter { RetiredFromTeamId = desk.Delhi.Id }));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_counter_counts_what_the_person_may_see(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.RetiredAsync(desk.Asha);
        await desk.RetiredAsync(desk.Ravi, stage: desk.Stage("Proposal"));
        await desk.RetiredAsync(desk.Omar);
        await desk.LeadAsync(ownedBy: desk.Omar);

        foreach (var (who, count) in new[] { (desk.Meera, 3), (desk.Iris, 3), (desk.Tara, 2), (desk.Nils, 1), (desk.Asha, 0) })
        {
            Assert.Equal(count, await desk.Get<RetiredCountQuery>().CountAsync(await desk.As(who)));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Every_filter_narrows_to_its_own(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var chiara = await desk.RetiredAsync(desk.Asha, "Chiara Greco", TimeSpan.FromHours(1), pool: desk.Vip, stage: desk.Stage("Proposal"));
        var omars = await desk.RetiredAsync(desk.Omar, "Jonas Weber", TimeSpan.FromDays(8));

        Assert.Equal([chiara.Id], await OnlyAsync(new LeadFilter { RetiredFromId = desk.Asha.Id }));
        Assert.Equal([omars.Id], await OnlyAsync(new LeadFilter { RetiredFromTeamId = desk.Delhi.Id }));
        Assert.Equal([chiara.Id], await OnlyAsync(new LeadFilter { PoolId = desk.Vip.Id }));
        Assert.Equal([chiara.Id], await OnlyAsync(new LeadFilter { StageId = desk.Stage("Proposal").Id }));
        Assert.Equal([chiara.Id], await OnlyAsync(new LeadFilter { RetiredSince = desk.Now.AddDays(-7) }));
        Assert.Equal([chiara.Id], await OnlyAsync(new LeadFilter { RetiredSince = desk.Now.AddHours(-1) }));
        Assert.Equal([omars.Id], await OnlyAsync(new LeadFilter { Search = "JONAS web" }));

        async Task<IEnumerable<LeadId>> OnlyAsync(LeadFilter filter)
        {
            Assert.Equal(1, await desk.Get<RetiredQuery>().CountAsync(filter, await desk.As(desk.Meera)));
            return (await PageAsync(desk, desk.Meera, filter)).Select(r => r.Id);
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Walked_page_by_page_every_order_shows_each_lead_once_there_and_back(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        for (var n = 0; n < 23; n++)
        {
            // Equal moments and values, and none, so that the order has to break ties.
            await desk.RetiredAsync(desk.Asha, $"Lead {n}", TimeSpan.FromHours(n / 2), TimeSpan.FromDays(7 + (n % 3)), value: n % 4 == 0 ? null : n % 5 * 100);
        }

        var (meera, query) = (await desk.As(desk.Meera), desk.Get<RetiredQuery>());
        var rows = await PageAsync(desk, desk.Meera);
        foreach (var sort in Enum.GetValues<RetiredSort>())
        {
            var wanted = rows.Order(Comparer<RetiredRow>.Create(sort.Comparison())).Select(r => r.Id).ToList();
            var (there, back) = (new List<RetiredRow>(), new List<RetiredRow>());
            while (await query.PageAsync(_all, sort, there.LastOrDefault(), false, 5, meera) is { Count: > 0 } page)
            {
                there.AddRange(page);
            }

            back.Add(there[^1]);
            while (await query.PageAsync(_all, sort, back[0], true, 4, meera) is { Count: > 0 } page)
            {
                back.InsertRange(0, page);
            }

            Assert.Equal(wanted, there.Select(r => r.Id));
            Assert.Equal(wanted, back.Select(r => r.Id));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task All_that_match_are_weighed_by_pool_and_by_who_had_them(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.RetiredAsync(desk.Asha, value: 100);
        await desk.RetiredAsync(desk.Asha, value: 250, pool: desk.Vip);
        await desk.RetiredAsync(desk.Ravi);

        var lot = await desk.Get<RetiredQuery>().LotAsync(_all, await desk.As(desk.Meera));

        Assert.Equal((3, 350), (lot.Leads, lot.ValueMinor));
        Assert.Equal(1, lot.Parts.Where(p => p.Pool == desk.Vip.Id).Sum(p => p.Leads));
        Assert.Equal(2, lot.Parts.Where(p => p.HadBy == desk.Asha.Id).Sum(p => p.Leads));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_newest_sweep_says_how_many_and_whose_to_managers(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(2, desk.Asha, TimeSpan.FromDays(7));
        await desk.LeadsAsync(1, desk.Omar, TimeSpan.FromDays(7), stage: desk.Stage("Proposal"));
        await desk.SweepAsync();
        var query = desk.Get<RetiredQuery>();

        var sweep = await query.NewestSweepAsync(desk.Now.AddDays(-1), await desk.As(desk.Meera));

        Assert.Equal((3, desk.Now), (sweep!.Leads, sweep.At));
        Assert.Equal([desk.Asha.Id, desk.Omar.Id], sweep.From);
        var read = await desk.Get<DeskDirectory>().GetAsync();
        Assert.Equal("Sweep 12:00 retired 3 leads", RetiredWords.Sweep(sweep, desk.Now, TimeZoneInfo.Utc));
        Assert.Equal(" of Asha and Omar: no activity for 7 days", RetiredWords.Whose(sweep, read, read.Policy));
        Assert.Null(await query.NewestSweepAsync(desk.Now.AddDays(-1), await desk.As(desk.Tara)));
        Assert.Null(await query.NewestSweepAsync(desk.Now.AddTicks(1), await desk.As(desk.Meera)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_agent_is_told_the_names_of_what_retired_from_them_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var query = desk.Get<LostLeadsQuery>();
        await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7));
        await desk.LeadAsync("Jonas Weber", desk.Omar, TimeSpan.FromDays(7));
        var opened = desk.Now;
        Assert.Null(await query.ReadAsync(opened, 0, await desk.As(desk.Asha)));

        await desk.SweepAsync();
        var lost = await query.ReadAsync(opened, 0, await desk.As(desk.Asha));

        Assert.Equal((1, desk.Now), (lost!.Leads, lost.At));
        Assert.Equal(["Lena Fischer"], lost.Names);
        Assert.Null(await query.ReadAsync(opened, lost.LastEvent, await desk.As(desk.Asha)));
        Assert.Null(await query.ReadAsync(opened, 0, await desk.As(desk.Ravi)));
        Assert.Null(await query.ReadAsync(opened.AddTicks(1), 0, await desk.As(desk.Asha)));
    }

    private static async Task<List<RetiredRow>> PageAsync(TestDesk desk, Employee who, LeadFilter? filter = null) =>
        await desk.Get<RetiredQuery>().PageAsync(filter ?? _all, RetiredSort.Newest, null, false, 100, await desk.As(who));
}
