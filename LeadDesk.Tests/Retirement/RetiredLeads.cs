using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>Leads that retired at a moment of the test's choosing.</summary>
internal static class RetiredLeads
{
    private static readonly Actor _builder = Actor.System("test");

    public static async Task<Lead> RetiredAsync(
        this TestDesk desk, Employee from, string name = "Lena Fischer", TimeSpan ago = default, TimeSpan quiet = default, Pool? pool = null, Stage? stage = null, long? value = null)
    {
        quiet = quiet == default ? TimeSpan.FromDays(7) : quiet;
        var lead = await desk.LeadAsync(name, from, ago + quiet, pool, stage, value);
        await desk.Get<Transactor>().RunAsync(_builder, async work =>
        {
            var due = await work.Db.Leads.FirstAsync(l => l.Id == lead.Id);
            return due.RetireIfDue(new RetirementPolicy(quiet, TimeSpan.Zero), true, work.By, desk.Now - ago, desk.Now - ago);
        });
        return await desk.ReadAsync(lead.Id);
    }

    public static Task<int> SweepAsync(this TestDesk desk) => desk.Get<RetirementSweep>().RunAsync(desk.Now);
}
