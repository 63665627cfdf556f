using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Board;

/// <summary>The bar over the board: the way to the list, the filters that a role may use, the order. What is chosen goes into the address.</summary>
public sealed partial class BoardTools
{
    private static readonly FilterOption<BoardSort>[] Sorts =
        [new(BoardSort.Soonest, "Soonest to retire"), new(BoardSort.Value, "Value, highest first"), new(BoardSort.Newest, "Newest in the stage")];

    private (BoardFilter?, Desk?, Actor?, int) _shown;
    private bool _isOther;

    [Inject] public required NavigationManager Navigation { get; init; }
    [Parameter, EditorRequired] public BoardFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    /// <summary>How many leads of the board are going stale or due.</summary>
    [Parameter] public int Stale { get; set; }

    private IReadOnlyList<FilterOption<TeamId?>> Teams { get; set; } = [];
    private IReadOnlyList<FilterOption<EmployeeId?>> Owners { get; set; } = [];
    private IReadOnlyList<FilterOption<PoolId?>> Pools { get; set; } = [];
    private IReadOnlyList<FilterOption<SourceId?>> Sources { get; set; } = [];
    private IReadOnlyList<FilterOption<TagId?>> Tags { get; set; } = [];
    private bool MayCreate { get; set; }

    protected override void OnParametersSet()
    {
        _isOther = _shown != (Filter, Desk, Actor, Stale);
        if (!_isOther)
        {
            return;
        }

        _shown = (Filter, Desk, Actor, Stale);
        Teams = [.. BoardFilter.TeamsFor(Actor, Desk).Select(t => new FilterOption<TeamId?>(t.Id, t.Name))];
        Owners = [.. BoardFilter.OwnersFor(Actor, Desk).Select(e => new FilterOption<EmployeeId?>(e.Id, e.Name))];
        Pools = [.. Desk.Pools.Select(p => new FilterOption<PoolId?>(p.Id, p.Name))];
        Sources = [.. Desk.Sources.Select(s => new FilterOption<SourceId?>(s.Id, s.Name))];
        Tags = [.. Desk.Tags.Select(t => new FilterOption<TagId?>(t.Id, t.Name))];
        MayCreate = CreateLead.PoolsFor(Actor, Desk).Any();
    }

    protected override bool ShouldRender() => _isOther;

    private void GoTo(BoardFilter filter) => Navigation.NavigateTo($"board{filter.Query()}");
}
