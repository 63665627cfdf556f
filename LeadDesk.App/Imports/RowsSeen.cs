using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>
/// Which leads earlier rows of a file would become, for a preview, which stores none of them. Kept as hashes of 64 bits: a million rows fit, and
/// no two of them meet by chance.
/// </summary>
internal sealed class RowsSeen
{
    private readonly Dictionary<ulong, int> _rows = [];

    /// <summary>The row that was the same lead, and whether it was the same in everything; none where there was none.</summary>
    public (int Row, bool InEverything)? Find(ImportRow row)
    {
        if (_rows.TryGetValue(Hash('c', row.ContentKey), out var number))
        {
            return (number, true);
        }

        foreach (var key in Keys(row))
        {
            if (_rows.TryGetValue(key, out number))
            {
                return (number, false);
            }
        }

        return null;
    }

    public void Note(RowOutcome outcome)
    {
        if (outcome.Verdict is RowVerdict.New)
        {
            foreach (var key in Keys(outcome.Row))
            {
                _rows.TryAdd(key, outcome.Row.Number);
            }
        }
    }

    private static IEnumerable<ulong> Keys(ImportRow row)
    {
        if (row.Details.ExternalId is { } external)
        {
            yield return Hash('x', external);
        }

        foreach (var email in KnownLeads.Emails(row))
        {
            yield return Hash('e', email);
        }

        foreach (var phone in KnownLeads.Phones(row))
        {
            yield return Hash('p', phone);
        }

        yield return Hash('c', row.ContentKey);
    }

    /// <summary>FNV-1a.</summary>
    private static ulong Hash(char kind, string text)
    {
        var hash = (14695981039346656037UL ^ kind) * 1099511628211UL;
        foreach (var c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        return hash;
    }
}
