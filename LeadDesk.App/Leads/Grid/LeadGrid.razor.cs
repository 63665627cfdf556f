using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Leads.Grid;

/// <summary>The rows of an open list under their heads. The browser scrolls, focuses and drags (js/grid.js, js/leads.js); this paints.</summary>
public sealed partial class LeadGrid : IAsyncDisposable
{
    private ElementReference _root;
    private BrowserModule? _keys;
    private BrowserModule? _leads;
    private DotNetObjectReference<LeadGrid>? _self;

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public ListWindow Window { get; set; } = null!;
    [Parameter, EditorRequired] public ListSelection Selection { get; set; } = null!;
    [Parameter, EditorRequired] public GridShape Shape { get; set; } = null!;
    [Parameter] public ListOrder Order { get; set; }

    /// <summary>Another number: another list, shown from its beginning.</summary>
    [Parameter] public int ListNumber { get; set; }

    [Parameter] public bool Busy { get; set; }
    [Parameter] public EventCallback<LeadSort> OnSort { get; set; }
    [Parameter] public EventCallback OnTickAll { get; set; }

    /// <summary>A box was clicked; with Shift held, the range from the one before.</summary>
    [Parameter] public EventCallback<(LeadId Lead, bool Range)> OnTick { get; set; }

    [Parameter] public EventCallback<(int First, int Visible)> OnView { get; set; }
    [Parameter] public EventCallback<bool> OnTouch { get; set; }
    [Parameter] public EventCallback<(string Key, LeadId Lead)> OnKey { get; set; }
    [Parameter] public EventCallback<(LeadId From, LeadId To)> OnRange { get; set; }
    [Parameter] public EventCallback<ColumnLayout> OnLayout { get; set; }

    /// <summary>What waits to be shown, above the rows.</summary>
    [Parameter] public RenderFragment? Strip { get; set; }

    /// <summary>In place of rows where there are none.</summary>
    [Parameter] public RenderFragment? ChildContent { get; set; }

    private bool AnyTicked => !Selection.IsEmpty;
    private bool AllTicked => Window.Loaded > 0 && Window.Leads.All(l => Selection.Has(l.Id));

    public async ValueTask DisposeAsync()
    {
        foreach (var module in new[] { _keys, _leads }.OfType<BrowserModule>())
        {
            await module.CallAsync("dispose", _root);
            await module.DisposeAsync();
        }

        _self?.Dispose();
    }

    [JSInvokable] public Task Viewed(int first, int visible) => OnView.InvokeAsync((first, visible));

    [JSInvokable] public Task Touched(bool touched) => OnTouch.InvokeAsync(touched);

    [JSInvokable] public Task Ticked(string lead, bool range) => Id(lead) is { } id ? OnTick.InvokeAsync((id, range)) : Task.CompletedTask;

    [JSInvokable] public Task KeyActed(string key, string lead) => Id(lead) is { } id ? OnKey.InvokeAsync((key, id)) : Task.CompletedTask;

    [JSInvokable] public Task RangeActed(string? from, string to) => Id(to) is { } last ? OnRange.InvokeAsync((Id(from) ?? last, last)) : Task.CompletedTask;

    [JSInvokable] public Task AllActed() => OnTickAll.InvokeAsync();

    [JSInvokable] public Task Resized(string column, int width) => OnLayout.InvokeAsync(Shape.Layout.Resize(column, width));

    /// <summary>By so many shown columns, to the left below zero.</summary>
    [JSInvokable]
    public Task ColumnMoved(string column, int by)
    {
        var layout = Shape.Layout;
        for (var step = 0; step < Math.Min(Math.Abs(by), GridColumn.All.Count); step++)
        {
            layout = layout.Step(column, by);
        }

        return OnLayout.InvokeAsync(layout);
    }

    protected override void OnParametersSet()
    {
        var place = Window.Start;
        foreach (var line in Window.Lines)
        {
            line.Stand(place, line.IsLead && Selection.Has(line.Id));
            place += line.IsLead ? 1 : 0;
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        _self = DotNetObjectReference.Create(this);
        // Heights are set before the focus is, so the module that sets them watches first.
        _leads = await BrowserModule.OpenAsync(Js, "leads.js");
        await _leads.CallAsync("init", _root, _self);
        _keys = await BrowserModule.OpenAsync(Js, "grid.js");
        await _keys.CallAsync("init", _root, _self);
    }

    private static LeadId? Id(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new LeadId(id) : null;

    private string HeadCss(GridColumn column, int place) => $"{(place < Shape.Layout.Frozen ? $"fz fz{place + 1}" : "")}{(column.AtEnd ? " ld-end" : "")}".Trim();

    private string? SortOf(GridColumn column) => column.Sort is null ? null : column.Sort != Order.By ? "none" : Order.Descending ? "descending" : "ascending";
}
