using LeadDesk.App.Access;
using LeadDesk.App.Demo.Generate;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Demo;

public sealed class GenerateDeskTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory]
    [MemberData(nameof(BothDatabases))]
    public async Task Ten_thousand_leads_obey_the_rules(DatabaseProvider provider)
    {
        await using var empty = await EmptyDesk.OpenAsync(provider, cluster);
        var made = (await empty.GenerateAsync(10_000, 40)).Value!;

        await using var db = empty.Database();
        var desk = await empty.Get<DeskDirectory>().GetAsync();
        var leads = await db.Leads.AsNoTracking().OrderBy(l => l.Id).ToListAsync();
        var events = await db.LeadEvents.AsNoTracking().OrderBy(e => e.Id).ToListAsync();
        var history = events.ToLookup(e => e.LeadId);
        Assert.Equal((10_000, made.HistoryRows), (leads.Count, events.Count));
        Assert.InRange(events.Count / 10_000.0, 11.5, 12.5);
        Assert.Equal(events.Select(e => e.At).Order(), events.Select(e => e.At));
        Assert.All(events, e => Assert.True(e.At <= empty.Clock.GetUtcNow()));
        Assert.All(leads, lead => Assert.Equal(Replay(history[lead.Id]), (lead.ClockStart, lead.OwnerId, lead.StageId, lead.Version)));
        Assert.All(leads.Where(l => l.OwnerId is not null), lead =>
        {
            Assert.True(desk.Pool(lead.PoolId)!.Has(lead.OwnerId!.Value));
            Assert.Equal(desk.Employee(lead.OwnerId)!.TeamId, lead.TeamId);
        });
        Assert.All(leads, l => Assert.False(InactivityClock.IsDue(desk.Policy, l.ClockStart, desk.Retires(l.StageId), empty.Clock.GetUtcNow())));
        Assert.All(leads, l => Assert.StartsWith(l.SortName, l.SearchText, StringComparison.Ordinal));
        Assert.Equal(Counted(leads), await CountersAsync(db));
        var term = leads[4_711].SearchText[2..7];
        Assert.Equal(leads.Where(l => l.SearchText.Contains(term, StringComparison.Ordinal)).Select(l => l.Id),
            await (await new LeadFilter { Search = term }.MatchAsync(db, Actor.System("test"), desk, empty.Clock.GetUtcNow())).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
    }

    [Theory]
    [MemberData(nameof(BothDatabases))]
    public async Task There_is_some_of_everything_in_believable_shares(DatabaseProvider provider)
    {
        await using var empty = await EmptyDesk.OpenAsync(provider, cluster);
        await empty.GenerateAsync(2_000, 17);

        await using var db = empty.Database();
        var desk = await empty.Get<DeskDirectory>().GetAsync();
        var leads = await db.Leads.AsNoTracking().Include(l => l.Tags).ToListAsync();
        var requests = await db.Requests.AsNoTracking().ToListAsync();
        var retired = await db.Leads.Where(l => l.RetiredAt != null).CountAsync();
        Assert.Equal((17, 3), (desk.Employees.Count(e => e.Roles == Roles.Agent), desk.Teams.Count));
        Assert.All(desk.Teams, t => Assert.NotNull(desk.Employee(t.LeadId)));
        Assert.InRange(leads.Count(l => l.OwnerId is null && !l.IsRetired), 160, 320);
        Assert.InRange(retired, 100, 220);
        Assert.InRange(leads.Count(l => l.WarnedAt is not null), 50, 200);
        Assert.InRange(leads.Count(l => l.FollowUpOn is not null), 200, 900);
        Assert.Contains(leads, l => l.Tags.Any(t => desk.Tag(t.TagId) is { IsModifiable: false }));
        Assert.Contains(leads, l => l.IsSecondChance);
        Assert.All(desk.Stages, s => Assert.Contains(leads, l => l.StageId == s.Id));
        Assert.All(desk.Pools, p => Assert.Contains(leads, l => l.PoolId == p.Id && l.OwnerId is null && !l.IsRetired));
        Assert.Equal((100, 200), (requests.Count(r => r.State is RequestState.Waiting), requests.Count(r => r.State is RequestState.Approved or RequestState.Rejected)));
        Assert.Equal(await db.LeadEvents.CountAsync(e => e.Kind == LeadEventKind.Retired && e.BatchId != null), await db.Batches.SumAsync(b => b.Done));
        Assert.Equal(leads.Count(l => l.WarnedAt is not null), await db.Notifications.Where(n => n.Kind == NotificationKind.GoingStale).SumAsync(n => n.Count));
    }

    [Theory]
    [MemberData(nameof(BothDatabases))]
    public async Task The_same_seed_gives_the_same_desk_and_another_another(DatabaseProvider provider)
    {
        var first = await ContentAsync(1);
        Assert.Equal(first, await ContentAsync(1));
        Assert.NotEqual(first, await ContentAsync(2));

        async Task<string> ContentAsync(int seed)
        {
            await using var empty = await EmptyDesk.OpenAsync(provider, cluster);
            await empty.GenerateAsync(1_500, 20, seed);
            await using var db = empty.Database();
            var leads = await db.Leads.AsNoTracking().OrderBy(l => l.Id).Select(l => new { l.Id, l.SearchText, l.OwnerId, l.StageId, l.PoolId, l.ClockStart, l.RetiredAt, l.FollowUpOn, l.Version }).ToListAsync();
            var events = await db.LeadEvents.AsNoTracking().OrderBy(e => e.Id).Select(e => new { e.Id, e.LeadId, e.Kind, e.At, e.ActorId, e.FromId, e.ToId, e.Text, e.ClockStart }).ToListAsync();
            var people = await db.Employees.AsNoTracking().OrderBy(e => e.Id).Select(e => new { e.Id, e.Name, e.Email, e.TeamId }).ToListAsync();
            return string.Join('\n', people.Concat<object>(leads).Concat(events));
        }
    }

    [Theory]
    [MemberData(nameof(BothDatabases))]
    public async Task Indexes_triggers_and_keys_are_back_and_work(DatabaseProvider provider)
    {
        await using var empty = await EmptyDesk.OpenAsync(provider, cluster);
        var before = await empty.ShapeAsync();
        await empty.GenerateAsync(1_000, 10);

        Assert.Equal(before, await empty.ShapeAsync());
        await using var db = empty.Database();
        await db.Leads.Where(l => l.OwnerId != null).OrderBy(l => l.Id).Take(10).ExecuteUpdateAsync(s => s.SetProperty(l => l.ValueMinor, 1_234_500L));
        Assert.Equal(Counted(await db.Leads.AsNoTracking().ToListAsync()), await CountersAsync(db));
        var nobody = new EmployeeId(99_999);
        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() => db.Leads.Where(l => l.OwnerId != null).ExecuteUpdateAsync(s => s.SetProperty(l => l.OwnerId, nobody)));
    }

    [Fact]
    public async Task The_file_is_sound_and_in_its_usual_mode()
    {
        await using var empty = await EmptyDesk.OpenAsync(DatabaseProvider.Sqlite);
        await empty.GenerateAsync(1_000, 10);

        await using var db = empty.Database();
        Assert.Equal("ok", (await db.Database.SqlQueryRaw<string>("SELECT integrity_check AS \"Value\" FROM pragma_integrity_check").ToListAsync()).Single());
        Assert.Empty(await db.Database.SqlQueryRaw<string>("SELECT \"table\" AS \"Value\" FROM pragma_foreign_key_check").ToListAsync());
        Assert.Equal("wal", (await db.Database.SqlQueryRaw<string>("SELECT journal_mode AS \"Value\" FROM pragma_journal_mode").ToListAsync()).Single());
    }

    [Theory]
    [MemberData(nameof(BothDatabases))]
    public async Task A_desk_with_people_or_leads_is_refused_and_stays_as_it_is(DatabaseProvider provider)
    {
        await using var empty = await EmptyDesk.OpenAsync(provider, cluster);
        await empty.GenerateAsync(50, 3);
        var again = await empty.GenerateAsync(70, 5);

        Assert.IsType<DeskIsNotEmpty>(again.Refusal);
        await using var db = empty.Database();
        Assert.Equal((50, 3), (await db.Leads.CountAsync(), await db.Employees.CountAsync(e => e.Roles == Roles.Agent)));
    }

    [Fact]
    public async Task Without_the_demo_only_the_admin_can_sign_in_once_and_chooses_a_password()
    {
        await using var empty = await EmptyDesk.OpenAsync(DatabaseProvider.Sqlite);
        var made = (await empty.GenerateAsync(20, 2)).Value!;

        await using var db = empty.Database();
        var account = await db.Users.SingleAsync();
        Assert.Equal("admin@leaddesk.local", account.Email);
        Assert.True(empty.Get<Passwords>().IsRight(account, made.Password!));
        Assert.True((await db.Employees.SingleAsync(e => e.Email == account.Email)).MustChangePassword);
    }

    [Fact]
    public async Task With_the_demo_everyone_has_its_password()
    {
        await using var empty = await EmptyDesk.OpenAsync(DatabaseProvider.Sqlite, demo: true);
        var made = (await empty.GenerateAsync(20, 2)).Value!;

        await using var db = empty.Database();
        Assert.Null(made.Password);
        foreach (var door in new[] { "admin", "manager", "lead", "agent", "agent2" })
        {
            Assert.True(empty.Get<Passwords>().IsRight(await db.Users.SingleAsync(u => u.Email == $"{door}@leaddesk.local"), "LeadDesk!2026"));
        }

        Assert.Equal(await db.Employees.CountAsync(), await db.Users.CountAsync());
    }

    private static (DateTimeOffset? Clock, EmployeeId? Owner, StageId Stage, long Version) Replay(IEnumerable<LeadEvent> history)
    {
        DateTimeOffset? clock = null;
        EmployeeId? owner = null;
        StageId stage = new(1);
        var (version, last) = (0L, DateTimeOffset.MinValue);
        foreach (var e in history)
        {
            Assert.True(e.At >= last);
            Assert.Equal(++version, e.LeadVersion);
            owner = e.Kind switch
            {
                LeadEventKind.Assigned or LeadEventKind.Reassigned => new EmployeeId(e.ToId!.Value),
                LeadEventKind.Retired or LeadEventKind.Unassigned => null,
                _ => owner,
            };
            stage = e.Kind is LeadEventKind.StageChanged ? new(e.ToId!.Value) : stage;
            clock = e.Verdict.StartsTheClock() ? e.At : owner is null ? null : clock;
            Assert.Equal(clock, e.ClockStart);
            last = e.At;
        }

        return (clock, owner, stage, version);
    }

    private static List<(long Owner, long Pool, long Stage, long Leads, long Value)> Counted(IEnumerable<Lead> leads) =>
        [.. leads.GroupBy(l => (Owner: l.OwnerId?.Value ?? (l.IsRetired ? LeadCount.Retired : LeadCount.Unassigned), Pool: l.PoolId?.Value ?? 0, l.StageId))
            .Select(g => (g.Key.Owner, g.Key.Pool, g.Key.StageId.Value, (long)g.Count(), g.Sum(l => l.ValueMinor ?? 0))).Order()];

    private static async Task<List<(long Owner, long Pool, long Stage, long Leads, long Value)>> CountersAsync(LeadDeskDb db) =>
        [.. (await db.LeadCounts.AsNoTracking().Where(c => c.Leads != 0).ToListAsync()).Select(c => (c.OwnerKey, c.PoolKey, c.StageId.Value, c.Leads, c.ValueMinor)).Order()];
}
