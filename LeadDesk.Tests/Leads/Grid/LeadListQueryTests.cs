using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Grid;

public sealed class LeadListQueryTests(PostgresCluster cluster)
{
    private const string Seed = "0N0XIzNsQ0O2";

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    private static IEnumerable<ListOrder> EveryOrder => Enum.GetValues<LeadSort>().SelectMany(s => new[] { new ListOrder(s, false), new ListOrder(s, true) });

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Every_view_and_status_shows_each_role_exactly_what_the_rules_say(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await Floor.FillAsync(desk, 120, Seed);
        var filters = from view in Enum.GetValues<LeadView>()
                      from status in Enum.GetValues<LeadStatus>()
                      from more in new LeadFilter[] { new(), new() { TagId = desk.French.Id, OpenOnly = true }, new() { TeamId = desk.Pune.Id, PoolId = desk.Inbound.Id } }
                      select more with { View = view, Status = status };

        foreach (var who in new[] { desk.Asha, desk.Tara, desk.Nils, desk.Meera })
        {
            var actor = await desk.As(who);
            foreach (var filter in filters)
            {
                var expected = leads.Where(l => l.MayBeSeenBy(actor) && Matches(desk, filter, l)).Select(l => l.Id).Order().ToList();
                var rows = await desk.Get<LeadListQuery>().AtAsync(filter, ListOrder.StandardOf(filter), 0, 500, actor);
                var tally = (await desk.Get<LeadListQuery>().CountAsync(filter, actor)).Matching;

                Assert.Equal(expected, rows.Select(r => r.Id).Order());
                Assert.Equal(new LeadTally(expected.Count, false), tally);
            }
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Pages_from_row_to_row_show_every_lead_once_and_in_order_both_ways(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await Floor.FillAsync(desk, 90, Seed);
        var (query, filter) = (desk.Get<LeadListQuery>(), new LeadFilter());
        foreach (var (order, who) in from order in EveryOrder from who in new[] { desk.Meera, desk.Tara } select (order, who))
        {
            var actor = await desk.As(who);
            var all = await query.AtAsync(filter, order, 0, 500, actor);

            Same(order, leads.Where(l => l.MayBeSeenBy(actor)).Select(l => l.Id).Order(), all.Select(r => r.Id).Order());
            Same(order, Sorted(all, order, desk), all);
            Same(order, all, await WalkAsync(before: false));
            Same(order, all, await WalkAsync(before: true));
            for (var place = 0; place < all.Count; place += 13)
            {
                Same(order, all.Skip(place).Take(20), await query.AtAsync(filter, order, place, 20, actor));
            }

            async Task<List<LeadRow>> WalkAsync(bool before)
            {
                var walked = new List<LeadRow> { before ? all[^1] : all[0] };
                while (await query.NextToAsync(filter, order, before ? walked[0] : walked[^1], before, 7, actor) is { Count: > 0 } page)
                {
                    walked.InsertRange(before ? 0 : walked.Count, page);
                }

                return walked;
            }
        }

        static void Same<T>(ListOrder order, IEnumerable<T> expected, IEnumerable<T> actual) => Assert.True(expected.SequenceEqual(actual), $"in order {order.Word}");
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_walk_knows_which_of_two_rows_stands_first(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await Floor.FillAsync(desk, 60, Seed);
        var (actor, read) = (await desk.As(desk.Meera), await desk.Get<DeskDirectory>().GetAsync());
        foreach (var order in EveryOrder)
        {
            var rows = await desk.Get<LeadListQuery>().AtAsync(new(), order, 0, 100, actor);
            var walk = ListWalk.Of(order, read);

            Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.True(walk.IsBefore(pair.First, pair.Second) && !walk.IsBefore(pair.Second, pair.First)));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_follow_up_is_due_at_the_owners_midnight(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await MoveToAsync(desk, desk.Asha, "Pacific/Auckland");
        await MoveToAsync(desk, desk.Omar, "America/Los_Angeles");
        var wednesday = new DateOnly(2026, 11, 25);
        foreach (var owner in new[] { desk.Asha, desk.Ravi, desk.Omar })
        {
            var lead = await desk.LeadAsync(owner.Name, ownedBy: owner);
            await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work => (await work.LeadAsync(lead.Id))!.SetFollowUp(wednesday, null, work.By, Cause.System, work.Now));
        }

        // Tuesday noon in UTC: Wednesday has begun in Auckland only.
        Assert.Equal(["Asha Rao"], await DueAsync());
        desk.Wait(TimeSpan.FromHours(12));
        Assert.Equal(["Asha Rao", "Ravi Nair"], await DueAsync());
        desk.Wait(TimeSpan.FromHours(8));
        Assert.Equal(["Asha Rao", "Omar Khan", "Ravi Nair"], await DueAsync());

        async Task<IEnumerable<string>> DueAsync() =>
            (await desk.Get<LeadListQuery>().AtAsync(new() { View = LeadView.FollowUps }, new(LeadSort.Name, false), 0, 50, await desk.As(desk.Meera))).Select(r => r.Name);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_search_ignores_case_and_accents_and_answers_the_newest(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync("José Núñez", idleFor: TimeSpan.FromDays(2));
        var late = await desk.LeadAsync("jose alba", idleFor: TimeSpan.FromDays(1));
        await desk.LeadAsync("Lena Fischer");
        await desk.LeadsAsync(LeadListQuery.SearchLimit + 5, name: "Weber");
        var (query, actor) = (desk.Get<LeadListQuery>(), await desk.As(desk.Meera));

        var jose = await query.AtAsync(new() { Search = "JOSÉ" }, ListOrder.StandardOf(new() { Search = "JOSÉ" }), 0, 50, actor);
        var weber = new LeadFilter { Search = "weber" };
        var last = await query.AtAsync(weber, ListOrder.StandardOf(weber), LeadListQuery.SearchLimit - 10, 50, actor);

        Assert.Equal(["jose alba", "José Núñez"], jose.Select(r => r.Name));
        Assert.Equal(late.Id, jose[0].Id);
        Assert.Equal("1,000+", (await query.CountAsync(weber, actor)).Matching.Words);
        Assert.Equal($"Weber {LeadListQuery.SearchLimit - 1}", last[^1].Name);
        Assert.Equal(10, last.Count);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Single_rows_come_again_only_while_they_match(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (kept, lost) = (await desk.LeadAsync("Kept", ownedBy: desk.Asha), await desk.LeadAsync("Lost", ownedBy: desk.Asha));
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work => (await work.LeadAsync(lost.Id))!.Unassign(work.By, Cause.System, work.Now));

        var rows = await desk.Get<LeadListQuery>().FindAsync(new(), [kept.Id, lost.Id], await desk.As(desk.Asha));

        Assert.Equal([kept.Id], rows.Select(r => r.Id));
    }

    private static async Task MoveToAsync(TestDesk desk, Employee who, string zone) => await desk.Get<Transactor>().RunAsync(
        Actor.System("test"), async work => (await work.Db.Employees.FindAsync(who.Id))!.Edit(who.Name, who.Email, who.Roles, who.TeamId, zone));

    private static bool Matches(TestDesk desk, LeadFilter filter, Lead lead) =>
        filter.Status switch
        {
            LeadStatus.Assigned => lead.OwnerId is not null,
            LeadStatus.Unassigned => lead.OwnerId is null && !lead.IsRetired,
            LeadStatus.Retired => lead.IsRetired,
            _ => true,
        }
        && filter.View switch
        {
            LeadView.Fresh => lead.IsFresh,
            LeadView.GoingStale => Clock(desk, lead) is { Step: TimeLeftStep.GoingStale or TimeLeftStep.Due },
            LeadView.FollowUps => lead.OwnerId is not null && lead.FollowUpOn <= DateOnly.FromDateTime(desk.Now.Date),
            _ => true,
        }
        && (filter.OwnerId is null || lead.OwnerId == filter.OwnerId)
        && (filter.TeamId is null || lead.TeamId == filter.TeamId)
        && (filter.PoolId is null || lead.PoolId == filter.PoolId)
        && (filter.TagId is null || lead.Tags.Any(t => t.TagId == filter.TagId))
        && (filter.StageId is null || lead.StageId == filter.StageId)
        && (!filter.OpenOnly || desk.Stages.Single(s => s.Id == lead.StageId).Kind is StageKind.Open);

    private static ClockReading? Clock(TestDesk desk, Lead lead) => lead.OwnerId is null ? null
        : InactivityClock.Read(desk.Get<DeskDirectory>().GetAsync().AsTask().GetAwaiter().GetResult().Policy, lead.ClockStart, desk.Stages.Single(s => s.Id == lead.StageId).Retires, desk.Now);

    /// <summary>The same order by plain comparison: what is missing last, ties by number.</summary>
    private static IEnumerable<LeadRow> Sorted(IReadOnlyList<LeadRow> rows, ListOrder order, TestDesk desk)
    {
        var (sort, descending) = order;
        Func<LeadRow, bool> has = sort switch
        {
            LeadSort.TimeLeft => r => r.Clock is not null,
            LeadSort.FollowUp => r => r.FollowUpOn is not null,
            LeadSort.LastActivity => r => r.LastActivityAt is not null,
            LeadSort.Value => r => r.ValueMinor is not null,
            _ => _ => true,
        };
        Func<LeadRow, IComparable> key = sort switch
        {
            LeadSort.TimeLeft => r => r.ClockStart!.Value,
            LeadSort.Name => r => string.Concat(SearchFold.Text(r.Name).EnumerateRunes().Select(c => c.Value.ToString("X6", null))),
            LeadSort.Created => r => r.CreatedAt,
            LeadSort.FollowUp => r => r.FollowUpOn!.Value.ToDateTime(r.FollowUpAt ?? TimeOnly.MinValue),
            LeadSort.LastActivity => r => r.LastActivityAt!.Value,
            LeadSort.Stage => r => desk.Stages.ToList().FindIndex(s => s.Id == r.StageId),
            LeadSort.Value => r => r.ValueMinor!.Value,
        };
        var present = rows.Where(has);
        var byKey = descending ? present.OrderByDescending(key) : present.OrderBy(key);
        var ordered = descending || sort is LeadSort.Stage ? byKey.ThenByDescending(r => r.Id) : byKey.ThenBy(r => r.Id);
        return ordered.Concat(rows.Where(r => !has(r)).OrderByDescending(r => r.Id));
    }
}
