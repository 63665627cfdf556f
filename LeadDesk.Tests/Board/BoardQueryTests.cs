using CsCheck;
using LeadDesk.App.Batches;
using LeadDesk.App.Board;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Board;

public sealed class BoardQueryTests(PostgresCluster cluster)
{
    private static readonly BoardFilter Everything = new();

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Each_sees_their_own_the_teams_or_all_and_nothing_unassigned(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync("of Asha", desk.Asha);
        await desk.LeadAsync("of Ravi", desk.Ravi);
        await desk.LeadAsync("of Omar", desk.Omar);
        await desk.LeadAsync("of nobody");

        Assert.Equal(["of Asha"], await NamesAsync(desk, Everything, desk.Asha));
        Assert.Equal(["of Asha", "of Ravi"], await NamesAsync(desk, Everything, desk.Tara));
        Assert.Equal(["of Asha", "of Omar", "of Ravi"], await NamesAsync(desk, Everything, desk.Meera));
        Assert.Equal(["of Asha", "of Omar", "of Ravi"], await NamesAsync(desk, Everything, desk.Iris));
        Assert.Equal([1, 2, 3], await CountsAsync(desk, Everything, desk.Asha, desk.Tara, desk.Meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Each_filter_leaves_out_the_rest_from_cards_and_figures(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var vip = await desk.LeadAsync("vip", desk.Asha, pool: desk.Vip, value: 500_00);
        await desk.LeadAsync("plain", desk.Asha, value: 100_00);
        await desk.LeadAsync("Delhi", desk.Omar, value: 70_00);
        await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of([vip.Id]), desk.French.Id), await desk.As(desk.Meera));

        await Shows(Everything with { OwnerId = desk.Omar.Id }, 70_00, "Delhi");
        await Shows(Everything with { TeamId = desk.Pune.Id }, 600_00, "plain", "vip");
        await Shows(Everything with { PoolId = desk.Vip.Id }, 500_00, "vip");
        await Shows(Everything with { TagId = desk.French.Id }, 500_00, "vip");
        await Shows(Everything with { SourceId = desk.WebForm.Id }, 670_00, "Delhi", "plain", "vip");
        await Shows(Everything with { OwnerId = desk.Asha.Id, TeamId = desk.Delhi.Id }, null);
        await Shows(Everything with { OwnerId = desk.Asha.Id, PoolId = desk.Inbound.Id }, 100_00, "plain");

        async Task Shows(BoardFilter filter, long? sum, params string[] names)
        {
            Assert.Equal(names, await NamesAsync(desk, filter, desk.Meera));
            var figures = await desk.Get<BoardQuery>().FiguresAsync(filter, desk.Stages[0], await desk.As(desk.Meera));
            Assert.Equal((names.Length, sum, false), (figures.Leads, figures.ValueMinor, figures.IsCapped));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_card_has_the_first_two_tags_by_name_and_counts_the_rest(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(details: new() { Company = "Fischer Optik", City = "Graz", ValueMinor = 420_000 }, ownedBy: desk.Asha);
        var (acts, meera) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera));
        await acts.RunAsync(new TagLeads(LeadSelection.Of([lead.Id]), desk.Restricted.Id), meera);
        await acts.RunAsync(new TagLeads(LeadSelection.Of([lead.Id]), desk.French.Id), meera);

        var card = Assert.Single((await desk.Get<BoardQuery>().WindowAsync(Everything, desk.Stages[0], 50, meera)).Leads);

        Assert.Equal(("Fischer Optik", "Graz", 420_000L, true, false), (card.Name, card.Line, card.ValueMinor, card.IsFresh, card.IsSecondChance));
        Assert.Equal((desk.French.Id, desk.Restricted.Id, 0), (card.FirstTag, card.SecondTag, card.MoreTags));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Won_and_Lost_show_the_last_thirty_days_newest_first_whatever_the_sort(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var won = desk.Stage("Won");
        await desk.LeadAsync("too long ago", desk.Asha, TimeSpan.FromDays(31), stage: won, value: 900_00);
        await desk.LeadAsync("before", desk.Asha, TimeSpan.FromDays(29), stage: won, value: 300_00);
        await desk.LeadAsync("just now", desk.Asha, TimeSpan.FromHours(1), stage: won, value: 100_00);
        var meera = await desk.As(desk.Meera);

        foreach (var sort in Enum.GetValues<BoardSort>())
        {
            var window = await desk.Get<BoardQuery>().WindowAsync(Everything with { Sort = sort }, won, 50, meera);
            Assert.Equal(["just now", "before"], window.Leads.Select(l => l.Name));
        }

        Assert.Equal(new ColumnFigures(2, false, 400_00, 0, 0), await desk.Get<BoardQuery>().FiguresAsync(Everything, won, meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_head_of_a_column_says_how_many_are_due_and_how_many_going_stale(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync("due", desk.Asha, TimeSpan.FromDays(7));
        await desk.LeadAsync("stale", desk.Asha, TimeSpan.FromDays(6));
        await desk.LeadAsync("stale too", desk.Ravi, TimeSpan.FromDays(6.9));
        await desk.LeadAsync("not yet", desk.Asha, TimeSpan.FromDays(6) - TimeSpan.FromMinutes(1));

        Assert.Equal((1, 2), await ClocksAsync(desk.Meera));
        Assert.Equal((1, 1), await ClocksAsync(desk.Asha));

        async Task<(int, int)> ClocksAsync(Employee who)
        {
            var figures = await desk.Get<BoardQuery>().FiguresAsync(Everything, desk.Stages[0], await desk.As(who));
            return (figures.Due, figures.Stale);
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Pages_of_every_sort_give_each_lead_once_in_order(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        // Values with ties and gaps, so that pages end within equal ones and among leads without any.
        await desk.LeadsAsync(137, desk.Asha, TimeSpan.FromDays(1), value: n => n % 3 == 0 ? null : n % 5 * 100_00);
        await desk.LeadsAsync(20, desk.Ravi, TimeSpan.FromDays(1), value: n => n * 100_00);
        var (query, meera) = (desk.Get<BoardQuery>(), await desk.As(desk.Meera));

        foreach (var sort in Enum.GetValues<BoardSort>())
        {
            var filter = Everything with { Sort = sort };
            var all = await query.WindowAsync(filter, desk.Stages[0], 1_000, meera);
            List<BoardLead> paged = [];
            for (var page = await query.WindowAsync(filter, desk.Stages[0], 10, meera); ; page = await query.MoreAsync(filter, desk.Stages[0], paged[^1], meera))
            {
                paged.AddRange(page.Leads);
                if (!page.HasMore)
                {
                    break;
                }
            }

            Assert.Equal(157, paged.Select(l => l.Id).Distinct().Count());
            Assert.Equal(all.Leads, paged);
            Assert.Equal(paged.Order(new BoardOrder(sort)), paged);
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Boards_that_show_the_same_ask_the_database_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadAsync(ownedBy: desk.Asha);
        var (query, shared) = (desk.Get<BoardQuery>(), desk.Get<SharedQueries>());
        var (asha, tara, meera) = (await desk.As(desk.Asha), await desk.As(desk.Tara), await desk.As(desk.Meera));

        var before = shared.Figures.Executed;
        var answers = await Task.WhenAll(
            query.WindowAsync(Everything, desk.Stages[0], 50, asha),
            query.WindowAsync(Everything with { OwnerId = desk.Asha.Id }, desk.Stages[0], 50, meera),
            query.WindowAsync(Everything, desk.Stages[0], 50, tara),
            query.WindowAsync(Everything with { TeamId = desk.Pune.Id }, desk.Stages[0], 50, meera));

        Assert.Equal(2, shared.Figures.Executed - before);
        Assert.All(answers, a => Assert.Single(a.Leads));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_team_lead_who_is_an_agent_elsewhere_sees_both(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var tara = await work.Db.Employees.FirstAsync(e => e.Id == desk.Tara.Id);
            tara.Edit(tara.Name, tara.Email, Roles.TeamLead | Roles.Agent, desk.Delhi.Id, "UTC");
            (await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == desk.Inbound.Id)).SetMembers([desk.Asha.Id, desk.Ravi.Id, desk.Omar.Id, desk.Tara.Id]);
            return Outcome.Done;
        });
        var asTara = (await desk.Get<DeskDirectory>().GetAsync()).Employee(desk.Tara.Id)!;
        await desk.LeadAsync("of the team", desk.Asha);
        await desk.LeadAsync("of her own", asTara);
        await desk.LeadAsync("of a colleague there", desk.Omar);

        Assert.Equal(["of her own", "of the team"], await NamesAsync(desk, Everything, desk.Tara));
        Assert.Equal([2], await CountsAsync(desk, Everything, desk.Tara));
    }

    [Fact]
    public Task After_any_acts_the_figures_are_those_of_a_real_count() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 11], Gen.Int[0, 6]).Array[1, 25].SampleAsync(async acts =>
        {
            await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
            var leads = await desk.LeadsAsync(12, value: n => n % 4 == 0 ? null : n * 10_00);
            var (run, meera) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera));
            Employee[] agents = [desk.Asha, desk.Ravi, desk.Omar];
            foreach (var (act, lead, to) in acts)
            {
                var one = LeadSelection.Of([leads[lead]]);
                await run.RunAsync(
                    act switch
                    {
                        0 => new AssignLeads(one, agents[to % 3].Id),
                        1 => new ReassignLeads(one, agents[to % 3].Id),
                        2 => new UnassignLeads(one),
                        3 => new MoveLeadsToPool(one, to % 2 == 0 ? desk.Inbound.Id : desk.Vip.Id),
                        _ => new SetLeadsStage(one, desk.Stages[to].Id),
                    },
                    meera);
            }

            foreach (var (who, filter) in new[]
            {
                (desk.Asha, Everything), (desk.Tara, Everything), (desk.Meera, Everything), (desk.Meera, Everything with { TeamId = desk.Pune.Id }),
                (desk.Meera, Everything with { PoolId = desk.Vip.Id }), (desk.Tara, Everything with { OwnerId = desk.Ravi.Id, PoolId = desk.Inbound.Id }),
            })
            {
                foreach (var stage in desk.Stages.Where(s => s.Kind is StageKind.Open))
                {
                    var actor = await desk.As(who);
                    var figures = await desk.Get<BoardQuery>().FiguresAsync(filter, stage, actor);
                    var window = await desk.Get<BoardQuery>().WindowAsync(filter, stage, 100, actor);
                    Assert.Equal((window.Leads.Count, window.Leads.Sum(l => l.ValueMinor ?? 0)), (figures.Leads, figures.ValueMinor ?? 0));
                }
            }
        }, iter: 25, threads: 1);

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Going_stale_leaves_what_is_inside_its_window_or_due_in_cards_and_figures(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var week = TimeSpan.FromDays(7);
        await desk.LeadAsync("soon", desk.Asha, week - TimeSpan.FromHours(3), value: 100_00);
        await desk.LeadAsync("just inside", desk.Ravi, week - TimeSpan.FromHours(24), value: 20_00);
        await desk.LeadAsync("just outside", desk.Ravi, week - TimeSpan.FromHours(24) - TimeSpan.FromSeconds(2), value: 3_00);
        await desk.LeadAsync("due", desk.Omar, week + TimeSpan.FromHours(1));
        await desk.LeadAsync("calm", desk.Asha);
        await desk.LeadAsync("won", desk.Asha, week * 2, stage: desk.Stage("Won"));
        var stale = Everything with { GoingStale = true };

        Assert.Equal(["due", "just inside", "soon"], await NamesAsync(desk, stale, desk.Meera));
        Assert.Equal(["just inside", "soon"], await NamesAsync(desk, stale, desk.Tara));
        Assert.Equal(["soon"], await NamesAsync(desk, stale, desk.Asha));
        Assert.Equal(["just inside"], await NamesAsync(desk, stale with { OwnerId = desk.Ravi.Id }, desk.Meera));
        Assert.Equal(new ColumnFigures(3, false, 120_00, 1, 2), await desk.Get<BoardQuery>().FiguresAsync(stale, desk.Stages[0], await desk.As(desk.Meera)));
        Assert.Equal(0, (await desk.Get<BoardQuery>().FiguresAsync(stale, desk.Stage("Won"), await desk.As(desk.Meera))).Leads);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_tags_of_a_lead_come_with_what_waits_and_only_to_who_may_see_it(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of([lead.Id]), desk.French.Id), await desk.As(desk.Asha));
        await desk.Get<RequestTagChange>().RunAsync(lead.Id, desk.Restricted.Id, true, "Three branches", await desk.As(desk.Asha));

        var tags = await desk.Get<BoardQuery>().TagsAsync(lead.Id, await desk.As(desk.Tara));

        Assert.Equal([desk.French.Id], tags!.On);
        Assert.Equal((desk.Restricted.Id, true, "Asha"), tags.Waiting.Select(w => (w.TagId, w.PutsOn, w.AskedBy)).Single());
        Assert.Null(await desk.Get<BoardQuery>().TagsAsync(lead.Id, await desk.As(desk.Omar)));
    }

    private static async Task<IEnumerable<string>> NamesAsync(TestDesk desk, BoardFilter filter, Employee who) =>
        (await desk.Get<BoardQuery>().WindowAsync(filter, desk.Stages[0], 50, await desk.As(who))).Leads.Select(l => l.Name).Order(StringComparer.Ordinal);

    private static async Task<List<long>> CountsAsync(TestDesk desk, BoardFilter filter, params Employee[] people)
    {
        List<long> counts = [];
        foreach (var who in people)
        {
            counts.Add((await desk.Get<BoardQuery>().FiguresAsync(filter, desk.Stages[0], await desk.As(who))).Leads);
        }

        return counts;
    }
}
