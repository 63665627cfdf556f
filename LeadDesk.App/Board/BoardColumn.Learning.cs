using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Board;

public sealed partial class BoardColumn
{
    /// <summary>Takes in what is so now. False when nothing is to be rendered.</summary>
    internal bool Learn(ColumnNews news)
    {
        var window = news.Window.Leads.ToDictionary(l => l.Id);
        List<BoardCard> kept = [.. _cards.Select(c => Kept(c, window, news)).OfType<BoardCard>()];
        var (next, waiting) = news.IsTouched ? Held(kept, news) : (Ordered(kept, news), 0);
        var isSame = next.SequenceEqual(_cards.Where(c => !c.HasLeft || c.Note?.IsYoung(news.Now, true) == true))
            && (waiting, news.Window.HasMore, news.Figures) == (Waiting, HasMore, Figures);
        Remember(news.Window);
        if (isSame)
        {
            return false;
        }

        (_cards, Waiting, Figures) = (next, waiting, news.Figures);
        Version++;
        return true;
    }

    /// <summary>Whether nothing waits, nothing has left and no card is held where it does not belong: what stands as before then stays where it is.</summary>
    internal bool IsSettled(BoardOrder order) =>
        Waiting == 0 && !_cards.Exists(c => c.HasLeft) && _cards.Zip(_cards.Skip(1)).All(c => order.Compare(c.First.Lead, c.Second.Lead) <= 0);

    /// <summary>Takes in what one lead is like now that stands as before. False when nothing is to be rendered.</summary>
    /// <param name="isAlone">No other card changes with it: it is rendered by itself at once, and nothing else is to be.</param>
    internal bool Repaint(BoardLead lead, CardNote? note, bool isAlone, BoardLens lens, DateTimeOffset now)
    {
        var at = _cards.FindIndex(c => c.Lead.Id == lead.Id);
        if (_cards[at].Lead == lead)
        {
            return false;
        }

        _cards[at] = _cards[at] with { Lead = lead, Lens = lens, Note = note ?? (_cards[at].Note is { } old && old.IsYoung(now) ? old : null) };
        if (isAlone && _cards[at].View is { } view)
        {
            view.Show(_cards[at]);
            return false;
        }

        Version++;
        return true;
    }

    private static BoardCard? Kept(BoardCard card, Dictionary<LeadId, BoardLead> window, ColumnNews news)
    {
        var id = card.Lead.Id;
        if (card.HasLeft && card.Note?.IsYoung(news.Now, true) != true)
        {
            return null;
        }

        if (window.GetValueOrDefault(id) is { } lead || news.Others.TryGetValue(id, out lead))
        {
            if (lead == card.Lead && !card.HasLeft && ReferenceEquals(card.Lens, news.Lens))
            {
                return card;
            }

            return new(lead, news.Lens, news.Notes.GetValueOrDefault(id) ?? (card is { HasLeft: false, Note: { } note } && note.IsYoung(news.Now) ? note : null));
        }

        if (card.HasLeft)
        {
            return card;
        }

        return news.Farewells.TryGetValue(id, out var farewell) ? new(card.Lead, card.Lens, farewell, HasLeft: true) : null;
    }

    /// <summary>Under a hand no card moves: what belongs below is added there, and so is a card from another column; what is new and belongs above or between waits.</summary>
    private (List<BoardCard> Cards, int Waiting) Held(List<BoardCard> cards, ColumnNews news)
    {
        var shown = cards.Where(c => !c.HasLeft).Select(c => c.Lead.Id).ToHashSet();
        var isEmpty = shown.Count == 0;
        var waiting = 0;
        var fromElsewhere = news.Window.Leads.Concat(news.Others.Values).Where(l => HasMoved(l.Id));
        foreach (var lead in news.Window.Leads.Where(l => !HasMoved(l.Id)).Concat(fromElsewhere).Where(l => shown.Add(l.Id)))
        {
            if (lead.Id == news.Found)
            {
                cards.Insert(Landing(cards, lead, news.Order), Arriving(lead, news));
            }
            else if (isEmpty || HasMoved(lead.Id) || (Last is not null && news.Order.Compare(lead, Last) > 0))
            {
                cards.Add(Arriving(lead, news));
            }
            else
            {
                waiting++;
            }
        }

        bool HasMoved(LeadId id) => id == news.Found || news.Notes.GetValueOrDefault(id)?.IsMove == true;

        return (cards, waiting);
    }

    /// <summary>In the board's order, save that a card with a fresh note keeps its place and one that just came lands where it is seen.</summary>
    private List<BoardCard> Ordered(List<BoardCard> kept, ColumnNews news)
    {
        var before = _cards.Select(c => c.Lead.Id).ToList();
        var held = kept.Where(c => c.Note?.IsYoung(news.Now, c.HasLeft) == true).ToDictionary(c => c.Lead.Id);
        var others = kept.Where(c => !held.ContainsKey(c.Lead.Id)).ToDictionary(c => c.Lead.Id);
        List<BoardLead> arrivals =
        [
            .. news.Window.Leads.Concat(news.Others.Values)
                .Where(l => (news.Notes.ContainsKey(l.Id) || l.Id == news.Found) && !held.ContainsKey(l.Id) && !others.ContainsKey(l.Id)).DistinctBy(l => l.Id),
        ];
        List<BoardCard> next = [.. news.Window.Leads.Where(l => !held.ContainsKey(l.Id) && !arrivals.Contains(l)).Select(l => others.GetValueOrDefault(l.Id) ?? new BoardCard(l, news.Lens))];
        foreach (var card in held.Values.OrderBy(c => before.IndexOf(c.Lead.Id)))
        {
            next.Insert(Math.Min(before.IndexOf(card.Lead.Id), next.Count), card);
        }

        foreach (var lead in arrivals)
        {
            next.Insert(Landing(next, lead, news.Order), Arriving(lead, news));
        }

        // A card that is moved in the document would play its old note again.
        return next.Select(c => c.Lead.Id).SequenceEqual(before) ? next : next.ConvertAll(c => c.Note?.IsYoung(news.Now, c.HasLeft) == false ? c with { Note = null } : c);
    }

    private static BoardCard Arriving(BoardLead lead, ColumnNews news) => new(lead, news.Lens, news.Notes.GetValueOrDefault(lead.Id));
}

/// <summary>What was read about a column after a change.</summary>
/// <param name="Others">Leads of the column outside the window, among them such as moved here.</param>
/// <param name="Notes">What others did to leads that are here now.</param>
/// <param name="Farewells">Why leads are here no longer.</param>
/// <param name="Found">A lead that is shown wherever it is, whatever else has to wait.</param>
internal sealed record ColumnNews(
    BoardWindow Window, ColumnFigures Figures, IReadOnlyDictionary<LeadId, BoardLead> Others, IReadOnlyDictionary<LeadId, CardNote> Notes,
    IReadOnlyDictionary<LeadId, CardNote> Farewells, bool IsTouched, LeadId? Found, BoardOrder Order, BoardLens Lens, DateTimeOffset Now);
