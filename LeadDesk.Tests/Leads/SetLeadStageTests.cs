using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

public sealed class SetLeadStageTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_slower_of_two_is_told_who_was_faster_and_the_lead_stays_where_the_faster_put_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var (seen, act) = (lead.StageId, desk.Get<SetLeadStage>());

        var first = await act.RunAsync(lead.Id, desk.Stage("Contacted").Id, seen, await desk.As(desk.Asha));
        desk.Wait(TimeSpan.FromSeconds(4));
        var second = await act.RunAsync(lead.Id, desk.Stage("Qualified").Id, seen, await desk.As(desk.Meera));

        Assert.Equal(OutcomeKind.Done, first.Kind);
        Assert.Equal("Asha moved this lead to Contacted 4 s ago. It is shown there now.", Assert.IsType<ChangedMeanwhile>(second.Refusal).Sentence);
        Assert.Equal(desk.Stage("Contacted").Id, (await desk.ReadAsync(lead.Id)).StageId);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_move_by_the_owner_starts_the_clock_again_and_ends_fresh(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(6));

        await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Contacted").Id, lead.StageId, await desk.As(desk.Asha));

        var after = await desk.ReadAsync(lead.Id);
        Assert.True(lead.IsFresh);
        Assert.False(after.IsFresh);
        Assert.Equal(desk.Now, after.ClockStart);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Somebody_elses_lead_is_not_there_for_an_agent(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);

        var outcome = await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Contacted").Id, lead.StageId, await desk.As(desk.Ravi));

        Assert.IsType<NoLeadHere>(outcome.Refusal);
        Assert.Equal(lead.Version, (await desk.ReadAsync(lead.Id)).Version);
    }
}
