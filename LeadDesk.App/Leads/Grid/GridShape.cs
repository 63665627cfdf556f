using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What all rows of one grid share; another object when any of it changes.</summary>
/// <param name="layout">The columns as the reader likes them.</param>
/// <param name="mayTick">Whether the reader may act on what is shown.</param>
/// <param name="zone">The reader's.</param>
/// <param name="onTick">A box was clicked; with Shift held, the range from the one before.</param>
public sealed class GridShape(ColumnLayout layout, bool mayTick, TimeZoneInfo zone, TimeProvider clock, EventCallback<(LeadId Lead, bool Range)> onTick)
{
    public ColumnLayout Layout => layout;
    public bool MayTick => mayTick;
    public TimeZoneInfo Zone => zone;
    public TimeProvider Clock => clock;
    public EventCallback<(LeadId Lead, bool Range)> OnTick => onTick;
    public IReadOnlyList<GridColumn> Columns { get; } = [.. layout.Shown.Select(s => s.Column)];

    public GridShape With(ColumnLayout other) => new(other, mayTick, zone, clock, onTick);

    public GridShape With(bool mayTickNow) => mayTickNow == mayTick ? this : new(layout, mayTickNow, zone, clock, onTick);

    /// <summary>
    /// Empty cells beside the tick box and so many columns. On the phone, which shows three columns, a wide span would bring the others back:
    /// there single cells stand instead.
    /// </summary>
    public RenderFragment Rest(int after) => builder =>
    {
        builder.OpenElement(0, "td");
        builder.AddAttribute(1, "class", "rest");
        builder.AddAttribute(2, "colspan", Math.Max(1, Columns.Count - after));
        builder.CloseElement();
        for (var i = after; i < (Columns.Any(c => c.Key == "left") ? 3 : 2); i++)
        {
            builder.OpenElement(3, "td");
            builder.AddAttribute(4, "class", "narrow");
            builder.CloseElement();
        }
    };

    /// <summary>Where a column's cells stay while the rest scrolls by; none for those that scroll.</summary>
    public string? Fixed(int column) => column < Layout.Frozen ? $"fz fz{column + 1}" : null;
}
