using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Board;

/// <summary>What one board shows of one stage. The order holds while a hand is in the column or a note is fresh; what is new then waits.</summary>
/// <param name="before">The column as it was before the stage, or the board's filter, changed.</param>
public sealed partial class BoardColumn(Stage stage, BoardColumn? before = null)
{
    /// <summary>How far down a card that moved here may land and still be seen; otherwise it lands on top.</summary>
    private const int InSight = 6;

    private List<BoardCard> _cards = [];

    public StageId Id => stage.Id;
    public Stage Stage => stage;

    /// <summary>Won or Lost: shut until someone opens it, and of the last thirty days.</summary>
    public bool IsClosing => stage.Kind is not StageKind.Open;

    public bool IsOpen { get; private set; } = stage.Kind is StageKind.Open || before?.IsOpen == true;

    /// <summary>Only its leads that are due or inside their warning window are shown; its figures are still those of all.</summary>
    public bool OnlyStale { get; private set; } = before?.OnlyStale == true;

    public IReadOnlyList<BoardCard> Cards => _cards;
    public ColumnFigures Figures { get; private set; } = ColumnFigures.None;

    /// <summary>Leads that belong above or between the cards and wait to be shown.</summary>
    public int Waiting { get; private set; }

    public bool HasMore { get; private set; }

    /// <summary>Goes up when there is something else to render.</summary>
    public int Version { get; private set; }

    /// <summary>How many leads of the order are read again after a change.</summary>
    internal int Take { get; private set; } = BoardQuery.Page;

    /// <summary>The last lead of what was read in order; the next page follows it.</summary>
    internal BoardLead? Last { get; private set; }

    internal BoardCard? Find(LeadId id) => _cards.Find(c => c.Lead.Id == id && !c.HasLeft);

    /// <summary>Where the lead stands among the cards, from 1.</summary>
    internal int PlaceOf(LeadId id) => _cards.Where(c => !c.HasLeft).TakeWhile(c => c.Lead.Id != id).Count() + 1;

    internal void Open(bool open)
    {
        IsOpen = open;
        if (!open)
        {
            (_cards, Waiting, HasMore, Take, Last) = ([], 0, false, BoardQuery.Page, null);
        }

        Version++;
    }

    internal void Narrow(bool onlyStale)
    {
        (OnlyStale, Take) = (onlyStale, BoardQuery.Page);
        Version++;
    }

    /// <summary>Everything anew, in order.</summary>
    internal void Show(BoardWindow window, ColumnFigures figures, BoardLens lens)
    {
        _cards = [.. window.Leads.Select(l => new BoardCard(l, lens))];
        (Figures, Waiting) = (figures, 0);
        Remember(window);
        Version++;
    }

    internal void Append(BoardWindow page, BoardLens lens)
    {
        var known = _cards.Select(c => c.Lead.Id).ToHashSet();
        _cards = [.. _cards, .. page.Leads.Where(l => !known.Contains(l.Id)).Select(l => new BoardCard(l, lens))];
        Take += BoardQuery.Page;
        Last = page.Leads.Count > 0 ? page.Leads[^1] : Last;
        HasMore = page.HasMore;
        Version++;
    }

    /// <summary>Who else is at which lead. False where the cards say so already.</summary>
    internal bool LookAround(Func<LeadId, OthersHere?> others)
    {
        var isOther = false;
        for (var i = 0; i < _cards.Count; i++)
        {
            var (card, here) = (_cards[i], _cards[i].HasLeft ? null : others(_cards[i].Lead.Id));
            if (card.Others != here)
            {
                (_cards[i], isOther) = (card with { Others = here }, true);
            }
        }

        Version += isOther ? 1 : 0;
        return isOther;
    }

    internal bool SetFigures(ColumnFigures figures)
    {
        if (figures == Figures)
        {
            return false;
        }

        Figures = figures;
        Version++;
        return true;
    }

    /// <summary>Whether taking it in would bring, move or take away a card.</summary>
    internal bool WouldMove(BoardWindow window) => !window.Leads.Select(l => l.Id).SequenceEqual(_cards.Where(c => !c.HasLeft).Select(c => c.Lead.Id));

    /// <summary>A card that is moved here before the database says so.</summary>
    internal void Receive(BoardCard card, BoardOrder order)
    {
        if (IsOpen)
        {
            _cards.RemoveAll(c => c.Lead.Id == card.Lead.Id);
            _cards = [.. _cards];
            _cards.Insert(Landing(_cards, card.Lead, order), card);
        }

        Count(card.Lead, 1);
    }

    /// <summary>Takes the card away and says where it stood.</summary>
    internal int Release(LeadId id)
    {
        var at = _cards.FindIndex(c => c.Lead.Id == id);
        if (at >= 0)
        {
            Count(_cards[at].Lead, -1);
            _cards = [.. _cards.Where(c => c.Lead.Id != id)];
        }

        return at;
    }

    internal void PutBack(BoardCard card, int at)
    {
        _cards = [.. _cards.Where(c => c.Lead.Id != card.Lead.Id)];
        _cards.Insert(Math.Clamp(at, 0, _cards.Count), card);
        Count(card.Lead, 1);
    }

    /// <summary>A move here was refused.</summary>
    internal void Return(BoardLead lead)
    {
        _cards = [.. _cards.Where(c => c.Lead.Id != lead.Id)];
        Count(lead, -1);
    }

    private void Count(BoardLead lead, int sign)
    {
        var value = (Figures.ValueMinor ?? 0) + (sign * (lead.ValueMinor ?? 0));
        Figures = Figures with { Leads = Math.Max(0, Figures.Leads + (Figures.IsCapped ? 0 : sign)), ValueMinor = Figures.IsCapped || value <= 0 ? null : value };
        Version++;
    }

    private void Remember(BoardWindow window) => (HasMore, Last) = (window.HasMore, window.Leads.Count > 0 ? window.Leads[^1] : null);

    private static int Landing(List<BoardCard> cards, BoardLead lead, BoardOrder order) => Natural(cards, lead, order) is var at && at < InSight ? at : 0;

    private static int Natural(List<BoardCard> cards, BoardLead lead, BoardOrder order) =>
        cards.FindIndex(c => !c.HasLeft && order.Compare(c.Lead, lead) > 0) is >= 0 and var at ? at : cards.Count;
}
