using LeadDesk.App.Notifications;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>Never a storm: one notification per agent and sweep, however many leads and chunks it has.</summary>
public sealed class OneLineForManyTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_thousand_that_go_stale_and_then_retire_at_once_are_one_warning_and_one_notice_per_agent(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(1000, desk.Asha, TimeSpan.FromDays(6.5));
        await desk.LeadsAsync(500, desk.Asha, TimeSpan.FromDays(6.5), stage: desk.Stage("Proposal"));
        await desk.LeadsAsync(500, desk.Ravi, TimeSpan.FromDays(6.5));
        var sweep = desk.NewSweep();

        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        await AssertOneEachAsync(desk, NotificationKind.GoingStale, LeadEventKind.Warned);
        desk.Wait(TimeSpan.FromHours(12));
        Assert.Equal(2000, await sweep.RunAsync(desk.Now));
        await AssertOneEachAsync(desk, NotificationKind.Retired, LeadEventKind.Retired);

        var inbox = await desk.Get<InboxQuery>().ReadAsync(await desk.As(desk.Asha));
        Assert.Equal(["1,500 leads retired from you, 00:00", "1,500 leads of yours go stale"], inbox.Unread.Select(l => l.Sentence.Replace("Wed ", "", StringComparison.Ordinal)));
    }

    private static async Task AssertOneEachAsync(TestDesk desk, NotificationKind kind, LeadEventKind happened)
    {
        await using var db = desk.Database();
        var told = await db.Notifications.AsNoTracking().Where(n => n.Kind == kind).OrderBy(n => n.EmployeeId).ToListAsync();
        Assert.Equal([(desk.Asha.Id, 1500), (desk.Ravi.Id, 500)], told.Select(n => (n.EmployeeId, n.Count)));
        var batches = await db.LeadEvents.Where(e => e.Kind == happened).GroupBy(e => e.BatchId).Select(g => new { Batch = g.Key, Leads = g.Count() }).ToListAsync();
        Assert.Equal(2000, Assert.Single(batches).Leads);
        Assert.All(told, n => Assert.Equal(batches[0].Batch, n.BatchId));
    }
}
