using CsCheck;
using LeadDesk.App.Board;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Kit;
using Microsoft.Extensions.Time.Testing;

namespace LeadDesk.Tests.Board;

public sealed class BoardColumnTests
{
    private static readonly BoardOrder Order = new(BoardSort.Soonest);
    private static readonly Gen<(int Lead, int Start, bool IsHere)[]> Changes = Gen.Select(Gen.Int[1, 12], Gen.Int[0, 30], Gen.Bool).Array[1, 4];

    [Fact]
    public void Whatever_comes_no_lead_stands_twice_nothing_moves_under_a_hand_and_once_the_hand_is_gone_all_is_in_order() =>
        Gen.Select(Changes, Gen.Bool, Gen.Int[0, 9]).Array[1, 30].Sample(waves =>
        {
            var clock = new FakeTimeProvider(TestDesk.Tuesday);
            var lens = new BoardLens(null!, TimeZoneInfo.Utc, clock);
            var column = new BoardColumn(Stage.Create(new(1), "New", 0, StageKind.Open).Value!);
            var leads = new SortedDictionary<int, BoardLead>();
            column.Show(Window(leads), ColumnFigures.None, lens);

            foreach (var (changes, isTouched, seconds) in waves)
            {
                var farewells = column.Cards.Where(c => c.HasLeft).Select(c => c.Lead.Id).ToList();
                var before = column.Cards.Where(c => !c.HasLeft).Select(c => c.Lead.Id).ToList();
                foreach (var (lead, start, isHere) in changes)
                {
                    leads.Remove(lead);
                    if (isHere)
                    {
                        leads[lead] = Lead(lead, start);
                    }
                }

                column.Learn(News(column, leads, isTouched, lens, changes.Select(c => new LeadId(c.Lead))));

                var after = column.Cards.Where(c => !c.HasLeft).Select(c => c.Lead).ToList();
                Assert.Equal(after.Select(l => l.Id).Distinct().Count(), after.Count);
                Assert.All(after, l => Assert.Equal(leads[(int)l.Id.Value], l));
                Assert.Equal(leads.Count, after.Count + column.Waiting);
                if (isTouched)
                {
                    var stayed = before.Where(id => leads.ContainsKey((int)id.Value)).ToList();
                    var ids = after.Select(l => l.Id).Where(id => !farewells.Contains(id)).ToList();
                    Assert.Equal(stayed, ids.Take(stayed.Count));
                }

                clock.Advance(TimeSpan.FromSeconds(seconds));
            }

            clock.Advance(CardNote.Farewell);
            column.Learn(News(column, leads, isTouched: false, lens, []));
            Assert.Equal(leads.Values.Order(Order), column.Cards.Where(c => !c.HasLeft).Select(c => c.Lead));
            Assert.Equal(0, column.Waiting);
            Assert.False(column.Learn(News(column, leads, isTouched: false, lens, [])));
        }, iter: 2_000);

    private static BoardWindow Window(SortedDictionary<int, BoardLead> leads) => new([.. leads.Values.Order(Order)], false);

    private static ColumnNews News(BoardColumn column, SortedDictionary<int, BoardLead> leads, bool isTouched, BoardLens lens, IEnumerable<LeadId> changed)
    {
        var all = changed.Distinct().ToList();
        return new(
            Window(leads), ColumnFigures.None with { Leads = leads.Count }, new Dictionary<LeadId, BoardLead>(),
            all.Where(id => id.Value % 3 != 0 && leads.ContainsKey((int)id.Value)).ToDictionary(id => id, id => new CardNote("Asha moved it here", "arrow", lens.Now, IsMove: id.Value % 2 == 0)),
            all.Where(id => !leads.ContainsKey((int)id.Value) && column.Find(id) is not null).ToDictionary(id => id, _ => new CardNote("retired", "retired", lens.Now)),
            isTouched, null, Order, lens, lens.Now);
    }

    private static BoardLead Lead(int id, int start) =>
        new(new(id), $"Lead {id}", null, new(1), new(1), null, TestDesk.Tuesday + TimeSpan.FromMinutes(start), TestDesk.Tuesday, false, false, null, null, 0);
}
