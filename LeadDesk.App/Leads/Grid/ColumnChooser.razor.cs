using LeadDesk.App.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Which columns a person sees, in which order, which of them stay, and how high the rows are.</summary>
public sealed partial class ColumnChooser : IAsyncDisposable
{
    private ElementReference _list;
    private BrowserModule? _order;
    private DotNetObjectReference<ColumnChooser>? _self;
    private bool _open;
    private bool _wired;

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public ColumnLayout Layout { get; set; } = null!;
    [Parameter] public EventCallback<ColumnLayout> OnChange { get; set; }

    public async ValueTask DisposeAsync()
    {
        if (_order is not null)
        {
            await _order.DisposeAsync();
        }

        _self?.Dispose();
    }

    /// <summary>The place is counted among those that can be moved, without the column itself.</summary>
    [JSInvokable] public Task Reordered(string column, int to) => OnChange.InvokeAsync(Layout.Move(column, to + 1));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_open == _wired)
        {
            return;
        }

        _wired = _open;
        if (_open)
        {
            _self ??= DotNetObjectReference.Create(this);
            _order ??= await BrowserModule.OpenAsync(Js, "order.js");
            await _order.CallAsync("init", _list, _self);
        }
    }

    private bool IsFrozen(string key) => Layout.Shown.Take(Layout.Frozen).Any(c => c.Column.Key == key);
}
