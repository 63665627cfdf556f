using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Kit;

/// <summary>Leads by the hundred in one transaction, for what has to hold for many.</summary>
public static class ManyLeads
{
    private static readonly Actor _builder = Actor.System("test");

    /// <summary>Each is one second older than the one before it, so that an order by time is an order by number.</summary>
    public static async Task<IReadOnlyList<LeadId>> LeadsAsync(
        this TestDesk desk, int count, Employee? ownedBy = null, TimeSpan idleFor = default, Pool? pool = null, Stage? stage = null, Func<int, long?>? value = null, string name = "Lead")
    {
        await desk.Get<IdSource>().ReserveAsync<LeadId>(count, default);
        var made = new List<LeadId>(count);
        await desk.Get<Transactor>().RunAsync(_builder, async work =>
        {
            // A transaction may begin anew.
            made.Clear();
            var home = await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == (pool ?? desk.Inbound).Id);
            for (var n = 0; n < count; n++)
            {
                var at = desk.Now - idleFor - TimeSpan.FromSeconds(n);
                var lead = Lead.Create(
                    work.NewId<LeadId>(), new LeadDetails { Name = $"{name} {n}", ValueMinor = value?.Invoke(n) }, desk.WebForm.Id, home.Id, (stage ?? desk.Stages[0]).Id,
                    work.By, Cause.System, at).Value!;
                if (ownedBy is not null)
                {
                    Assert.False(lead.Assign(ownedBy, home, work.By, Cause.System, at).IsRefused);
                }

                work.Db.Leads.Add(lead);
                made.Add(lead.Id);
            }

            return Outcome.Done;
        });
        return made;
    }
}
