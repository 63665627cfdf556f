using CsCheck;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Leads.Grid;

/// <summary>A generated floor of leads for the list: owned, unassigned, retired, worked or not, with and without everything that may be missing.</summary>
internal static class Floor
{
    private static readonly Actor _builder = Actor.System("test");

    private static readonly string[] _names = ["Åsa Öberg", "anna", "Zoë", "zora", "Ben", "Émile", "ben", "李雷", "", "Ana \U0001F642"];

    private static readonly Gen<Wish> _wishes = Gen.Select(
        Gen.Int[0, _names.Length - 1], Gen.Int[0, 5], Gen.Int[0, 2], Gen.Int[-3, 3], Gen.Int[0, 5], Gen.Int[0, 240], Gen.Int[0, 63])
        .Select((name, owner, pool, followUp, stage, hours, bits) => new Wish(_names[name], owner, pool, followUp, stage, hours, bits));

    /// <summary>Times are whole hours, so that many leads share them and the tie-breaker has work.</summary>
    public static async Task<IReadOnlyList<Lead>> FillAsync(TestDesk desk, int count, string seed)
    {
        var made = new List<LeadId>();
        await desk.Get<IdSource>().ReserveAsync<LeadId>(count, default);
        var wishes = _wishes.Array[count].Single(_ => true, seed);
        await desk.Get<Transactor>().RunAsync(_builder, work =>
        {
            foreach (var wish in wishes)
            {
                var lead = Make(desk, work, wish);
                made.Add(lead.Id);
                work.Db.Leads.Add(lead);
            }

            return Task.FromResult(Outcome.Done);
        });
        await using var db = desk.Database();
        return await db.Leads.AsNoTracking().Include(l => l.Tags).AsSplitQuery().Where(l => made.Contains(l.Id)).ToListAsync();
    }

    private static Lead Make(TestDesk desk, Work work, Wish wish)
    {
        var at = desk.Now - TimeSpan.FromHours(wish.Hours);
        var owner = wish.Owner switch { 0 => desk.Asha, 1 => desk.Ravi, 2 => desk.Omar, _ => null };
        var pool = work.Desk.Pool((wish.Pool == 0 && owner?.Id == desk.Asha.Id ? desk.Vip : desk.Inbound).Id)!;
        var lead = Lead.Create(work.NewId<LeadId>(), new()
        {
            Name = wish.Name,
            Company = wish.Bits % 2 == 0 ? $"Company {wish.Hours}" : null,
            Emails = wish.Name.Length == 0 ? ["nobody@example.org"] : [],
            ValueMinor = wish.Bits % 3 == 0 ? null : wish.Hours * 10_000L,
        }, desk.WebForm.Id, pool.Id, desk.Stages[wish.Stage % desk.Stages.Count].Id, work.By, Cause.System, at).Value!;
        if (owner is not null || wish.Owner == 5)
        {
            Assert.Null(lead.Assign(owner ?? desk.Ravi, pool, work.By, Cause.System, at).Refusal);
        }

        if ((wish.Bits & 4) != 0)
        {
            lead.Comment("Called.", null, Actor.Person(owner ?? desk.Meera, []), Cause.Person, at + TimeSpan.FromMinutes(30));
        }

        if ((wish.Bits & 8) != 0)
        {
            lead.Tag(desk.French, work.By, Cause.System, at);
        }

        if (wish.FollowUp != 0)
        {
            lead.SetFollowUp(DateOnly.FromDateTime(desk.Now.Date).AddDays(wish.FollowUp), (wish.Bits & 16) == 0 ? null : new TimeOnly(8 + wish.Stage, 0), work.By, Cause.System, at);
        }

        if (wish.Owner == 5)
        {
            lead.RetireIfDue(new RetirementPolicy(TimeSpan.Zero, TimeSpan.Zero), true, work.By, desk.Now, desk.Now);
        }

        return lead;
    }

    private sealed record Wish(string Name, int Owner, int Pool, int FollowUp, int Stage, int Hours, int Bits);
}
