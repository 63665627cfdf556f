using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

/// <summary>Leads that are read without being tracked are saved as their verbs left them.</summary>
public sealed class LeadsPastTheTrackerTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_different_verbs_changed_on_many_leads_is_what_the_database_has(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = new List<LeadId>();
        for (var i = 0; i < 30; i++)
        {
            ids.Add((await desk.LeadAsync(ownedBy: desk.Asha)).Id);
        }

        List<Lead> changed = [];
        var outcome = await desk.Get<Transactor>().RunAsync(await desk.As(desk.Meera), async work =>
        {
            changed = await work.LeadsAloneAsync(work.Db.Leads.Where(l => ids.Contains(l.Id)).OrderBy(l => l.Id));
            var stages = await work.Db.Stages.OrderBy(s => s.Position).ToListAsync(work.Ct);
            var at = work.Now;
            for (var i = 0; i < changed.Count; i++)
            {
                var lead = changed[i];
                Assert.Equal(Outcome.Done, (i % 5) switch
                {
                    0 => lead.MoveTo(stages.First(s => s.Id != lead.StageId), lead.StageId, work.By, Cause.Bulk, at),
                    1 => lead.SetFollowUp(DateOnly.FromDateTime(at.UtcDateTime).AddDays(3), new TimeOnly(7, 8), work.By, Cause.Bulk, at),
                    2 => lead.Unassign(work.By, Cause.Bulk, at),
                    3 => lead.Comment("É, \"it\" said\n'yes'", null, work.By, Cause.Person, at),
                    _ => lead.SetFollowUp(DateOnly.FromDateTime(at.UtcDateTime).AddDays(4), null, work.By, Cause.Bulk, at),
                });
            }

            return Outcome.Done;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Done, outcome);
        await using var db = desk.Database();
        var plan = RowPlan.For(db, typeof(Lead));
        foreach (var lead in changed)
        {
            var kept = await db.Leads.AsNoTracking().SingleAsync(l => l.Id == lead.Id, TestContext.Current.CancellationToken);
            Assert.Equal(plan.Columns.Select(c => (c.Name, c.ValueOf(lead))), plan.Columns.Select(c => (c.Name, c.ValueOf(kept))));
            var last = (await desk.HistoryAsync(lead.Id))[^1];
            Assert.Equal((lead.Version, lead.NewEvents[^1].Kind), (last.LeadVersion, last.Kind));
        }
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task One_that_became_another_version_meanwhile_is_not_overwritten_but_decided_on_anew(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var attempts = 0;

        var outcome = await desk.Get<Transactor>().RunAsync(await desk.As(desk.Asha), async work =>
        {
            var read = (await work.LeadAloneAsync(lead.Id))!;
            if (++attempts == 1)
            {
                await work.Db.Database.ExecuteSqlAsync($"""UPDATE "Leads" SET "Version" = "Version" + 5 WHERE "Id" = {lead.Id.Value}""", work.Ct);
            }

            return read.Comment($"Attempt {attempts}", null, work.By, Cause.Person, work.Now);
        }, TestContext.Current.CancellationToken);

        Assert.Equal(Outcome.Done, outcome);
        Assert.Equal(2, attempts);
        Assert.Equal("Attempt 2", (await desk.HistoryAsync(lead.Id))[^1].Text);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task One_that_no_verb_changed_is_left_as_it_is(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);

        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Asha), async work =>
        {
            Assert.NotNull(await work.LeadAloneAsync(lead.Id));
            return Outcome.Done;
        }, TestContext.Current.CancellationToken);

        Assert.Equal(lead.Version, (await desk.ReadAsync(lead.Id)).Version);
    }
}
