using LeadDesk.App.Storage;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Demo.Generate;

/// <summary>One history row as small as it gets: twelve million wait in memory until they can be stored in the order of time. Zero is none.</summary>
internal readonly struct HistoryRow(LeadEvent happened)
{
    public readonly long At = happened.At.UtcTicks;
    private readonly long _clockStart = happened.ClockStart?.UtcTicks ?? 0;
    private readonly long _happenedAt = happened.HappenedAt?.UtcTicks ?? 0;
    private readonly string? _text = happened.Text;
    private readonly string? _systemName = happened.SystemName;
    private readonly int _lead = checked((int)happened.LeadId.Value);
    private readonly int _actor = checked((int)(happened.ActorId?.Value ?? 0));
    private readonly int _batch = checked((int)(happened.BatchId?.Value ?? 0));
    private readonly int _from = checked((int)(happened.FromId ?? 0));
    private readonly int _to = checked((int)(happened.ToId ?? 0));
    private readonly int _version = checked((int)happened.LeadVersion);
    private readonly int _seconds = happened.DurationSeconds ?? -1;
    private readonly byte _kind = (byte)happened.Kind;
    private readonly byte _cause = (byte)happened.Cause;
    private readonly byte _verdict = (byte)happened.Verdict;

    /// <summary>A column of the table that is not here cannot be filled, and says so by its name.</summary>
    public object? ValueOf(string column) => column switch
    {
        nameof(LeadEvent.LeadId) => (long)_lead,
        nameof(LeadEvent.Kind) => (int)_kind,
        nameof(LeadEvent.At) => At,
        nameof(LeadEvent.ActorId) => OrNone(_actor),
        nameof(LeadEvent.SystemName) => _systemName,
        nameof(LeadEvent.Cause) => (int)_cause,
        nameof(LeadEvent.BatchId) => OrNone(_batch),
        nameof(LeadEvent.FromId) => OrNone(_from),
        nameof(LeadEvent.ToId) => OrNone(_to),
        nameof(LeadEvent.Text) => _text,
        nameof(LeadEvent.Verdict) => (int)_verdict,
        nameof(LeadEvent.ClockStart) => OrNone(_clockStart),
        nameof(LeadEvent.DurationSeconds) => _seconds < 0 ? null : _seconds,
        nameof(LeadEvent.HappenedAt) => OrNone(_happenedAt),
        nameof(LeadEvent.LeadVersion) => (long)_version,
        _ => throw new NotSupportedException($"Generating does not know {column} of the history."),
    };

    private static object? OrNone(long value) => value == 0 ? null : value;
}

/// <summary>The history of all generated leads, to be stored as it would have been: in the order of time, each lead's in its own order.</summary>
internal sealed class HistoryRows
{
    private readonly List<HistoryRow[]> _chunks = [];

    public long Count { get; private set; }

    /// <param name="rows">Each lead's rows in their order.</param>
    public void Add(HistoryRow[] rows)
    {
        _chunks.Add(rows);
        Count += rows.Length;
    }

    public static RowPlan Plan(LeadDeskDb db)
    {
        var plan = RowPlan.For(db, typeof(LeadEvent));
        return plan with { Columns = [.. plan.Columns.Select(c => c with { ValueOf = row => ((HistoryRow)row).ValueOf(c.Name) })] };
    }

    public IEnumerable<object> InOrder()
    {
        var (times, places) = (new long[Count], new (int Chunk, int Row)[Count]);
        var i = 0;
        for (var chunk = 0; chunk < _chunks.Count; chunk++)
        {
            for (var row = 0; row < _chunks[chunk].Length; row++)
            {
                (times[i], places[i++]) = (_chunks[chunk][row].At, (chunk, row));
            }
        }

        Array.Sort(times, places);
        SettleTies(times, places);
        foreach (var (chunk, row) in places)
        {
            yield return _chunks[chunk][row];
        }
    }

    /// <summary>The sort leaves what happened at one instant in any order, and a lead's own events have theirs.</summary>
    private static void SettleTies(long[] times, (int Chunk, int Row)[] places)
    {
        for (var from = 0; from < times.Length;)
        {
            var to = from + 1;
            while (to < times.Length && times[to] == times[from])
            {
                to++;
            }

            if (to - from > 1)
            {
                Array.Sort(places, from, to - from);
            }

            from = to;
        }
    }
}
