using System.Text.Json;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class ManyNewLeadsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Leads_stored_past_the_tracker_are_what_the_tracker_would_have_stored(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var pool = await PoolAsync(desk);

        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Meera), work =>
        {
            var lead = Full(desk, work);
            work.Db.Leads.Add(lead);
            work.Db.FurtherDetails.AddRange(new FurtherDetail(lead.Id, "Budget", "high"), new FurtherDetail(lead.Id, "Nothing", ""));
            return Task.FromResult(Outcome.Done);
        });
        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Meera), work =>
        {
            var (full, bare) = (Full(desk, work), Bare(desk, work));
            work.Add([full, bare], [new(full.Id, "Budget", "high"), new(full.Id, "Nothing", "")]);
            return Task.FromResult(Outcome.Done);
        });

        await using var db = desk.Database();
        var leads = await db.Leads.AsNoTracking().Include(l => l.Tags).Include(l => l.Contacts).OrderBy(l => l.Id).ToListAsync();
        Assert.Equal(3, leads.Count);
        Assert.Equal(await DescribeAsync(db, leads[0]), await DescribeAsync(db, leads[1]));
        Assert.Contains("Größe", leads[1].Name, StringComparison.Ordinal);
        Assert.Equal(("Nobody", null, null), (leads[2].Name, leads[2].OwnerId, leads[2].ClockStart));
        Assert.Equal(2, await db.LeadCounts.Where(c => c.OwnerKey == desk.Asha.Id.Value).SumAsync(c => c.Leads));

        Lead Full(TestDesk at, Work work)
        {
            var details = new LeadDetails
            {
                Name = "Jörg “Größe” Müller",
                Company = "Müller & Söhne",
                Emails = ["j@example.org", "k@example.org"],
                Phones = [new("030 123", "+4930123")],
                ExternalId = "X-1",
                Country = "DE",
                City = "Köln",
                Language = "de-DE",
                TimeZone = "Europe/Berlin",
                ValueMinor = 120_050,
                DoNotCall = true,
                DoNotMail = true,
            };
            var lead = Lead.Create(work.NewId<LeadId>(), details, at.WebForm.Id, at.Vip.Id, at.Stages[0].Id, work.By, Cause.Import, work.Now).Value!;
            lead.SetScore(87);
            lead.SetImportKey("abc");
            lead.Tag(at.French, work.By, Cause.Import, work.Now);
            Assert.Equal(OutcomeKind.Done, lead.Assign(at.Asha, pool, work.By, Cause.Import, work.Now).Kind);
            lead.SetFollowUp(new(2026, 11, 30), new(9, 15), work.By, Cause.Import, work.Now);
            return lead;
        }
    }

    [Fact]
    public async Task Screens_hear_of_them_as_of_any_new_lead()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var heard = new List<Commit>();
        desk.Get<ChangeFeed>().Committed += heard.Add;

        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Meera), work =>
        {
            work.Add([Bare(desk, work), Bare(desk, work)], []);
            return Task.FromResult(Outcome.Done);
        });

        Assert.Equal(2, Assert.Single(heard).Leads.Count);
        Assert.All(heard[0].Leads, change => Assert.Equal((null, LeadEventKind.Created), (change.Before, change.Kind)));
    }

    [Fact]
    public async Task Nothing_of_them_is_stored_when_the_intent_refuses()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Meera), work =>
        {
            work.Add([Bare(desk, work)], []);
            return Task.FromResult<Outcome>(new NotAllowed("Not now."));
        });

        await using var db = desk.Database();
        Assert.False(await db.Leads.AnyAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Ids_taken_at_once_are_nobody_elses(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = desk.Get<IdSource>();

        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(() => ids.TakeAsync<LeadId>(700 + n, default))));

        var all = taken.SelectMany(t => t).ToList();
        Assert.Equal(8 * 700 + 28, all.Count);
        Assert.Equal(all.Count, all.Distinct().Count());
    }

    private static Lead Bare(TestDesk desk, Work work) =>
        Lead.Create(work.NewId<LeadId>(), new() { Name = "Nobody" }, desk.WebForm.Id, desk.Inbound.Id, desk.Stages[0].Id, work.By, Cause.Import, work.Now).Value!;

    private static async Task<Domain.Pools.Pool> PoolAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.Pools.AsNoTracking().Include(p => p.Members).FirstAsync(p => p.Id == desk.Vip.Id);
    }

    /// <summary>Everything that is stored of a lead, its own number left out.</summary>
    private static async Task<string> DescribeAsync(LeadDeskDb db, Lead lead)
    {
        var events = await db.LeadEvents.AsNoTracking().Where(e => e.LeadId == lead.Id).OrderBy(e => e.Id).ToListAsync();
        var details = await db.FurtherDetails.AsNoTracking().Where(d => d.LeadId == lead.Id).ToListAsync();
        var text = JsonSerializer.Serialize(new { lead, events, details });
        foreach (var number in events.Select(e => e.Id))
        {
            text = text.Replace($"\"Id\":{number},", "\"Id\":0,", StringComparison.Ordinal);
        }

        return text.Replace($"\"Value\":{lead.Id.Value}}}", "\"Value\":0}", StringComparison.Ordinal);
    }
}
