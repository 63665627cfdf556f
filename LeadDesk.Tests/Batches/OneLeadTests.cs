using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Batches;

public sealed class OneLeadTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task One_lead_is_never_bulk_also_where_all_that_match_are_one(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(3));
        await desk.LeadAsync("Jonas Weber", desk.Ravi);

        var outcome = await desk.Get<ActOnLeads>().RunAsync(
            new SetLeadsStage(LeadSelection.All(new LeadFilter { OwnerId = desk.Asha.Id }), desk.Stage("Contacted").Id), await desk.As(desk.Asha));

        Assert.Equal(1, outcome.Value!.Done);
        Assert.Equal(desk.Now, (await desk.ReadAsync(lead.Id)).ClockStart);
        Assert.Equal((Cause.Person, null), (await desk.HistoryAsync(lead.Id)) is [.., var last] ? (last.Cause, last.BatchId) : default);
        await using var db = desk.Database();
        Assert.Empty(await db.Batches.ToListAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Of_two_managers_who_hand_out_the_same_retired_lead_the_first_does(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.RetiredAsync(desk.Asha);
        var (acts, meera, iris) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera), await desk.As(desk.Iris));

        var first = await acts.RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Ravi.Id) { WhereRetired = true }, meera);
        var second = await acts.RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Asha.Id) { WhereRetired = true }, iris);
        var third = await acts.RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Omar.Id) { From = desk.Asha.Id }, iris);
        var fourth = await acts.RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Asha.Id) { From = desk.Ravi.Id }, iris);

        Assert.Equal(OutcomeKind.Done, first.Kind);
        Assert.Equal(new HasOwnerAlready(desk.Ravi.Id), second.Refusal);
        Assert.Equal(new HasOwnerAlready(desk.Ravi.Id), third.Refusal);
        Assert.Equal(OutcomeKind.Done, fourth.Kind);
        Assert.Equal(desk.Asha.Id, (await desk.ReadAsync(lead.Id)).OwnerId);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_are_bulk_and_start_no_clock(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(3));
        await desk.LeadAsync("Jonas Weber", desk.Asha);

        await desk.Get<ActOnLeads>().RunAsync(new SetLeadsStage(LeadSelection.All(new LeadFilter { OwnerId = desk.Asha.Id }), desk.Stage("Contacted").Id), await desk.As(desk.Asha));

        Assert.Equal(lead.ClockStart, (await desk.ReadAsync(lead.Id)).ClockStart);
        Assert.Equal(Cause.Bulk, (await desk.HistoryAsync(lead.Id))[^1].Cause);
    }
}
