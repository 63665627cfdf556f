using LeadDesk.App.Retirement;
using LeadDesk.App.Settings;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Settings;

public sealed class RetirementFactsQueryTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task It_counts_clocks_and_owned_leads_and_knows_who_saved_last_and_what_was_retired(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(3, desk.Asha);
        await desk.LeadAsync("Due", desk.Ravi, TimeSpan.FromDays(8));
        await desk.LeadAsync("Won", desk.Asha, stage: desk.Stage("Won"));
        await desk.LeadAsync("Nobody's");
        await desk.SetRetirementAsync(r => r with { ManagersMaySet = true });
        desk.Wait(TimeSpan.FromMinutes(5));
        await desk.SetRetirementAsync(r => r with { BrakeFloor = 7 }, desk.Meera);
        var (savedAt, query) = (desk.Now, desk.Get<RetirementFactsQuery>());
        Assert.Equal(new RetirementFacts(4, null, 0, 5, desk.Meera.Id, savedAt), await query.RunAsync(await desk.As(desk.Meera)));

        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);

        var facts = await query.RunAsync(await desk.As(desk.Meera));
        Assert.Equal((3L, 4L, 1, (DateTimeOffset?)desk.Now), (facts.Clocks, facts.Assigned, facts.LastRetired, facts.LastRetiredAt));
        var asha = await desk.As(desk.Asha);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => query.RunAsync(asha));
    }
}
