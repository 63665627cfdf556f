using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What all rows of one grid share; another object when any of it changes.</summary>
/// <param name="layout">The columns as the reader likes them.</param>
/// <param name="mayTick">Whether the reader may act on what is shown.</param>
/// <param name="zone">The reader's.</param>
public sealed class GridShape(ColumnLayout layout, bool mayTick, TimeZoneInfo zone, TimeProvider clock)
{
    public ColumnLayout Layout => layout;
    public bool MayTick => mayTick;
    public TimeZoneInfo Zone => zone;
    public TimeProvider Clock => clock;
    public IReadOnlyList<GridColumn> Columns { get; } = [.. layout.Shown.Select(s => s.Column)];

    /// <summary>The classes of each column's cells, in order.</summary>
    public IReadOnlyList<string?> Css { get; } = [.. layout.Shown.Select((s, i) => CssOf(s.Column, i < layout.Frozen ? $"fz fz{i + 1}" : null))];

    /// <summary>As many as the column has room for; the others are a number.</summary>
    public int TagsShown { get; } = Math.Max(1, (layout.Shown.FirstOrDefault(s => s.Column.Key == "tags").Width - 40) / 80);

    /// <summary>Whether a column is shown that a list does not read without being asked.</summary>
    public bool WantsMore { get; } = layout.Shown.Any(s => s.Column.Key is "country" or "city" or "email" or "phone" or "call-tag" or "external-id");

    public GridShape With(ColumnLayout other) => new(other, mayTick, zone, clock);

    public GridShape With(bool mayTickNow) => mayTickNow == mayTick ? this : new(layout, mayTickNow, zone, clock);

    /// <summary>One empty cell across all columns but the first so many.</summary>
    public RenderFragment Rest(int after) => builder =>
    {
        builder.OpenElement(0, "td");
        builder.AddAttribute(1, "class", "rest");
        builder.AddAttribute(2, "colspan", Math.Max(1, Columns.Count - after));
        builder.CloseElement();
    };

    private static string? CssOf(GridColumn column, string? stays)
    {
        var own = column.Key switch
        {
            GridColumn.Lead => "who",
            "left" or "stage" => column.Key,
            "value" => "value ld-end num",
            "pool" or "source" or "country" or "city" or "email" or "call-tag" or "external-id" => "ld-quiet",
            _ => null,
        };
        return own is null ? stays : stays is null ? own : $"{own} {stays}";
    }
}
