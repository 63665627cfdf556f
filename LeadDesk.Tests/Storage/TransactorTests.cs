using System.Collections.Concurrent;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class TransactorTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Whoever_lost_a_race_decides_anew_on_what_is_there_now(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var (asha, meera) = (await desk.As(desk.Asha), await desk.As(desk.Meera));
        var (readIt, mayGoOn, attempts) = (new TaskCompletionSource(), new TaskCompletionSource(), 0);

        var slow = desk.Get<Transactor>().RunAsync(asha, async work =>
        {
            attempts++;
            var read = (await work.LeadAsync(lead.Id))!;
            readIt.TrySetResult();
            await mayGoOn.Task.WaitAsync(TestContext.Current.CancellationToken);
            return read.Comment($"I saw version {read.Version}", null, work.By, Cause.Person, work.Now);
        });
        await readIt.Task.WaitAsync(TestContext.Current.CancellationToken);
        var fast = desk.Get<AddComment>().RunAsync(lead.Id, "First", meera);
        if (provider is DatabaseProvider.Postgres)
        {
            Assert.Equal(Outcome.Done, await fast);
        }

        mayGoOn.SetResult();

        Assert.Equal(Outcome.Done, await slow);
        Assert.Equal(Outcome.Done, await fast);
        var comments = (await desk.HistoryAsync(lead.Id)).Where(e => e.Kind is LeadEventKind.Commented).Select(e => e.Text).Order();
        // SQLite lets the second wait for the first; PostgreSQL lets both begin, and the slower begins again.
        Assert.Equal(provider is DatabaseProvider.Sqlite ? ["First", $"I saw version {lead.Version}"] : ["First", $"I saw version {lead.Version + 1}"], comments);
        Assert.Equal(provider is DatabaseProvider.Sqlite ? 1 : 2, attempts);
        Assert.Equal(lead.Version + 2, (await desk.ReadAsync(lead.Id)).Version);
    }

    [Fact]
    public async Task Whoever_loses_every_race_is_told_so_and_has_changed_nothing()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Postgres, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var (asha, meera) = (await desk.As(desk.Asha), await desk.As(desk.Meera));
        var attempts = 0;

        var outcome = await desk.Get<Transactor>().RunAsync(asha, async work =>
        {
            attempts++;
            var read = (await work.LeadAsync(lead.Id))!;
            await Elsewhere(() => desk.Get<AddComment>().RunAsync(lead.Id, $"Faster {attempts}", meera));
            return read.Comment("Never", null, work.By, Cause.Person, work.Now);
        });

        Assert.Equal("Others change this at the same moment. Try again.", Assert.IsType<ChangedMeanwhile>(outcome.Refusal).Sentence);
        var comments = (await desk.HistoryAsync(lead.Id)).Where(e => e.Kind is LeadEventKind.Commented).ToList();
        Assert.Equal(attempts, comments.Count);
        Assert.DoesNotContain(comments, c => c.Text == "Never");
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Forty_comments_on_one_lead_at_the_same_moment_are_all_kept(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var meera = await desk.As(desk.Meera);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => Task.Run(() => desk.Get<AddComment>().RunAsync(lead.Id, $"Comment {n}", meera))));

        Assert.All(outcomes, o => Assert.Equal(Outcome.Done, o));
        var history = await desk.HistoryAsync(lead.Id);
        Assert.Equal(40, history.Where(e => e.Kind is LeadEventKind.Commented).Select(e => e.Text).Distinct().Count());
        Assert.Equal(history.Count, history.Select(e => e.LeadVersion).Distinct().Count());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Two_who_put_on_the_same_tag_at_once_have_put_it_on_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var order = new TagLeads(LeadSelection.Of(lead.Id), desk.French.Id);
        var meera = await desk.As(desk.Meera);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => desk.Get<ActOnLeads>().RunAsync(order, meera))));

        Assert.All(outcomes, o => Assert.Null(o.Refusal));
        Assert.Equal(1, outcomes.Sum(o => o.Value!.Done));
        Assert.Single(await desk.HistoryAsync(lead.Id), e => e.Kind is LeadEventKind.Tagged);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Leads_moved_in_opposite_directions_by_many_at_once_get_in_nobodys_way(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(32, ownedBy: desk.Asha);
        var (one, other, meera) = (desk.Stage("New").Id, desk.Stage("Contacted").Id, await desk.As(desk.Meera));

        await Task.WhenAll(leads.Select((lead, n) => Task.Run(async () =>
        {
            for (var i = 0; i < 12; i++)
            {
                var (from, to) = i % 2 == 0 ? (one, other) : (other, one);
                Assert.Equal(Outcome.Done, await desk.Get<SetLeadStage>().RunAsync(lead, to, from, meera));
            }
        })));

        await using var db = desk.Database();
        Assert.Equal(32 * 12, await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.StageChanged));
        Assert.Equal(32, await db.LeadCounts.Where(c => c.OwnerKey == desk.Asha.Id.Value && c.StageId == one).SumAsync(c => c.Leads));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_refusal_writes_nothing_and_tells_nobody(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var sequence = desk.Get<ChangeFeed>().Sequence;

        var refused = await ChangeAndAsync(desk, lead.Id, new NotAllowed("No."));
        var nothing = await ChangeAndAsync(desk, lead.Id, Outcome.NothingToDo);

        Assert.Equal("No.", refused.Refusal!.Sentence);
        Assert.Equal(OutcomeKind.NothingToDo, nothing.Kind);
        await AssertUntouchedAsync(desk, lead, sequence);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_fault_in_the_middle_writes_nothing_and_tells_nobody(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var sequence = desk.Get<ChangeFeed>().Sequence;

        await Assert.ThrowsAsync<TimeoutException>(() => desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            Assert.Equal(Outcome.Done, (await work.LeadAsync(lead.Id))!.Comment("Lost", null, work.By, Cause.Person, work.Now));
            await work.Db.SaveChangesAsync();
            throw new TimeoutException();
        }));

        await AssertUntouchedAsync(desk, lead, sequence);
        Assert.Equal(Outcome.Done, await desk.Get<AddComment>().RunAsync(lead.Id, "The next one goes through", await desk.As(desk.Asha)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Lead_and_history_are_saved_together_or_not_at_all(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var sequence = desk.Get<ChangeFeed>().Sequence;

        await Assert.ThrowsAnyAsync<Exception>(() => desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var outcome = (await work.LeadAsync(lead.Id))!.Comment("Half", null, work.By, Cause.Person, work.Now);
            work.Db.Leads.Add(Lead.Create(work.NewId<LeadId>(), new() { Name = "Nowhere" }, new SourceId(999_999), null, desk.Stages[0].Id, work.By, Cause.System, work.Now).Value!);
            return outcome;
        }));
        await AssertUntouchedAsync(desk, lead, sequence);

        Assert.Equal(Outcome.Done, await desk.Get<AddComment>().RunAsync(lead.Id, "Whole", await desk.As(desk.Asha)));
        var (after, last) = (await desk.ReadAsync(lead.Id), (await desk.HistoryAsync(lead.Id))[^1]);
        Assert.Equal((after.Version, after.ClockStart, "Whole"), (last.LeadVersion, last.ClockStart, last.Text));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_notice_leaves_after_the_commit_and_says_from_where_to_where(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var heard = new List<(Commit Commit, EmployeeId? OwnerThere)>();
        desk.Get<ChangeFeed>().Committed += commit =>
        {
            using var db = desk.Database();
            heard.Add((commit, db.Leads.AsNoTracking().First(l => l.Id == lead.Id).OwnerId));
        };

        var batch = (await desk.Get<ActOnLeads>().RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Ravi.Id), await desk.As(desk.Meera))).Value!;

        var (commit, ownerThere) = Assert.Single(heard);
        var change = Assert.Single(commit.Leads);
        Assert.Equal(desk.Ravi.Id, ownerThere);
        Assert.Equal((desk.Asha.Id, desk.Ravi.Id), (change.Before!.OwnerId!.Value, change.After.OwnerId!.Value));
        Assert.Equal((LeadEventKind.Reassigned, desk.Meera.Id, desk.Now), (change.Kind, change.ById!.Value, change.At));
        Assert.Equal((await desk.HistoryAsync(lead.Id))[^1].BatchId, change.BatchId);
        Assert.Equal(1, batch.Done);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_role_taken_a_moment_ago_is_gone_also_for_an_actor_read_before(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var meeraAsManager = await desk.As(desk.Meera);
        await EditAsync(desk, desk.Meera.Id, e => e.Edit(e.Name, e.Email, Roles.Agent, desk.Delhi.Id, e.TimeZone));

        var outcome = await desk.Get<ActOnLeads>().RunAsync(new UnassignLeads(LeadSelection.Of(lead.Id)), meeraAsManager);

        Assert.IsType<NotAllowed>(outcome.Refusal);
        Assert.Equal(desk.Asha.Id, (await desk.ReadAsync(lead.Id)).OwnerId);
        Assert.False((await desk.As(desk.Meera)).IsManager);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Someone_disabled_a_moment_ago_changes_nothing_more(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var asha = await desk.As(desk.Asha);
        await EditAsync(desk, desk.Asha.Id, e => e.SetActive(false));

        var outcome = await desk.Get<AddComment>().RunAsync(lead.Id, "Too late", asha);

        Assert.Equal("You are signed out.", Assert.IsType<NotAllowed>(outcome.Refusal).Sentence);
        Assert.Equal(lead.Version, (await desk.ReadAsync(lead.Id)).Version);
        Assert.Null(await desk.Get<DeskDirectory>().ActorAsync(desk.Asha.Id));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_transaction_inside_another_is_a_fault_and_not_a_wait_without_end(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var asha = await desk.As(desk.Asha);

        var faults = new List<string>();
        var outcome = await desk.Get<Transactor>().RunAsync(asha, async work =>
        {
            faults.Add((await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Get<AddComment>().RunAsync(lead.Id, "Inner", asha))).Message);
            faults.Add((await Assert.ThrowsAsync<InvalidOperationException>(() => desk.Get<IdSource>().ReserveAsync<TagId>(5_000, default))).Message);
            return (await work.LeadAsync(lead.Id))!.Comment("Outer", null, work.By, Cause.Person, work.Now);
        });

        Assert.Equal(Outcome.Done, outcome);
        Assert.All(faults, f => Assert.StartsWith("A transaction was begun inside another one", f, StringComparison.Ordinal));
        Assert.Equal(Outcome.Done, await desk.Get<AddComment>().RunAsync(lead.Id, "Afterwards", asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_desk_that_the_next_act_decides_on_is_the_one_that_was_committed(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.Get<DeskDirectory>().GetAsync();

        await EditAsync(desk, desk.Ravi.Id, e => e.Edit("Ravi Renamed", e.Email, e.Roles, e.TeamId, e.TimeZone));

        var seen = new ConcurrentBag<string>();
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            seen.Add(work.Desk.Employee(desk.Ravi.Id)!.Name);
            return Task.FromResult(Outcome.NothingToDo);
        });
        Assert.Equal(["Ravi Renamed"], seen);
    }

    [Fact]
    public async Task More_at_once_than_PostgreSQL_has_connections_wait_for_each_other_and_not_in_a_ring()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Postgres, cluster);
        var (leads, meera) = (await desk.LeadsAsync(250, ownedBy: desk.Asha), await desk.As(desk.Meera));
        await EditAsync(desk, desk.Ravi.Id, e => e.Edit("Ravi Renamed", e.Email, e.Roles, e.TeamId, e.TimeZone));

        var outcomes = await Task.WhenAll(leads.Select(lead => desk.Get<AddComment>().RunAsync(lead, "All at once", meera)));

        Assert.All(outcomes, o => Assert.Equal(Outcome.Done, o));
    }

    private static Task<Outcome> ChangeAndAsync(TestDesk desk, LeadId id, Outcome answer) => desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
    {
        Assert.Equal(Outcome.Done, (await work.LeadAsync(id))!.Comment("Lost", null, work.By, Cause.Person, work.Now));
        work.Tell(Topic.Desk);
        await work.Db.SaveChangesAsync();
        return answer;
    });

    private static async Task AssertUntouchedAsync(TestDesk desk, Lead lead, long sequence)
    {
        Assert.Equal(lead.Version, (await desk.ReadAsync(lead.Id)).Version);
        Assert.DoesNotContain(await desk.HistoryAsync(lead.Id), e => e.Kind is LeadEventKind.Commented);
        Assert.Equal(sequence, desk.Get<ChangeFeed>().Sequence);
    }

    private static Task EditAsync(TestDesk desk, EmployeeId id, Func<Employee, Outcome> edit) =>
        desk.Get<Transactor>().RunAsync(Actor.System("test"), async work => edit(await work.Db.Employees.FirstAsync(e => e.Id == id)));

    /// <summary>As another person's act, not as part of this one.</summary>
    private static Task Elsewhere(Func<Task> act)
    {
        using (ExecutionContext.SuppressFlow())
        {
            return Task.Run(act);
        }
    }
}
