using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
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
