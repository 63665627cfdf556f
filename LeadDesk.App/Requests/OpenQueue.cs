using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Requests;

/// <summary>A row of the open queue. What was decided stays in its place for a while, so that nothing jumps under the hand.</summary>
/// <param name="Since">When it turned into a tombstone; none while it waits.</param>
public sealed record QueueLine(RequestRow Row, DateTimeOffset? Since)
{
    public bool IsLive => Since is null;
}

/// <summary>The queue as one manager has it open: what is loaded, where they are, what they ticked.</summary>
public sealed class OpenQueue
{
    /// <summary>For so long a decided row says who decided it.</summary>
    public static readonly TimeSpan Mourning = TimeSpan.FromSeconds(8);

    private readonly List<QueueLine> _lines = [];
    private readonly HashSet<RequestId> _ticked = [];
    private int _place;

    public IReadOnlyList<QueueLine> Lines => _lines;

    public RequestId? Current { get; private set; }

    /// <summary>Whether everything that waits is loaded.</summary>
    public bool AtEnd { get; private set; } = true;

    public IEnumerable<RequestRow> Waiting => Live.Where(r => r.Waits);

    /// <summary>What can be gone to: everything but tombstones.</summary>
    private IEnumerable<RequestRow> Live => _lines.Where(l => l.IsLive).Select(l => l.Row);

    public IReadOnlyList<RequestRow> Ticked => [.. Waiting.Where(r => _ticked.Contains(r.Id))];

    public RequestRow? Last => _lines.Count == 0 ? null : _lines[^1].Row;

    public bool IsTicked(RequestId id) => _ticked.Contains(id);

    /// <summary>Another filter: what was known is forgotten.</summary>
    public void Open(IReadOnlyList<RequestRow> rows, bool atEnd, RequestId? current)
    {
        _lines.Clear();
        _ticked.Clear();
        Append(rows, atEnd);
        Current = null;
        Choose(current ?? _lines.FirstOrDefault()?.Row.Id);
    }

    public void Append(IReadOnlyList<RequestRow> rows, bool atEnd)
    {
        var known = _lines.Select(l => l.Row.Id).ToHashSet();
        _lines.AddRange(rows.Where(r => !known.Contains(r.Id)).Select(r => new QueueLine(r, null)));
        AtEnd = atEnd;
    }

    /// <summary>A request need not be in the list to be looked at: an address may name it.</summary>
    public void Choose(RequestId? id)
    {
        Current = id;
        _place = Math.Max(0, _lines.FindIndex(l => l.Row.Id == id));
    }

    /// <summary>To the next row that is no tombstone, or the one before.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Move(int by)
    {
        var at = _lines.FindIndex(l => l.Row.Id == Current);
        var from = at >= 0 ? at : by > 0 ? _place - 1 : _place;
        for (var i = from + by; i >= 0 && i < _lines.Count; i += by)
        {
            if (_lines[i].IsLive)
            {
                Choose(_lines[i].Row.Id);
                return true;
            }
        }

        return false;
    }

    /// <summary>To what is to be decided next: below, else above, else nothing.</summary>
    public void MoveOn()
    {
        if (!Move(1) && !Move(-1))
        {
            Current = null;
        }
    }

    public void Jump(bool toEnd) => Choose((toEnd ? Live.LastOrDefault() : Live.FirstOrDefault())?.Id ?? Current);

    public void Tick(RequestId id, bool ticked)
    {
        if (!ticked)
        {
            _ticked.Remove(id);
        }
        else if (Waiting.Any(r => r.Id == id))
        {
            _ticked.Add(id);
        }
    }

    public void TickAll() => _ticked.UnionWith(Waiting.Select(r => r.Id));

    public void ClearTicks() => _ticked.Clear();

    /// <summary>Which loaded rows are not among those that wait, and so have to be asked for by themselves.</summary>
    public IReadOnlyList<RequestId> MissingIn(IReadOnlyList<RequestRow> waiting)
    {
        var here = waiting.Select(r => r.Id).ToHashSet();
        return [.. Waiting.Where(r => !here.Contains(r.Id)).Select(r => r.Id)];
    }

    /// <summary>Takes in how things stand now.</summary>
    /// <param name="waiting">The beginning of the queue.</param>
    /// <param name="others">What became of the rows that are missing in it; those that are not there either are gone with their lead.</param>
    /// <param name="atEnd">Whether <paramref name="waiting"/> is all that waits.</param>
    /// <returns>The rows that are over now, and whether anything shown is different.</returns>
    public (IReadOnlyList<RequestRow> Over, bool Different) Merge(IReadOnlyList<RequestRow> waiting, IReadOnlyList<RequestRow> others, bool atEnd, DateTimeOffset now)
    {
        var over = new List<RequestRow>();
        var missing = MissingIn(waiting).ToHashSet();
        var fates = others.ToDictionary(r => r.Id);
        var different = _lines.RemoveAll(l => missing.Contains(l.Row.Id) && !fates.ContainsKey(l.Row.Id)) > 0;
        var fresh = waiting.Concat(others).ToDictionary(r => r.Id);
        for (var i = 0; i < _lines.Count; i++)
        {
            if (!fresh.TryGetValue(_lines[i].Row.Id, out var row) || row == _lines[i].Row)
            {
                continue;
            }

            if (_lines[i].Row.Waits && !row.Waits)
            {
                over.Add(row);
            }

            _lines[i] = new(row, row.Waits ? null : now);
            different = true;
        }

        different |= InsertNew(waiting) | AtEnd != atEnd;
        AtEnd = atEnd;
        _ticked.IntersectWith(Waiting.Select(r => r.Id));
        if (Current is null && Waiting.FirstOrDefault() is { } first)
        {
            Choose(first.Id);
        }

        return (over, different);
    }

    /// <summary>Takes away what was seen long enough, except where the manager still is. True when there was any.</summary>
    public bool Clear(DateTimeOffset now) => _lines.RemoveAll(l => l.Since + Mourning <= now && l.Row.Id != Current) > 0;

    private bool InsertNew(IReadOnlyList<RequestRow> waiting)
    {
        var known = _lines.Select(l => l.Row.Id).ToHashSet();
        var added = false;
        foreach (var row in waiting.Where(r => !known.Contains(r.Id)))
        {
            var at = _lines.FindLastIndex(l => l.Row.AskedAt < row.AskedAt || (l.Row.AskedAt == row.AskedAt && l.Row.Id < row.Id)) + 1;
            _lines.Insert(at, new(row, null));
            added = true;
        }

        return added;
    }
}
