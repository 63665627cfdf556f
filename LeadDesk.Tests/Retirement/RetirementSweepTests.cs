using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>The period of the test desk is seven days.</summary>
public sealed class RetirementSweepTests(PostgresCluster cluster)
{
    private static readonly TimeSpan _period = TimeSpan.FromDays(7);

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_neglected_lead_leaves_its_owner_and_keeps_who_had_it_and_how_long_it_was_quiet(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period + TimeSpan.FromHours(2));

        var retired = await SweepAsync(desk);

        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal(1, retired);
        Assert.Null(after.OwnerId);
        Assert.Null(after.TeamId);
        Assert.Null(after.ClockStart);
        Assert.Equal((desk.Now, desk.Asha.Id, desk.Pune.Id), (after.RetiredAt!.Value, after.RetiredFromId!.Value, after.RetiredFromTeamId!.Value));
        Assert.Equal(lead.ClockStart, after.QuietSince);
        Assert.Equal(1, after.TimesRetired);
        Assert.Equal(desk.Inbound.Id, after.PoolId);
        Assert.Equal((desk.Asha.Id, LeaveReason.Retired, desk.Now), (after.LeftId!.Value, after.LeftWhy!.Value, after.LeftAt!.Value));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_history_says_that_the_system_did_it_from_whom_and_in_which_batch(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Ravi, idleFor: _period);

        await SweepAsync(desk);

        var row = (await desk.HistoryAsync(lead.Id))[^1];
        Assert.Equal((LeadEventKind.Retired, Cause.System, ClockVerdict.Ended), (row.Kind, row.Cause, row.Verdict));
        Assert.Null(row.ActorId);
        Assert.Equal("retirement", row.SystemName);
        Assert.Equal(desk.Ravi.Id.Value, row.FromId);
        var batch = Assert.Single(await BatchesAsync(desk));
        Assert.Equal(batch.Id, row.BatchId);
        Assert.Equal((BatchKind.Sweep, BatchState.Done, 1, 0), (batch.Kind, batch.State, batch.Done, batch.Unchanged));
        Assert.Null(batch.ById);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task It_retires_all_that_is_due_over_several_chunks_and_stages_in_one_batch_with_one_notice_for_each_chunk(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(Batch.ChunkSize + 3, desk.Asha, _period, stage: desk.Stage("New"));
        await desk.LeadsAsync(4, desk.Ravi, _period, stage: desk.Stage("Proposal"));
        var notices = new List<int>();
        desk.Get<ChangeFeed>().Committed += commit => notices.Add(commit.Leads.Count(l => l.Kind is LeadEventKind.Retired));

        var retired = await SweepAsync(desk);

        Assert.Equal(Batch.ChunkSize + 7, retired);
        Assert.Equal([Batch.ChunkSize, 3, 4], notices);
        Assert.Equal(Batch.ChunkSize + 7, Assert.Single(await BatchesAsync(desk)).Done);
        await using var db = desk.Database();
        Assert.Equal(0, await db.Leads.CountAsync(l => l.RetiredAt == null));
        Assert.Equal(Batch.ChunkSize + 7, await db.LeadCounts.Where(c => c.OwnerKey == LeadCount.Retired).SumAsync(c => c.Leads));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task It_leaves_the_rest_alone(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        Lead[] rest =
        [
            await desk.LeadAsync("Young", desk.Asha, _period / 2),
            await desk.LeadAsync("Waiting in its pool", idleFor: _period * 3),
            await desk.LeadAsync("Won", desk.Asha, _period * 3, stage: desk.Stage("Won")),
            await desk.LeadAsync("Lost", desk.Ravi, _period * 3, stage: desk.Stage("Lost")),
        ];
        await desk.LeadAsync("Due", desk.Asha, _period);

        Assert.Equal(1, await SweepAsync(desk));

        foreach (var lead in rest)
        {
            var after = await desk.ReadAsync(lead.Id);
            Assert.Equal((lead.Version, lead.OwnerId, lead.ClockStart, false), (after.Version, after.OwnerId, after.ClockStart, after.IsRetired));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_won_lead_stays_and_retires_when_it_comes_back_to_a_stage_that_retires(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period * 2, stage: desk.Stage("Won"));
        Assert.Equal(0, await SweepAsync(desk));

        await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Proposal").Id, lead.StageId, await desk.As(desk.Asha));

        Assert.Equal(0, await SweepAsync(desk));
        desk.Wait(_period);
        Assert.Equal(1, await SweepAsync(desk));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Not_a_tick_early_and_exactly_on_the_boundary(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var moment = lead.ClockStart!.Value + _period;
        var sweep = desk.Get<RetirementSweep>();
        desk.Wait(_period * 2);

        Assert.Equal(0, await sweep.RunAsync(moment - TimeSpan.FromMinutes(1)));
        Assert.Equal(0, await sweep.RunAsync(moment - TimeSpan.FromTicks(1)));
        Assert.Equal(1, await sweep.RunAsync(moment));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Twice_is_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period);
        Assert.Equal(1, await SweepAsync(desk));
        var once = await desk.ReadAsync(lead.Id);
        var notices = 0;
        desk.Get<ChangeFeed>().Committed += _ => notices++;

        Assert.Equal(0, await SweepAsync(desk));

        Assert.Equal(once.Version, (await desk.ReadAsync(lead.Id)).Version);
        Assert.Single(await BatchesAsync(desk));
        Assert.Equal(0, notices);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_lead_that_was_touched_after_the_moment_judged_but_before_the_sweep_is_spared(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var touched = await desk.LeadAsync("Touched", desk.Asha, _period);
        var quiet = await desk.LeadAsync("Quiet", desk.Asha, _period);
        var asOf = desk.Now;
        desk.Wait(TimeSpan.FromSeconds(1));
        await desk.Get<AddComment>().RunAsync(touched.Id, "She calls back tomorrow.", await desk.As(desk.Asha));

        Assert.Equal(1, await desk.Get<RetirementSweep>().RunAsync(asOf));

        Assert.Equal(desk.Asha.Id, (await desk.ReadAsync(touched.Id)).OwnerId);
        Assert.True((await desk.ReadAsync(quiet.Id)).IsRetired);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Where_agents_and_the_sweep_meet_each_lead_is_either_worked_in_time_or_retired_once_and_no_word_is_lost(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(60, desk.Asha, _period);
        var (asha, comment, sweep) = (await desk.As(desk.Asha), desk.Get<AddComment>(), desk.Get<RetirementSweep>());

        var sweeps = Task.Run(async () => await sweep.RunAsync(desk.Now));
        var comments = await Task.WhenAll(leads.Select(id => Task.Run(() => comment.RunAsync(id, "I was on it.", asha))));
        var retired = await sweeps;

        Assert.All(comments, c => Assert.Equal(OutcomeKind.Done, c.Kind));
        var seen = 0;
        foreach (var id in leads)
        {
            var (lead, history) = (await desk.ReadAsync(id), await desk.HistoryAsync(id));
            var word = Assert.Single(history, e => e.Kind is LeadEventKind.Commented);
            var retirements = history.Count(e => e.Kind is LeadEventKind.Retired);
            seen += retirements;
            Assert.Equal(lead.IsRetired ? 1 : 0, retirements);
            Assert.Equal(lead.IsRetired ? ClockVerdict.AfterLeaving : ClockVerdict.Restarted, word.Verdict);
        }

        Assert.Equal(retired, seen);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_sweeps_at_once_retire_each_lead_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(Batch.ChunkSize + 100, desk.Asha, _period);
        var sweep = desk.Get<RetirementSweep>();

        var both = await Task.WhenAll(Task.Run(() => sweep.RunAsync(desk.Now)), Task.Run(() => sweep.RunAsync(desk.Now)));

        Assert.Equal(leads.Count, both.Sum());
        Assert.Equal(leads.Count, (await BatchesAsync(desk)).Sum(b => b.Done));
        await using var db = desk.Database();
        Assert.Equal(leads.Count, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Retired));
        Assert.Equal(leads.Count, await db.Leads.CountAsync(l => l.RetiredAt != null && l.TimesRetired == 1));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Stopped_between_two_chunks_it_goes_on_with_the_next_sweep(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(Batch.ChunkSize + 1, desk.Asha, _period);
        using var stop = new CancellationTokenSource();
        desk.Get<ChangeFeed>().Committed += _ => stop.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => desk.Get<RetirementSweep>().RunAsync(desk.Now, stop.Token));
        Assert.Equal(BatchState.Done, Assert.Single(await BatchesAsync(desk)).State);

        Assert.Equal(1, await SweepAsync(desk));
        await using var db = desk.Database();
        Assert.Equal(leads.Count, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Retired));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Off_retires_nothing(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period * 50);
        await ChangeAsync(desk, null);

        Assert.Equal(0, await SweepAsync(desk));
        desk.Wait(TimeSpan.FromDays(3));
        Assert.Equal(0, await SweepAsync(desk));
        Assert.Empty(await BatchesAsync(desk));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_shorter_period_counts_only_after_the_grace_period(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var old = await desk.LeadAsync("At its old moment", desk.Asha, _period - TimeSpan.FromHours(10));
        var young = await desk.LeadAsync("With the grace period", desk.Asha, TimeSpan.FromDays(3));
        await ChangeAsync(desk, TimeSpan.FromDays(2));

        desk.Wait(TimeSpan.FromHours(10));
        Assert.Equal(1, await SweepAsync(desk));
        Assert.True((await desk.ReadAsync(old.Id)).IsRetired);

        desk.Wait(TimeSpan.FromHours(14) - TimeSpan.FromTicks(1));
        Assert.Equal(0, await SweepAsync(desk));
        desk.Wait(TimeSpan.FromTicks(1));
        Assert.Equal(1, await SweepAsync(desk));
        Assert.True((await desk.ReadAsync(young.Id)).IsRetired);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_longer_period_counts_at_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period);
        await ChangeAsync(desk, TimeSpan.FromDays(9));

        Assert.Equal(0, await SweepAsync(desk));
        desk.Wait(TimeSpan.FromDays(2));
        Assert.Equal(1, await SweepAsync(desk));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_reassigned_lead_has_a_full_period_and_is_counted_when_it_retires_again(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: _period);
        await SweepAsync(desk);
        await desk.Get<App.Batches.ActOnLeads>().RunAsync(new App.Batches.ReassignLeads(App.Batches.LeadSelection.Of(lead.Id), desk.Asha.Id), await desk.As(desk.Meera));

        desk.Wait(_period - TimeSpan.FromTicks(1));
        Assert.Equal(0, await SweepAsync(desk));
        desk.Wait(TimeSpan.FromTicks(1));
        Assert.Equal(1, await SweepAsync(desk));

        Assert.Equal(2, (await desk.ReadAsync(lead.Id)).TimesRetired);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_the_database_takes_for_due_is_what_the_clock_takes_for_due(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var chance = new Random(7);
        foreach (var stage in desk.Stages)
        {
            for (var n = 0; n < 6; n++)
            {
                await desk.LeadsAsync(2, desk.Asha, TimeSpan.FromMinutes(chance.Next(0, 12_000)), stage: stage);
            }

            await desk.LeadsAsync(2, null, TimeSpan.FromDays(30), stage: stage);
        }

        await ChangeAsync(desk, TimeSpan.FromDays(5));
        var read = await desk.Get<DeskDirectory>().GetAsync();
        await using var db = desk.Database();
        var leads = await db.Leads.AsNoTracking().ToListAsync();
        var counts = new HashSet<int>();
        for (var hour = -48; hour <= 96; hour += 7)
        {
            var asOf = desk.Now.AddHours(hour);
            var cutoff = read.Policy.CutoffAt(asOf)!.Value;
            var bySql = new HashSet<LeadId>();
            foreach (var stage in read.Stages.Where(s => s.Retires))
            {
                bySql.UnionWith(await RetirementSweep.Due(db.Leads, stage.Id, cutoff).Select(l => l.Id).ToListAsync());
            }

            var byClock = leads.Where(l => l.OwnerId is not null && InactivityClock.IsDue(read.Policy, l.ClockStart, read.Retires(l.StageId), asOf)).Select(l => l.Id);
            Assert.Equal(byClock.Order(), bySql.Order());
            counts.Add(bySql.Count);
        }

        Assert.True(counts.Count > 5, "The instants have to tell leads apart.");
    }

    private static Task<int> SweepAsync(TestDesk desk) => desk.Get<RetirementSweep>().RunAsync(desk.Now);

    private static async Task ChangeAsync(TestDesk desk, TimeSpan? period)
    {
        var outcome = await desk.SetRetirementAsync(r => r with { Period = period });
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
    }

    private static async Task<List<Batch>> BatchesAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Sweep).OrderBy(b => b.Id).ToListAsync();
    }
}
