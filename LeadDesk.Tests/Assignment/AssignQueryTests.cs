using LeadDesk.App.Assignment;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Assignment;

public sealed class AssignQueryTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_load_of_an_agent_is_what_they_hold_in_open_stages(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(3, desk.Asha);
        await desk.LeadsAsync(2, desk.Asha, pool: desk.Vip, stage: desk.Stage("Proposal"));
        await desk.LeadsAsync(5, desk.Asha, stage: desk.Stage("Won"));
        await desk.LeadAsync(ownedBy: desk.Ravi, stage: desk.Stage("Lost"));
        await desk.LeadAsync();

        var loads = await desk.Get<AgentLoads>().ReadAsync(await desk.As(desk.Meera));

        Assert.Equal([(desk.Asha.Id, 5)], loads.Select(l => (l.Key, l.Value)));
        Assert.Empty(await desk.Get<AgentLoads>().ReadAsync(await desk.As(desk.Tara)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_load_follows_an_assignment_at_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (lead, meera, loads) = (await desk.LeadAsync(), await desk.As(desk.Meera), desk.Get<AgentLoads>());
        Assert.Empty(await loads.ReadAsync(meera));

        await desk.Get<ActOnLeads>().RunAsync(new AssignLeads(LeadSelection.Of(lead.Id), desk.Ravi.Id), meera);

        Assert.Equal(1, (await loads.ReadAsync(meera))[desk.Ravi.Id]);
        Assert.Empty(await desk.Get<AssignQuery>().WaitingAsync(meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Each_pool_says_how_many_wait_in_it_without_owned_retired_and_poolless_ones(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(4);
        await desk.LeadsAsync(2, pool: desk.Vip, stage: desk.Stage("Proposal"));
        await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.LeadAsync(inPool: false);
        await desk.LeadAsync(ownedBy: desk.Ravi, idleFor: TimeSpan.FromDays(8));
        await desk.Get<App.Retirement.RetirementSweep>().RunAsync(desk.Now);

        var waiting = await desk.Get<AssignQuery>().WaitingAsync(await desk.As(desk.Meera));

        Assert.Equal([(desk.Inbound.Id, 4), (desk.Vip.Id, 2)], waiting.Select(w => (w.Key, w.Value)).OrderBy(w => w.Key));
        Assert.Empty(await desk.Get<AssignQuery>().WaitingAsync(await desk.As(desk.Tara)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Unassigned_leads_are_walked_page_by_page_newest_or_oldest_first_there_and_back(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var newest = (await desk.LeadsAsync(7)).Concat(await desk.LeadsAsync(6)).ToList();
        var (query, meera, filter) = (desk.Get<AssignQuery>(), await desk.As(desk.Meera), new LeadFilter { PoolId = desk.Inbound.Id });
        await using var db = desk.Database();
        var arrived = await db.Leads.Where(l => newest.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.CreatedAt);
        foreach (var oldest in new[] { false, true })
        {
            var wanted = newest.OrderBy(id => arrived[id]).ThenBy(id => id).ToList();
            if (!oldest)
            {
                wanted.Reverse();
            }

            var (there, back) = (new List<WaitingRow>(), new List<WaitingRow>());
            while (await query.WaitingAsync(filter, oldest, there.LastOrDefault(), false, 5, meera) is { Count: > 0 } page)
            {
                there.AddRange(page);
            }

            back.Add(there[^1]);
            while (await query.WaitingAsync(filter, oldest, back[0], true, 4, meera) is { Count: > 0 } page)
            {
                back.InsertRange(0, page);
            }

            Assert.Equal(wanted, there.Select(r => r.Id));
            Assert.Equal(wanted, back.Select(r => r.Id));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_an_agent_holds_comes_soonest_to_retire_first_there_and_back(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var made = await desk.LeadsAsync(9, desk.Asha);
        await desk.LeadAsync(ownedBy: desk.Ravi);
        var (query, meera, filter) = (desk.Get<AssignQuery>(), await desk.As(desk.Meera), new LeadFilter { OwnerId = desk.Asha.Id });
        var there = new List<HeldRow>();
        while (await query.HeldAsync(filter, there.LastOrDefault(), false, 4, meera) is { Count: > 0 } page)
        {
            there.AddRange(page);
        }

        Assert.Equal(made.Reverse(), there.Select(r => r.Id));
        Assert.Equal(there[3..8].Select(r => r.Id), (await query.HeldAsync(filter, there[8], true, 5, meera)).Select(r => r.Id));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_waiting_lead_says_who_had_it_last(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.Get<ActOnLeads>().RunAsync(new UnassignLeads(LeadSelection.Of(lead.Id)), await desk.As(desk.Meera));

        var row = Assert.Single(await desk.Get<AssignQuery>().WaitingAsync(new() { PoolId = desk.Inbound.Id }, false, null, false, 10, await desk.As(desk.Meera)));

        Assert.Equal(desk.Asha.Id, row.WasWithId);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Only_those_that_match_now_are_found_and_counted(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (waits, owned, elsewhere) = (await desk.LeadAsync("Lena Fischer"), await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync(pool: desk.Vip));
        var (query, meera) = (desk.Get<AssignQuery>(), await desk.As(desk.Meera));
        LeadFilter inbound = new() { Status = LeadStatus.Unassigned, PoolId = desk.Inbound.Id };

        Assert.Equal([waits.Id], (await query.WaitingAsync(inbound, [waits.Id, owned.Id, elsewhere.Id], meera)).Keys);
        Assert.Equal([owned.Id], (await query.HeldAsync(new() { OwnerId = desk.Asha.Id }, [waits.Id, owned.Id, elsewhere.Id], meera)).Keys);
        Assert.Equal(1, await query.CountAsync(inbound with { Search = "fisch" }, meera, exact: true));
        Assert.Equal(0, await query.CountAsync(inbound with { Search = "weber" }, meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Whoever_may_not_assign_reads_nothing_here(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (waits, owned) = (await desk.LeadAsync(), await desk.LeadAsync(ownedBy: desk.Asha));
        var query = desk.Get<AssignQuery>();
        foreach (var who in new[] { desk.Asha, desk.Tara })
        {
            var actor = await desk.As(who);
            Assert.Empty(await query.WaitingAsync(new(), false, null, false, 10, actor));
            Assert.Empty(await query.WaitingAsync(new(), [waits.Id], actor));
            Assert.Empty(await query.HeldAsync(new() { OwnerId = desk.Asha.Id }, null, false, 10, actor));
            Assert.Empty(await query.HeldAsync(new(), [owned.Id], actor));
            Assert.Equal(0, await query.CountAsync(new(), actor));
        }
    }

    [Fact]
    public async Task Candidates_are_the_active_agents_and_whoever_else_still_holds_leads()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadAsync(ownedBy: desk.Ravi);
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            (await work.Db.Employees.FirstAsync(e => e.Id == desk.Ravi.Id)).SetActive(false);
            return (await work.Db.Employees.FirstAsync(e => e.Id == desk.Omar.Id)).SetActive(false);
        });
        var read = await desk.Get<DeskDirectory>().GetAsync();

        var candidates = Candidate.Of(read, await desk.Get<AgentLoads>().ReadAsync(await desk.As(desk.Meera)));

        Assert.Equal([("Asha Rao", 0, "Pune · Inbound, VIP"), ("Ravi Nair", 1, "cannot own leads any more")], candidates.Select(c => (c.Who.Name, c.Holds, c.About)));
    }
}
