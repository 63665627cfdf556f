using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;
using MudBlazor;

namespace LeadDesk.App.Board;

/// <summary>The columns, and every way to move a card: dragging, the menu, the keys. What each does is said in words.</summary>
public sealed partial class LeadBoard : IAsyncDisposable
{
    private ElementReference _root;
    private BrowserModule? _module;
    private DotNetObjectReference<LeadBoard>? _me;
    private LeadId? _menu;
    private StageId? _current;
    private BoardFilter? _filter;

    [Inject] public required IJSRuntime Script { get; init; }
    [Inject] public required ISnackbar Snackbar { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ILogger<LeadBoard> Log { get; init; }

    [Parameter, EditorRequired] public OpenBoard Board { get; set; } = null!;

    /// <summary>What is shown where there is no lead at all.</summary>
    [Parameter] public RenderFragment? Empty { get; set; }

    /// <summary>Says a sentence in the page's live region.</summary>
    [Parameter] public Func<string, Task> Say { get; set; } = _ => Task.CompletedTask;

    /// <summary>Called when figures of the board may have changed from here.</summary>
    [Parameter] public Action Changed { get; set; } = () => { };

    private BoardColumn? Current => Board.Columns.FirstOrDefault(c => c.Id == _current) ?? (Board.Columns.Count > 0 ? Board.Columns[0] : null);

    public void Refresh() => StateHasChanged();

    /// <summary>A narrow screen shows one column: of few leads, the first that has any.</summary>
    protected override void OnParametersSet()
    {
        if (_filter == Board.Filter)
        {
            return;
        }

        _filter = Board.Filter;
        if (Board.Filter.GoingStale && Current is { Figures.Leads: 0 })
        {
            _current = Board.Columns.FirstOrDefault(c => !c.IsClosing && c.Figures.Leads > 0)?.Id ?? _current;
        }
    }

    /// <summary>The columns with a hand in them, or scrolled away from their top; none where no browser answers.</summary>
    public async Task<IReadOnlySet<StageId>> TouchedAsync()
    {
        var ids = _module is null ? null : await _module.AskAsync<string[]>(TimeSpan.FromSeconds(1), "touched");
        return ids?.Select(Id).OfType<long>().Select(StageId.From).ToHashSet() ?? [];
    }

    [JSInvokable]
    public Task Dropped(string lead, string stage) =>
        (Id(lead), Id(stage)) is ({ } l, { } s) && Board.Column(new(s)) is { } column ? MoveAsync(new(l), column) : Task.CompletedTask;

    [JSInvokable]
    public Task KeyActed(string key, string lead)
    {
        if (Id(lead) is not { } value || Board.ColumnOf(new(value)) is not { } column)
        {
            return Task.CompletedTask;
        }

        var id = new LeadId(value);
        switch (key)
        {
            case "Enter": Navigation.NavigateTo($"leads/{id}"); break;
            case "L": Navigation.NavigateTo($"leads/{id}?act=call"); break;
            case "C": Navigation.NavigateTo($"leads/{id}?act=comment"); break;
            case "M" or "S": OpenMenu(id); break;
            case "T": return OpenTagsAsync(id);
            case "Ctrl+ArrowRight" or "Ctrl+ArrowLeft":
                var to = Board.Columns.ToList().IndexOf(column) + (key == "Ctrl+ArrowRight" ? 1 : -1);
                return to >= 0 && to < Board.Columns.Count ? MoveAsync(id, Board.Columns[to]) : Task.CompletedTask;
            case ".": return ShowAsync(column);
            default: break;
        }

        return Task.CompletedTask;
    }

    /// <summary>A swipe on a narrow screen: the column before or after.</summary>
    [JSInvokable]
    public Task Swiped(int step)
    {
        var to = Board.Columns.ToList().IndexOf(Current!) + step;
        return to >= 0 && to < Board.Columns.Count ? GoToAsync(Board.Columns[to]) : Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.CallAsync("dispose");
            await _module.DisposeAsync();
        }

        _me?.Dispose();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _me = DotNetObjectReference.Create(this);
            _module = await BrowserModule.OpenAsync(Script, "board.js");
            await _module.CallAsync("init", _root, _me);
        }
    }

    private async Task MoveAsync(LeadId id, BoardColumn to)
    {
        (_menu, _tags) = (null, null);
        try
        {
            var move = await Board.MoveAsync(id, to.Id, () => { Refresh(); Changed(); });
            Refresh();
            Changed();
            if (move is not null)
            {
                await SayAsync(move);
            }
        }
        catch (Exception e)
        {
            Log.LogError(e, "Lead {Lead} could not be moved", id);
            Refresh();
            Changed();
            Snackbar.Add("The move could not be saved. Try again.", Severity.Error);
        }
    }

    private async Task SayAsync(BoardMove move)
    {
        if (move.Outcome.Refusal is { } refusal)
        {
            Snackbar.Add(refusal.Sentence, refusal is ChangedMeanwhile ? Severity.Info : Severity.Warning);
            await Say(refusal.Sentence);
            return;
        }

        var (stage, id) = (move.To.Stage.Name, move.Lead.Id);
        Snackbar.Add($"{move.Lead.Name} moved to {stage}", Severity.Normal);
        await Say(move.To.IsOpen ? $"Moved to {stage}, {move.To.PlaceOf(id)} of {BoardWords.Figure(move.To.Figures)}" : $"Moved to {stage}");
    }

    private async Task GoToAsync(BoardColumn column)
    {
        _current = column.Id;
        await (column.IsOpen ? Task.CompletedTask : ToggleAsync(column));
        Refresh();
    }

    private Task ToggleAsync(BoardColumn column) => ReadAsync(() => Board.ToggleAsync(column));

    private Task NarrowAsync(BoardColumn column) => ReadAsync(() => Board.NarrowAsync(column));

    private Task MoreAsync(BoardColumn column) => ReadAsync(() => Board.MoreAsync(column));

    private async Task ShowAsync(BoardColumn column)
    {
        await ReadAsync(() => Board.ShowNewAsync(column));
        if (_module is not null)
        {
            await _module.CallAsync("top", column.Id.ToString());
        }
    }

    private async Task ReadAsync(Func<Task> read)
    {
        try
        {
            await read();
        }
        catch (Exception e)
        {
            Log.LogError(e, "A column could not be read");
            Snackbar.Add("The column could not be read. Try again. Nothing you did is lost.", Severity.Error);
        }

        Refresh();
    }

    private static long? Id(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null;
}
