using LeadDesk.App.Batches;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What is ticked: single leads, or everything that matches, as the filter itself.</summary>
public sealed class ListSelection
{
    private readonly Dictionary<LeadId, LeadRow> _ticked = [];
    private LeadId? _last;

    /// <summary>"All that match": the query is meant, not the rows.</summary>
    public LeadFilter? AsFiltered { get; private set; }

    public bool IsEmpty => AsFiltered is null && _ticked.Count == 0;

    public int Ticked => _ticked.Count;

    public IReadOnlyCollection<LeadRow> Rows => _ticked.Values;

    public bool Has(LeadId id) => AsFiltered is not null || _ticked.ContainsKey(id);

    /// <summary>Taking one off "all that match" leaves what is loaded, without it.</summary>
    public void Toggle(LeadRow row, IEnumerable<LeadRow> loaded)
    {
        if (AsFiltered is not null)
        {
            Tick(loaded);
        }

        _last = row.Id;
        if (!_ticked.Remove(row.Id))
        {
            _ticked[row.Id] = row;
        }
    }

    /// <summary>From the lead ticked last to this one.</summary>
    public void Stretch(LeadRow row, IReadOnlyList<LeadRow> loaded)
    {
        var from = loaded.ToList().FindIndex(r => r.Id == _last);
        var to = loaded.ToList().FindIndex(r => r.Id == row.Id);
        if (from < 0 || to < 0)
        {
            Toggle(row, loaded);
            return;
        }

        Range(loaded, from, to);
    }

    public void Range(IReadOnlyList<LeadRow> loaded, int from, int to)
    {
        AsFiltered = null;
        foreach (var row in loaded.Skip(Math.Min(from, to)).Take(Math.Abs(from - to) + 1))
        {
            _ticked[row.Id] = row;
        }
    }

    public void Tick(IEnumerable<LeadRow> rows)
    {
        AsFiltered = null;
        foreach (var row in rows)
        {
            _ticked[row.Id] = row;
        }
    }

    public void TickAllMatching(LeadFilter filter)
    {
        _ticked.Clear();
        AsFiltered = filter;
    }

    /// <summary>The lead as it is now, where it is ticked.</summary>
    public void Swap(LeadRow row)
    {
        if (_ticked.ContainsKey(row.Id))
        {
            _ticked[row.Id] = row;
        }
    }

    /// <summary>It left the list.</summary>
    public bool Drop(LeadId id) => _ticked.Remove(id);

    public void Clear()
    {
        _ticked.Clear();
        (AsFiltered, _last) = (null, null);
    }

    /// <summary>What an act is given.</summary>
    public LeadSelection Meant => AsFiltered is { } filter ? LeadSelection.All(filter) : LeadSelection.Of(_ticked.Keys);
}
