using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

public sealed class FilterScopeTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task No_filter_shows_more_than_the_scope(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await FillAsync(desk, 60);
        var read = await desk.Get<DeskDirectory>().GetAsync();
        await using var db = desk.Database();
        LeadFilter[] filters =
        [
            new(), new() { Status = LeadStatus.Assigned }, new() { Status = LeadStatus.Unassigned }, new() { Status = LeadStatus.Retired }, new() { OwnerId = desk.Ravi.Id },
            new() { TeamId = desk.Delhi.Id }, new() { PoolId = desk.Inbound.Id }, new() { View = LeadView.Fresh }, new() { Search = "lead" }, new() { OpenOnly = true },
        ];

        foreach (var actor in await ActorsAsync(desk))
        {
            foreach (var filter in filters)
            {
                var found = await filter.Apply(db.Leads.AsNoTracking(), actor, read, desk.Now).ToListAsync();
                Assert.All(found, l => Assert.True(l.MayBeSeenBy(actor), $"{actor.Name} by {filter}"));
            }
        }
    }

    /// <summary>The cast, and who leads two teams, and who leads a team and owns leads themselves, and someone with no role that sees.</summary>
    private static async Task<List<Actor>> ActorsAsync(TestDesk desk)
    {
        Employee[] cast = [desk.Asha, desk.Ravi, desk.Omar, desk.Tara, desk.Nils, desk.Meera, desk.Iris];
        var actors = new List<Actor> { Actor.System("test") };
        foreach (var who in cast)
        {
            actors.Add(await desk.As(who));
        }

        var player = Employee.Create(desk.Asha.Id, "Asha Rao", "asha@leaddesk.test", Roles.Agent | Roles.TeamLead, desk.Pune.Id, "UTC").Value!;
        actors.Add(Actor.Person(desk.Tara, [desk.Pune.Id, desk.Delhi.Id]));
        actors.Add(Actor.Person(player, [desk.Delhi.Id]));
        actors.Add(Actor.Person(desk.Tara, []));
        actors.Add(Actor.Person(desk.Omar, [desk.Pune.Id]));
        return actors;
    }

    private static async Task FillAsync(TestDesk desk, int count)
    {
        var chance = new Random(11);
        var outcome = await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var pool = await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == desk.Inbound.Id);
            Employee?[] owners = [null, desk.Asha, desk.Ravi, desk.Omar];
            await desk.Get<IdSource>().ReserveAsync<LeadId>(count, default);
            for (var n = 0; n < count; n++)
            {
                var lead = Lead.Create(
                    work.NewId<LeadId>(), new() { Name = $"Lead {n}" }, desk.WebForm.Id, chance.Next(5) == 0 ? null : pool.Id, desk.Stages[chance.Next(desk.Stages.Count)].Id,
                    work.By, Cause.System, work.Now).Value!;
                work.Db.Leads.Add(lead);
                if (lead.PoolId is not null && owners[chance.Next(4)] is { } owner)
                {
                    lead.Assign(owner, pool, work.By, Cause.System, work.Now);
                }

                if (chance.Next(3) == 0)
                {
                    lead.RetireIfDue(new RetirementPolicy(TimeSpan.Zero, TimeSpan.Zero), true, work.By, work.Now, work.Now);
                }

                if (chance.Next(4) == 0 && lead.IsRetired)
                {
                    lead.Reassign(desk.Omar, pool, work.By, Cause.System, work.Now);
                }

                lead.SetSearchText("lead");
            }

            return Outcome.Done;
        });
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
    }
}
