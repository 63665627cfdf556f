using LeadDesk.App.Live;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Storage;

/// <summary>A lead as it was read, to find what its verbs changed. For hundreds at a time, where the change tracker costs more than the change.</summary>
internal sealed class HeldLead(Lead lead, RowPlan plan)
{
    private readonly object?[] _read = [.. plan.Columns.Select(c => c.ValueOf(lead))];
    private readonly long _version = lead.Version;

    public Lead Lead => lead;

    /// <summary>Where it stood when it was read.</summary>
    public LeadPlace Before { get; } = LeadPlace.Of(lead);

    /// <summary>Null where nothing differs.</summary>
    public ChangedLead? Changed()
    {
        List<RowColumn>? changed = null;
        for (var i = 0; i < _read.Length; i++)
        {
            if (!Equals(plan.Columns[i].ValueOf(lead), _read[i]))
            {
                (changed ??= []).Add(plan.Columns[i]);
            }
        }

        return changed is null ? null : new(lead, _version, changed);
    }
}

/// <summary>A lead on its way past the change tracker.</summary>
/// <param name="Version">What it was decided on.</param>
internal sealed record ChangedLead(Lead Lead, long Version, IReadOnlyList<RowColumn> Columns)
{
    /// <summary>One statement writes all that differ in the same columns.</summary>
    public static IEnumerable<(IReadOnlyList<RowColumn> Columns, List<ChangedLead> Leads)> Alike(IEnumerable<ChangedLead> changed) =>
        changed.GroupBy(c => string.Join(',', c.Columns.Select(p => p.Name))).Select(g => (g.First().Columns, g.ToList()));
}
