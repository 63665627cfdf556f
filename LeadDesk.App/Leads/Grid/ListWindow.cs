using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Grid;

/// <summary>The loaded part of a long list: some lines, where they begin in the whole, and how long the whole is.</summary>
public sealed class ListWindow
{
    /// <summary>Rows kept around what is looked at, on either side.</summary>
    private const int Around = 75;

    private List<ListLine> _lines = [];

    public IReadOnlyList<ListLine> Lines => _lines;
    public IEnumerable<ListLine> Leads => _lines.Where(l => l.IsLead);
    public int Loaded => _lines.Count(l => l.IsLead);

    /// <summary>The place of the first loaded row in the whole list, from 0.</summary>
    public int Start { get; private set; }

    public int End => Start + Loaded;

    /// <summary>How long the list is for its scrollbar; grows while it is walked where the count is "10,000+".</summary>
    public int Extent { get; private set; }

    public ListLine? First => _lines.Find(l => l.IsLead);
    public ListLine? Last => _lines.FindLast(l => l.IsLead);

    /// <summary>Lines in <paramref name="keep"/> stay the same objects where nothing of theirs differs.</summary>
    public void Take(int start, IReadOnlyList<LeadRow> rows, LeadTally tally, Dictionary<LeadId, ListLine>? keep = null)
    {
        _lines = [.. rows.Select(r => keep?.GetValueOrDefault(r.Id) is { } line && line.Row == r ? line : new ListLine(r))];
        (Start, Extent) = (start, Math.Max(start + rows.Count, tally.Count));
    }

    public void Land(int start, IReadOnlyList<LeadRow> rows, bool isEnd, bool isMore)
    {
        (_lines, Start) = ([.. rows.Select(r => new ListLine(r))], start);
        EndAt(isEnd, isMore);
    }

    /// <summary>False when no row was new: there is nothing further on that side.</summary>
    public bool Grow(bool before, IReadOnlyList<LeadRow> rows, bool isEnd, bool isMore)
    {
        var known = Leads.Select(l => l.Id).ToHashSet();
        var lines = rows.Where(r => !known.Contains(r.Id)).Select(r => new ListLine(r)).ToList();
        _lines.InsertRange(before ? 0 : _lines.Count, lines);
        if (before)
        {
            // Rows may have come above since: the beginning is where nothing stands before it.
            Start = isEnd ? 0 : Math.Max(1, Start - lines.Count);
            Extent = Math.Max(Extent, End);
        }
        else
        {
            EndAt(isEnd, isMore);
        }

        return lines.Count > 0;
    }

    /// <summary>Lets go of what is far from the rows looked at.</summary>
    public void Trim(int first, int visible)
    {
        var (above, below) = (first - Around - Start, End - (first + visible + Around));
        while (above-- > 0 && _lines.Count > 0)
        {
            Start += _lines[0].IsLead ? 1 : 0;
            _lines.RemoveAt(0);
        }

        while (below-- > 0 && _lines.Count > 0)
        {
            _lines.RemoveAt(_lines.Count - 1);
        }
    }

    /// <summary>The whole became longer or shorter, before and after.</summary>
    public void Count(LeadTally before, LeadTally after)
    {
        var walked = after.IsMore ? Math.Max(0, Extent - before.Count) : 0;
        Extent = Math.Max(End, after.Count + walked);
    }

    /// <summary>Ends notes and closes places that have had their time. Whether there were any, and whether a place closed.</summary>
    public (bool Any, bool Closed) Calm(DateTimeOffset now)
    {
        var any = false;
        foreach (var line in Leads.Where(l => l.Until <= now))
        {
            line.Calm();
            any = true;
        }

        var closed = _lines.RemoveAll(l => !l.IsLead && l.Until <= now) > 0;
        return (any || closed, closed);
    }

    private void EndAt(bool isEnd, bool isMore) =>
        Extent = isEnd ? End : isMore && End > Extent - OpenList.Page ? End + (LeadListQuery.CountLimit / 2) : Math.Max(Extent, End);
}
