using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Search and filters of the lead list; a sheet on the phone. Painted again when they change, not with every row.</summary>
public sealed partial class ListFilters : IDisposable
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private (LeadFilter, Desk)? _painted;
    private ITimer? _typing;
    private string? _known;
    private string _text = "";
    private bool _open;
    private bool _due;

    [Inject] public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter] public EventCallback<LeadFilter> OnChange { get; set; }

    private FilterChoices Choices => FilterChoices.For(Actor, Desk);

    private int Chosen => new object?[] { Filter.Status is LeadStatus.Any ? null : Filter.Status, Filter.OwnerId, Filter.TeamId, Filter.PoolId, Stage, Filter.SourceId, Filter.TagId }.Count(v => v is not null);

    private string? Stage => Filter.OpenOnly ? FilterChoices.OpenStages : Filter.StageId?.ToString();

    public void Dispose() => _typing?.Dispose();

    protected override void OnParametersSet()
    {
        _due |= _painted != (Filter, Desk);
        _painted = (Filter, Desk);
        if (_known != Filter.Search)
        {
            (_known, _text) = (Filter.Search, Filter.Search ?? "");
        }
    }

    protected override bool ShouldRender()
    {
        var due = _due;
        _due = false;
        return due;
    }

    private void Open(bool open) => (_open, _due) = (open, true);

    private Task StageChosenAsync(string? chosen) => SetAsync(Filter with
    {
        OpenOnly = chosen == FilterChoices.OpenStages,
        StageId = long.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new StageId(id) : null,
    });

    private void Typed(string? text)
    {
        _text = text ?? "";
        _typing?.Dispose();
        _typing = Clock.CreateTimer(_ => _ = InvokeAsync(SearchAsync), null, _pause, Timeout.InfiniteTimeSpan);
    }

    private Task SearchAsync()
    {
        _typing?.Dispose();
        _typing = null;
        var search = string.IsNullOrWhiteSpace(_text) ? null : _text.Trim();
        if (search == Filter.Search)
        {
            return Task.CompletedTask;
        }

        _known = search;
        return OnChange.InvokeAsync(Filter with { Search = search });
    }

    private Task SetAsync(LeadFilter filter) => OnChange.InvokeAsync(filter);
}
