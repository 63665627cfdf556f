using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Ui;

/// <summary>
/// The frame of a long list of leads in its own scrolling box: reads on as it is scrolled, walks by keys (grid.js), and knows whether the hand is on it.
/// Rows are <c>tr[role=row][data-lead-id][aria-rowindex]</c>, from two on.
/// </summary>
public sealed partial class LiveTable : IAsyncDisposable
{
    private ElementReference _root;
    private ElementReference _grid;
    private BrowserModule? _table;
    private BrowserModule? _keys;
    private DotNetObjectReference<LiveTable>? _self;

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    /// <summary>With the header; none where it is not known.</summary>
    [Parameter] public int? RowCount { get; set; }

    [Parameter] public bool Ticks { get; set; }

    [Parameter] public int Above { get; set; }

    [Parameter] public bool AtEnd { get; set; }

    [Parameter] public string? Class { get; set; }

    [Parameter] public string? TableClass { get; set; }

    [Parameter] public string? TestId { get; set; }

    [Parameter, EditorRequired] public RenderFragment? Head { get; set; }

    [Parameter, EditorRequired] public RenderFragment? Rows { get; set; }

    /// <summary>The page after the last row is wanted.</summary>
    [Parameter] public Func<Task>? OnMore { get; set; }

    /// <summary>The page before the first row is wanted.</summary>
    [Parameter] public Func<Task>? OnEarlier { get; set; }

    /// <summary>A key of a focused row: "Enter", "X" and the letters of grid.js.</summary>
    [Parameter] public Func<string, LeadId, Task>? OnKey { get; set; }

    /// <summary>Every row between the two is meant.</summary>
    [Parameter] public Func<LeadId, LeadId, Task>? OnRange { get; set; }

    [Parameter] public Func<Task>? OnAll { get; set; }

    /// <summary>Whether rows may come in at the top without moving under the hand. Without a browser nobody's hand is there.</summary>
    public async Task<bool> IsFreeAsync() => _table is null || (await _table.AskAsync<bool?>("isFree", _root) ?? true);

    public Task ToTopAsync() => _table is null ? Task.CompletedTask : _table.CallAsync("toTop", _root);

    [JSInvokable]
    public Task EdgeSeen(string edge) => (edge == "start" ? OnEarlier : OnMore)?.Invoke() ?? Task.CompletedTask;

    [JSInvokable]
    public Task KeyActed(string key, string lead) => long.TryParse(lead, out var id) ? OnKey?.Invoke(key, new(id)) ?? Task.CompletedTask : Task.CompletedTask;

    [JSInvokable]
    public Task RangeActed(string from, string to) =>
        long.TryParse(from, out var first) && long.TryParse(to, out var last) ? OnRange?.Invoke(new(first), new(last)) ?? Task.CompletedTask : Task.CompletedTask;

    [JSInvokable]
    public Task AllActed() => OnAll?.Invoke() ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_table is { } table)
        {
            await table.CallAsync("dispose", _root);
            await table.DisposeAsync();
        }

        if (_keys is { } keys)
        {
            await keys.CallAsync("dispose", _grid);
            await keys.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        _table = await BrowserModule.OpenAsync(Js, "live-table.js");
        await _table.CallAsync("init", _root, _self);
        _keys = await BrowserModule.OpenAsync(Js, "grid.js");
        await _keys.CallAsync("init", _grid, _self);
    }
}
