using System.Collections.Immutable;
using System.Text.Json;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Where one column stands in someone's list.</summary>
public sealed record ColumnPlace(string Key, bool Shown, int Width);

/// <summary>
/// The columns of the lead list as one person likes them. Every known column has a place; what was stored of columns that are gone is
/// dropped, and what came since stands where it does in the standard.
/// </summary>
public sealed record ColumnLayout
{
    public const int Narrowest = 56;
    public const int Widest = 640;

    /// <summary>More would leave no room to scroll beside them.</summary>
    public const int MostFrozen = 4;

    private ColumnLayout(ImmutableArray<ColumnPlace> places, int frozen, bool comfortable) => (Places, Frozen, IsComfortable) = (places, frozen, comfortable);

    public static ColumnLayout Standard { get; } = new([.. GridColumn.All.Select(c => new ColumnPlace(c.Key, c.IsStandard, c.Width))], 1, false);

    /// <summary>In order, hidden ones too; the lead first.</summary>
    public ImmutableArray<ColumnPlace> Places { get; }

    /// <summary>How many of the shown columns stay while the list is scrolled sideways; at least the lead.</summary>
    public int Frozen { get; }

    /// <summary>44 px rows instead of 37.</summary>
    public bool IsComfortable { get; }

    public IEnumerable<(GridColumn Column, int Width)> Shown => Places.Where(p => p.Shown).Select(p => (GridColumn.Find(p.Key)!, p.Width));

    public static ColumnLayout Read(string? json)
    {
        if (json is null)
        {
            return Standard;
        }

        try
        {
            var stored = JsonSerializer.Deserialize<Stored>(json, JsonSerializerOptions.Web);
            return Of(stored?.Columns ?? [], stored?.Frozen ?? 1, stored?.Comfortable ?? false);
        }
        catch (JsonException)
        {
            return Standard;
        }
    }

    public string ToJson() => JsonSerializer.Serialize(new Stored([.. Places], Frozen, IsComfortable), JsonSerializerOptions.Web);

    public ColumnLayout Show(string key, bool shown) => key == GridColumn.Lead ? this : Of(Places.Select(p => p.Key == key ? p with { Shown = shown } : p), Frozen, IsComfortable);

    public ColumnLayout Resize(string key, int width) => Of(Places.Select(p => p.Key == key ? p with { Width = width } : p), Frozen, IsComfortable);

    /// <summary>To a place among all columns, counted without the column itself.</summary>
    public ColumnLayout Move(string key, int to)
    {
        if (key == GridColumn.Lead || Places.FirstOrDefault(p => p.Key == key) is not { } place)
        {
            return this;
        }

        var others = Places.Remove(place);
        return Of(others.Insert(Math.Clamp(to, 1, others.Length), place), Frozen, IsComfortable);
    }

    /// <summary>Past the next shown column on that side.</summary>
    public ColumnLayout Step(string key, int by)
    {
        var shown = Places.Where(p => p.Shown).Select(p => p.Key).ToList();
        var at = shown.IndexOf(key);
        var to = at + Math.Sign(by);
        return at < 1 || to < 1 || to >= shown.Count ? this : Move(key, Places.Select(p => p.Key).ToList().IndexOf(shown[to]));
    }

    /// <summary>Freezes the columns up to this one, or lets go from it on.</summary>
    public ColumnLayout Freeze(string key, bool frozen)
    {
        var at = Places.Where(p => p.Shown).Select(p => p.Key).ToList().IndexOf(key);
        return at < 1 ? this : Of(Places, frozen ? at + 1 : at, IsComfortable);
    }

    public ColumnLayout WithDensity(bool comfortable) => Of(Places, Frozen, comfortable);

    public bool Equals(ColumnLayout? other) =>
        other is not null && Frozen == other.Frozen && IsComfortable == other.IsComfortable && Places.SequenceEqual(other.Places);

    public override int GetHashCode() => HashCode.Combine(Frozen, IsComfortable, Places.Length);

    private static ColumnLayout Of(IEnumerable<ColumnPlace> places, int frozen, bool comfortable)
    {
        var known = places.Where(p => GridColumn.Find(p.Key) is not null).DistinctBy(p => p.Key)
            .Select(p => p with { Shown = p.Shown || p.Key == GridColumn.Lead, Width = Math.Clamp(p.Width, Narrowest, Widest) }).ToList();
        for (var i = 0; i < GridColumn.All.Count; i++)
        {
            var column = GridColumn.All[i];
            if (known.TrueForAll(p => p.Key != column.Key))
            {
                var before = i == 0 ? -1 : known.FindIndex(p => p.Key == GridColumn.All[i - 1].Key);
                known.Insert(before + 1, new(column.Key, column.IsStandard, column.Width));
            }
        }

        var lead = known.Find(p => p.Key == GridColumn.Lead)!;
        known.Remove(lead);
        known.Insert(0, lead);
        return new([.. known], Math.Clamp(frozen, 1, Math.Min(MostFrozen, known.Count(p => p.Shown))), comfortable);
    }

    private sealed record Stored(IReadOnlyList<ColumnPlace> Columns, int Frozen, bool Comfortable);
}
