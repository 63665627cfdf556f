using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What all rows of one grid share; another object when any of it changes.</summary>
/// <param name="MayTick">Whether the reader may act on what is shown.</param>
/// <param name="Zone">The reader's.</param>
/// <param name="OnTick">A box was clicked; with Shift held, the range from the one before.</param>
public sealed record GridShape(ColumnLayout Layout, bool MayTick, TimeZoneInfo Zone, TimeProvider Clock, EventCallback<(LeadId Lead, bool Range)> OnTick)
{
    public IReadOnlyList<GridColumn> Columns { get; } = [.. Layout.Shown.Select(s => s.Column)];

    /// <summary>Where a column's cells stay while the rest scrolls by; none for those that scroll.</summary>
    public string? Fixed(int column) => column < Layout.Frozen ? $"fz fz{column + 1}" : null;
}
