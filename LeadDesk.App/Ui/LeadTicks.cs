using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Ui;

/// <summary>The ticked leads of one list: row by row, or all that match, which is the list's filter and no rows.</summary>
public sealed class LeadTicks<TRow> where TRow : class, ILeadRow
{
    private readonly Dictionary<LeadId, TRow> _rows = [];

    /// <summary>Everything that matches is meant, loaded or not.</summary>
    public bool All { get; private set; }

    /// <summary>Those ticked one by one; empty while all are meant.</summary>
    public IReadOnlyCollection<TRow> Rows => _rows.Values;

    public bool Any => All || _rows.Count > 0;

    public bool Has(LeadId id) => All || _rows.ContainsKey(id);

    /// <param name="loaded">What is loaded: with all ticked, taking one off leaves the loaded others.</param>
    public void Set(TRow row, bool ticked, IEnumerable<TRow> loaded)
    {
        if (All)
        {
            SetMany(loaded, true);
            All = false;
        }

        SetMany([row], ticked);
    }

    public void SetMany(IEnumerable<TRow> rows, bool ticked)
    {
        foreach (var row in rows)
        {
            if (ticked)
            {
                _rows[row.Id] = row;
            }
            else
            {
                _rows.Remove(row.Id);
            }
        }
    }

    /// <summary>These and no others.</summary>
    public void Only(IEnumerable<TRow> rows)
    {
        Clear();
        SetMany(rows, true);
    }

    public void TickAll()
    {
        _rows.Clear();
        All = true;
    }

    public void Clear()
    {
        _rows.Clear();
        All = false;
    }

    /// <summary>Takes in what became of some leads; those that left are not ticked any more. Answers how many did.</summary>
    public int Merge(IEnumerable<LeadId> changed, IReadOnlyDictionary<LeadId, TRow> now)
    {
        var left = 0;
        foreach (var id in changed)
        {
            if (!_rows.ContainsKey(id))
            {
                continue;
            }

            if (now.TryGetValue(id, out var row))
            {
                _rows[id] = row;
            }
            else
            {
                _rows.Remove(id);
                left++;
            }
        }

        return left;
    }
}
