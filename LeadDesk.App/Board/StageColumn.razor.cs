using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Board;

/// <summary>One stage of the board. Rendered again only when its column has changed.</summary>
public sealed partial class StageColumn
{
    private (BoardColumn? Column, int Version, bool IsCurrent, string? Older, bool IsReading) _rendered;
    private bool _isReading;

    [Parameter, EditorRequired] public BoardColumn Column { get; set; } = null!;

    /// <summary>The one that a narrow screen shows.</summary>
    [Parameter] public bool IsCurrent { get; set; }

    /// <summary>The address of the list with the leads that are older than a closing column goes back.</summary>
    [Parameter] public string Older { get; set; } = "";

    [Parameter] public EventCallback<BoardColumn> OnToggle { get; set; }
    [Parameter] public EventCallback<BoardColumn> OnNarrow { get; set; }
    [Parameter] public EventCallback<BoardColumn> OnShow { get; set; }
    [Parameter] public Func<BoardColumn, Task> OnMore { get; set; } = _ => Task.CompletedTask;

    private string Count => BoardWords.Figure(Column.Figures);
    private string Only => Column.OnlyStale ? $"Show all leads in {Column.Stage.Name}" : $"Show only these in {Column.Stage.Name}";
    private string None => Column.OnlyStale ? $"Nothing is going stale in {Column.Stage.Name}."
        : Column.IsClosing ? $"None in {Column.Stage.Name} in the last 30 days." : $"No leads in {Column.Stage.Name}.";

    private string Label => BoardWords.Column(Column);

    private (BoardColumn?, int, bool, string?, bool) Shown => (Column, Column.Version, IsCurrent, Older, _isReading);

    protected override void OnInitialized() => _rendered = Shown;

    protected override bool ShouldRender()
    {
        var isOther = Shown != _rendered;
        _rendered = Shown;
        return isOther;
    }

    private async Task MoreAsync()
    {
        _isReading = true;
        try
        {
            await OnMore(Column);
        }
        finally
        {
            _isReading = false;
        }
    }
}
