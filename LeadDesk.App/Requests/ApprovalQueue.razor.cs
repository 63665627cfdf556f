using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Requests;

/// <summary>The list of requests: one listbox with one tab stop, which goes where the manager is.</summary>
public sealed partial class ApprovalQueue : IAsyncDisposable
{
    private ElementReference _scroll;
    private BrowserModule? _module;
    private DotNetObjectReference<ApprovalQueue>? _self;
    private RequestId? _followed;
    private bool _gone;

    [Inject] public required IJSRuntime Js { get; init; }

    [Parameter, EditorRequired] public OpenQueue Queue { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter, EditorRequired] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;
    [Parameter, EditorRequired] public EmployeeId? Me { get; set; }
    [Parameter, EditorRequired] public TimeSpan RemindAfter { get; set; }
    [Parameter] public bool Decided { get; set; }

    /// <summary>All that wait, also those that are not loaded.</summary>
    [Parameter] public int Count { get; set; }

    [Parameter] public RenderFragment? Empty { get; set; }
    [Parameter] public EventCallback<RequestId> OnOpen { get; set; }
    [Parameter] public EventCallback<RequestId> OnTick { get; set; }
    [Parameter] public EventCallback<QueueKey> OnKey { get; set; }

    private bool AllTicked => Queue.Waiting.Any() && Queue.Ticked.Count == Queue.Waiting.Count();

    /// <summary>The one row that the tab key reaches.</summary>
    private RequestId? Tabbed => Queue.Lines.Any(l => l.Row.Id == Queue.Current) ? Queue.Current : Queue.Lines.Count > 0 ? Queue.Lines[0].Row.Id : null;

    private string MoreText => Decided || Count <= Queue.Waiting.Count()
        ? "Show more" : string.Create(CultureInfo.CurrentCulture, $"{Count - Queue.Waiting.Count():N0} more wait, show");

    [JSInvokable]
    public Task KeyPressed(string word) => Enum.TryParse<QueueKey>(word, true, out var key) ? OnKey.InvokeAsync(key) : Task.CompletedTask;

    /// <summary>Puts the focus on the row where the manager is.</summary>
    public Task FocusAsync() => _module?.CallAsync("follow", true) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        _gone = true;
        if (_module is { } module)
        {
            await module.CallAsync("close");
            await module.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            var module = await BrowserModule.OpenAsync(Js, "queue.js");
            if (_gone)
            {
                await module.DisposeAsync();
                return;
            }

            _module = module;
            _followed = Queue.Current;
            await _module.CallAsync("open", _scroll, _self);
        }
        else if (_module is not null && _followed != Queue.Current)
        {
            _followed = Queue.Current;
            await _module.CallAsync("follow", false);
        }
    }
}
