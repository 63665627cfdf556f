using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Settings;

/// <summary>A short list that managers keep: add, edit in place, order, delete. Every no stands where the act was.</summary>
public sealed partial class EditableList : IAsyncDisposable
{
    private readonly Dictionary<long, ElementReference> _edits = [];
    private SettingDraft _draft = new();
    private bool _adding;
    private long? _editing;
    private long? _busy;
    private long? _refused;
    private string? _refusal;
    private (bool Add, long? Row) _focus;
    private ElementReference _add;
    private ElementReference _body;
    private ElementReference _ordered;
    private LiveRegion? _region;
    private BrowserModule? _module;
    private DotNetObjectReference<EditableList>? _self;

    [Inject] public required IJSRuntime Js { get; init; }

    /// <summary>"source", "call tag".</summary>
    [Parameter, EditorRequired] public string Noun { get; set; } = "";
    [Parameter, EditorRequired] public string Title { get; set; } = "";
    [Parameter, EditorRequired] public string Empty { get; set; } = "";
    [Parameter] public string EmptyIcon { get; set; } = "settings";
    [Parameter, EditorRequired] public IReadOnlyList<SettingRow>? Rows { get; set; }
    [Parameter] public string? FactHead { get; set; }
    [Parameter] public bool Failed { get; set; }
    [Parameter] public EventCallback OnAgain { get; set; }

    /// <summary>What the form has beside the name.</summary>
    [Parameter] public RenderFragment<SettingDraft>? Fields { get; set; }

    /// <summary>What the form begins with; null for a new one.</summary>
    [Parameter, EditorRequired] public Func<SettingRow?, SettingDraft> DraftOf { get; set; } = _ => new();
    [Parameter, EditorRequired] public Func<SettingDraft, Task<Outcome>> OnAdd { get; set; } = null!;
    [Parameter, EditorRequired] public Func<long, SettingDraft, Task<Outcome>> OnEdit { get; set; } = null!;
    [Parameter, EditorRequired] public Func<long, Task<Outcome>> OnDelete { get; set; } = null!;

    /// <summary>Only where there is an order; the index is counted without the row itself.</summary>
    [Parameter] public Func<long, int, Task<Outcome>>? OnMove { get; set; }

    /// <summary>From order.js, by drag or Alt and arrow.</summary>
    [JSInvokable]
    public Task Reordered(string id, int index) =>
        Rows?.FirstOrDefault(r => r.Id.ToString(System.Globalization.CultureInfo.InvariantCulture) == id) is { } row ? InvokeAsync(() => MoveAsync(row, index)) : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.CallAsync("dispose", _ordered);
            await _module.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (OnMove is not null && _body.Id is not null && _body.Id != _ordered.Id)
        {
            _ordered = _body;
            _module ??= await BrowserModule.OpenAsync(Js, "order.js");
            _self ??= DotNetObjectReference.Create(this);
            await _module.CallAsync("init", _ordered, _self);
        }

        var (add, row) = _focus;
        _focus = default;
        if (add || row is not null)
        {
            await FocusAsync(row is { } id && _edits.TryGetValue(id, out var edit) ? edit : _add);
        }
    }

    private void StartAdding() => (_adding, _editing, _draft, _refused) = (true, null, DraftOf(null), null);

    private void StartEditing(SettingRow row) => (_adding, _editing, _draft, _refused) = (false, row.Id, DraftOf(row), null);

    private void LeaveAsync() => (_focus, _adding, _editing) = ((_adding, _editing), false, null);

    private async Task<Outcome> AddAsync()
    {
        var outcome = await OnAdd(_draft);
        if (!outcome.IsRefused)
        {
            LeaveAsync();
            await SayAsync($"{_draft.Name.Trim()} added.");
        }

        return outcome;
    }

    private async Task<Outcome> EditAsync()
    {
        var outcome = await OnEdit(_editing!.Value, _draft);
        if (!outcome.IsRefused)
        {
            LeaveAsync();
            await SayAsync($"{_draft.Name.Trim()} saved.");
        }

        return outcome;
    }

    private Task DeleteAsync(SettingRow row) => DoAsync(row, () => OnDelete(row.Id), $"{row.Name} deleted.");

    private Task MoveAsync(SettingRow row, int index) => DoAsync(row, () => OnMove!(row.Id, index), $"{row.Name} is number {index + 1} of {Rows!.Count} now.");

    private async Task DoAsync(SettingRow row, Func<Task<Outcome>> act, string said)
    {
        (_busy, _refused) = (row.Id, null);
        try
        {
            var outcome = await act();
            if (outcome.Refusal is { } refusal)
            {
                (_refused, _refusal) = (row.Id, refusal.Sentence);
            }
            else
            {
                await SayAsync(said);
            }
        }
        finally
        {
            _busy = null;
            StateHasChanged();
        }
    }

    private Task SayAsync(string sentence) => _region?.SayAsync(sentence) ?? Task.CompletedTask;

    private static async Task FocusAsync(ElementReference element)
    {
        try
        {
            await element.FocusAsync();
        }
        catch (Exception e) when (e is JSException or JSDisconnectedException or OperationCanceledException or InvalidOperationException)
        {
            // The element went away meanwhile, or nobody sits at a browser.
        }
    }
}
