using LeadDesk.Domain.Imports;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Imports;

/// <summary>What each column becomes, into which pool, and what happens to leads that are there. Every choice is kept at once.</summary>
public sealed partial class ColumnsPanel
{
    /// <summary>Longer than the name of a pool may be.</summary>
    private static readonly string New = new('+', 101);

    private bool _isNew;
    private string? _token;

    [Parameter, EditorRequired] public ImportDraft Draft { get; set; } = null!;
    [Parameter] public IReadOnlyList<string> Pools { get; set; } = [];
    [Parameter] public EventCallback<ImportOrder> OnChange { get; set; }
    [Parameter] public EventCallback<ImportOrder> OnReady { get; set; }

    private ImportMapping Mapping => Draft.Order.Mapping;

    /// <summary>Columns by their index; the empty one behind the last comma is left out.</summary>
    private List<int> Shown => [.. Enumerable.Range(0, Mapping.Columns.Count).Where(n => !FileSamples.IsBlank(Mapping.Columns[n], Draft.Samples[n]))];

    /// <summary>Why it cannot go on yet.</summary>
    private string? Hindrance =>
        Mapping.Check()?.Sentence ?? (Draft.Order.Pool is null && !Mapping.Maps(ColumnTarget.Pool) ? "Choose the pool that the leads go into." : null);

    protected override void OnParametersSet()
    {
        if (_token != Draft.Token)
        {
            (_token, _isNew) = (Draft.Token, Draft.Order.Pool is { } pool && !Pools.Contains(pool, StringComparer.OrdinalIgnoreCase));
        }
    }

    private Task MapAsync(int column, object? target) => ChangeAsync(Mapping.With(column, Enum.Parse<ColumnTarget>((string)target!)));

    private Task ChoosePoolAsync(ChangeEventArgs chosen)
    {
        _isNew = chosen.Value as string == New;
        return ChangeAsync(Draft.Order with { Pool = _isNew ? null : Text(chosen.Value) });
    }

    private Task ChangeAsync(ImportMapping mapping) => ChangeAsync(Draft.Order with { Mapping = mapping });

    private Task ChangeAsync(ImportOrder order) => OnChange.InvokeAsync(order);

    private static string? Text(object? value) => value is string text && text.Trim().Length > 0 ? text.Trim() : null;

    private static IReadOnlyList<string> Words(object? value) => ((value as string) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
