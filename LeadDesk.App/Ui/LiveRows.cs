using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Ui;

/// <summary>A row of a list of leads. A record, so that a screen can tell whether it changed.</summary>
public interface ILeadRow
{
    LeadId Id { get; }

    string Name { get; }
}

/// <summary>What is said in the place of a row that left.</summary>
/// <param name="At">When it left.</param>
public sealed record Tomb(string Words, DateTimeOffset At, string Icon = "assign");

/// <summary>One place of a live list: a row, or what is left of one.</summary>
/// <param name="IsNew">Came while the list was open.</param>
/// <param name="IsHit">Changed a moment ago.</param>
public sealed record ShownRow<TRow>(TRow Row, Tomb? Tomb = null, bool IsNew = false, bool IsHit = false) where TRow : class, ILeadRow
{
    internal DateTimeOffset Since { get; init; }
}

/// <summary>
/// The loaded part of an ordered list that goes on changing: read page by page, let go above when it gets long, and never moved under the hand.
/// Who left stays as a tombstone for a while; who came is counted until someone asks for it.
/// </summary>
public sealed class LiveRows<TRow> where TRow : class, ILeadRow
{
    /// <summary>So many rows are in the document at most.</summary>
    public const int Most = 400;

    public static readonly TimeSpan Mourning = TimeSpan.FromSeconds(8);

    private readonly HashSet<LeadId> _news = [];
    private List<ShownRow<TRow>> _shown = [];
    private Comparison<TRow> _order = (a, b) => a.Id.CompareTo(b.Id);

    public IReadOnlyList<ShownRow<TRow>> Shown => _shown;

    /// <summary>Nothing follows the last row.</summary>
    public bool AtEnd { get; private set; }

    /// <summary>Rows above the first one that were loaded and let go.</summary>
    public int Above { get; private set; }

    /// <summary>Leads that came meanwhile and belong above or among what is shown.</summary>
    public int News => _news.Count;

    public IEnumerable<TRow> Rows => _shown.Where(s => s.Tomb is null).Select(s => s.Row);

    public TRow? First => Rows.FirstOrDefault();

    public TRow? Last => _shown.FindLast(s => s.Tomb is null)?.Row;

    /// <summary>When there is something to clear away next; none where nothing is.</summary>
    public DateTimeOffset? NextClearing => _shown.Where(s => s.Tomb is not null || s.IsHit).Select(s => (DateTimeOffset?)(s.Since + Mourning)).Min();

    /// <summary>The list from its top. What was counted as news is marked as new.</summary>
    public void Start(IReadOnlyList<TRow> rows, bool atEnd, Comparison<TRow> order)
    {
        var known = _shown.Where(s => s.IsNew).Select(s => s.Row.Id).Concat(_news).ToHashSet();
        _shown = [.. rows.Select(r => new ShownRow<TRow>(r, IsNew: known.Contains(r.Id)))];
        (AtEnd, Above, _order) = (atEnd, 0, order);
        _news.Clear();
    }

    /// <summary>Nothing that was seen before is new any more.</summary>
    public void Forget() => (_shown, AtEnd, Above) = ([], false, 0);

    public void Append(IReadOnlyList<TRow> rows, bool atEnd)
    {
        var here = _shown.Select(s => s.Row.Id).ToHashSet();
        _shown.AddRange(rows.Where(r => !here.Contains(r.Id)).Select(r => new ShownRow<TRow>(r)));
        _news.ExceptWith(rows.Select(r => r.Id));
        AtEnd = atEnd;
        if (_shown.Count > Most)
        {
            var gone = _shown.Count - Most;
            _shown.RemoveRange(0, gone);
            Above += gone;
        }
    }

    /// <summary>The page before the first row, in the order of the list.</summary>
    public void Prepend(IReadOnlyList<TRow> rows, bool atStart)
    {
        var here = _shown.Select(s => s.Row.Id).ToHashSet();
        _shown.InsertRange(0, rows.Where(r => !here.Contains(r.Id)).Select(r => new ShownRow<TRow>(r)));
        _news.ExceptWith(rows.Select(r => r.Id));
        Above = atStart ? 0 : Math.Max(1, Above - rows.Count);
        if (_shown.Count > Most)
        {
            _shown.RemoveRange(Most, _shown.Count - Most);
            AtEnd = false;
        }
    }

    /// <summary>Takes in what became of some leads: <paramref name="now"/> has those that still belong to the list. True when anything shown is different.</summary>
    /// <param name="tomb">What is said in the place of one that left; none closes the gap at once.</param>
    public bool Merge(IEnumerable<LeadId> changed, IReadOnlyDictionary<LeadId, TRow> now, Func<LeadId, Tomb?> tomb, DateTimeOffset at)
    {
        var different = false;
        foreach (var id in changed)
        {
            var place = _shown.FindIndex(s => s.Row.Id == id);
            if (now.TryGetValue(id, out var row))
            {
                different |= place < 0 ? IsNews(row) && _news.Add(id) : Replace(place, row, at);
                continue;
            }

            different |= _news.Remove(id);
            if (place >= 0 && _shown[place].Tomb is null)
            {
                different = true;
                if (tomb(id) is { } words)
                {
                    _shown[place] = new ShownRow<TRow>(_shown[place].Row, words) { Since = at };
                }
                else
                {
                    _shown.RemoveAt(place);
                }
            }
        }

        return different;
    }

    /// <summary>Takes away tombstones and marks that have been seen long enough. True when there were any.</summary>
    public bool Clear(DateTimeOffset now)
    {
        var before = _shown.Count;
        _shown.RemoveAll(s => s.Tomb is not null && s.Since + Mourning <= now);
        var different = before != _shown.Count;
        for (var i = 0; i < _shown.Count; i++)
        {
            if (_shown[i] is { IsHit: true } hit && hit.Since + Mourning <= now)
            {
                _shown[i] = hit with { IsHit = false };
                different = true;
            }
        }

        return different;
    }

    private bool Replace(int place, TRow row, DateTimeOffset at)
    {
        var shown = _shown[place];
        if (shown.Tomb is null && shown.Row.Equals(row))
        {
            return false;
        }

        _shown[place] = shown with { Row = row, Tomb = null, IsHit = true, Since = at };
        return true;
    }

    /// <summary>What follows the last loaded row comes by itself when the list is read on.</summary>
    private bool IsNews(TRow row) => AtEnd || Last is not { } last || _order(row, last) < 0;
}
