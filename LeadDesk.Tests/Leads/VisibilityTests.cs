using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads;

public sealed class VisibilityTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    /// <summary>The scope is written twice, as SQL and as a rule on one lead; this holds both to each other.</summary>
    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_database_shows_each_person_what_the_rule_lets_them_see(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(60);
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var pool = await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == desk.Inbound.Id);
            foreach (var (lead, n) in (await work.Db.Leads.OrderBy(l => l.Id).ToListAsync()).Select((lead, n) => (lead, n)))
            {
                Live(lead, n % 6, pool, work);
            }

            // Who leads both teams, and who leads one and owns leads of the other.
            (await work.Db.Employees.FirstAsync(e => e.Id == desk.Omar.Id)).Edit("Omar Khan", desk.Omar.Email, Roles.Agent | Roles.TeamLead, desk.Delhi.Id, "UTC");
            return Outcome.Done;
        });
        var omar = (await desk.Get<DeskDirectory>().GetAsync()).Employee(desk.Omar.Id)!;
        Actor[] actors =
        [
            await desk.As(desk.Asha), await desk.As(desk.Ravi), Actor.Person(omar, []), Actor.Person(omar, [desk.Pune.Id]), Actor.Person(desk.Tara, [desk.Pune.Id, desk.Delhi.Id]),
            await desk.As(desk.Tara), await desk.As(desk.Nils), await desk.As(desk.Meera), await desk.As(desk.Iris), Actor.System("test"),
        ];

        await using var db = desk.Database();
        var all = await db.Leads.AsNoTracking().ToListAsync();
        foreach (var actor in actors)
        {
            var shown = await db.Leads.VisibleTo(actor).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync();
            Assert.Equal(all.Where(l => l.MayBeSeenBy(actor)).Select(l => l.Id).Order(), shown);
        }

        void Live(Lead lead, int fate, Domain.Pools.Pool pool, Work work)
        {
            var owner = fate switch { 1 or 4 => desk.Asha, 2 => desk.Ravi, 3 or 5 => desk.Omar, _ => null };
            if (owner is not null)
            {
                Assert.Equal(Outcome.Done, lead.Assign(owner, pool, work.By, Cause.System, work.Now - TimeSpan.FromDays(9)));
            }

            if (fate >= 4)
            {
                Assert.Equal(Outcome.Done, lead.RetireIfDue(work.Desk.Policy, true, work.By, work.Now, work.Now));
            }
        }
    }
}
