using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

public sealed class HomeTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_day_begins_where_something_waits(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        Assert.Equal(["settings", "board", "board", "board"], await FirstAsync());

        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(6));
        Assert.Equal(["board", "board", "board", "board"], await FirstAsync());

        await desk.Get<ActOnLeads>().RunAsync(new SetLeadsFollowUp(LeadSelection.Of(lead.Id), new DateOnly(2026, 11, 24), null), await desk.As(desk.Asha));
        Assert.Equal(["board", "board", "board", "leads?view=follow-ups"], await FirstAsync());

        desk.Wait(TimeSpan.FromDays(2));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        Assert.NotNull((await desk.ReadAsync(lead.Id)).RetiredAt);
        Assert.Equal(["retired", "retired", "retired", "board"], await FirstAsync());
        Assert.Equal("board", await HomeAsync(desk.Nils));

        async Task<IEnumerable<string>> FirstAsync() => [await HomeAsync(desk.Iris), await HomeAsync(desk.Meera), await HomeAsync(desk.Tara), await HomeAsync(desk.Asha)];

        async Task<string> HomeAsync(Employee who) => await desk.Get<HomeQuery>().ForAsync(await desk.As(who));
    }
}
