using LeadDesk.App.Batches;
using LeadDesk.App.Notifications;
using LeadDesk.App.Retirement;
using LeadDesk.App.Settings;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Retirement;

/// <summary>Nothing retires that was not warned, unless the desk was down; then its history and its owner's inbox say so.</summary>
public sealed class WarnedFirstTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _period = TimeSpan.FromDays(7);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_comes_back_in_bulk_after_its_time_is_warned_and_goes_with_the_next_sweep(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(2, desk.Asha, _period + TimeSpan.FromDays(1), stage: desk.Stage("Won"));
        await MoveAsync(desk, leads, desk.Stage("New"));

        await AssertWarnedFirstAsync(desk, desk.NewSweep(), leads);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task So_is_what_stands_in_a_stage_that_retires_from_now_on(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(2, desk.Asha, _period + TimeSpan.FromDays(1), stage: desk.Stage("Won"));
        var sweep = desk.NewSweep();
        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        var won = desk.Stage("Won");
        Assert.Equal(OutcomeKind.Done, (await desk.Get<EditStage>().RunAsync(won.Id, won.Name, won.Kind, retires: true, await desk.As(desk.Iris))).Kind);

        await AssertWarnedFirstAsync(desk, sweep, leads);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_went_stale_while_the_desk_was_down_goes_at_once_and_its_owner_is_told_apart_that_no_warning_came(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var warned = await desk.LeadAsync("Lena Fischer", desk.Asha, _period - TimeSpan.FromHours(1));
        var sweep = desk.NewSweep();
        await sweep.RunAsync(desk.Now);
        var missed = await desk.LeadsAsync(2, desk.Asha, _period - TimeSpan.FromHours(30));
        desk.Wait(TimeSpan.FromHours(30));

        Assert.Equal(3, await sweep.RunAsync(desk.Now));

        Assert.Null((await desk.HistoryAsync(warned.Id))[^1].Text);
        Assert.All(await Task.WhenAll(missed.Select(desk.HistoryAsync)), history => Assert.Equal(Lead.NoWarning, history[^1].Text));
        var inbox = await desk.Get<InboxQuery>().ReadAsync(await desk.As(desk.Asha));
        Assert.Equal(
            ["2 leads retired from you, 18:00, without a warning", "Lena Fischer retired from you at 18:00"],
            inbox.Unread.Select(l => l.Sentence).Where(s => s.Contains("retired", StringComparison.Ordinal)).Order());
    }

    private static async Task AssertWarnedFirstAsync(TestDesk desk, RetirementSweep sweep, IReadOnlyList<LeadId> leads)
    {
        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(0, await sweep.RunAsync(desk.Now));
        Assert.All(await Task.WhenAll(leads.Select(desk.ReadAsync)), l => Assert.Equal((desk.Asha.Id, desk.Now), (l.OwnerId, l.WarnedAt)));

        desk.Wait(TimeSpan.FromMinutes(1));
        Assert.Equal(leads.Count, await sweep.RunAsync(desk.Now));
        Assert.All(await Task.WhenAll(leads.Select(desk.HistoryAsync)), history => Assert.Null(history[^1].Text));
    }

    private static async Task MoveAsync(TestDesk desk, IReadOnlyList<LeadId> leads, Stage to) =>
        await desk.Get<ActOnLeads>().RunAsync(new SetLeadsStage(LeadSelection.Of(leads), to.Id), await desk.As(desk.Meera));
}
