using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Search and filters of the lead list; a sheet on the phone. Offers what the reader may see, nothing else.</summary>
public sealed partial class ListFilters : IDisposable
{
    private const string OpenStages = "open";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(250);

    private ITimer? _typing;
    private string? _known;
    private string _text = "";
    private bool _open;

    [Inject] public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter] public LeadTally? Tally { get; set; }
    [Parameter] public EventCallback<LeadFilter> OnChange { get; set; }

    private int Chosen => new object?[] { Filter.Status is LeadStatus.Any ? null : Filter.Status, Filter.OwnerId, Filter.TeamId, Filter.PoolId, Stage, Filter.SourceId, Filter.TagId }.Count(v => v is not null);

    private string? Stage => Filter.OpenOnly ? OpenStages : Filter.StageId?.ToString();

    private IReadOnlyList<FilterOption<LeadStatus>> Statuses =>
    [
        .. Actor.MaySeeRetired ? new FilterOption<LeadStatus>[] { new(LeadStatus.Assigned, "Assigned") } : [],
        .. Actor.MaySeeUnassigned ? new FilterOption<LeadStatus>[] { new(LeadStatus.Unassigned, "Unassigned") } : [],
        .. Actor.MaySeeRetired ? new FilterOption<LeadStatus>[] { new(LeadStatus.Retired, "Retired") } : [],
    ];

    private IReadOnlyList<FilterOption<EmployeeId?>> Owners => Actor.MaySeeRetired
        ? [.. Desk.Employees.Where(e => e.Roles.HasFlag(Roles.Agent) && (Actor.MaySeeAllLeads || (e.TeamId is { } team && Actor.LeadsTeams.Contains(team)))).Select(e => new FilterOption<EmployeeId?>(e.Id, e.Name))]
        : [];

    private IReadOnlyList<FilterOption<TeamId?>> Teams =>
        [.. Desk.Teams.Where(t => Actor.MaySeeAllLeads || Actor.LeadsTeams.Contains(t.Id)).Select(t => new FilterOption<TeamId?>(t.Id, t.Name))];

    private IReadOnlyList<FilterOption<PoolId?>> Pools =>
        [.. Desk.Pools.Where(p => Actor.MaySeeRetired || (Actor.Id is { } me && p.Has(me))).Select(p => new FilterOption<PoolId?>(p.Id, p.Name))];

    private IReadOnlyList<FilterOption<string>> Stages => [new(OpenStages, "Open stages"), .. Desk.Stages.Select(s => new FilterOption<string>(s.Id.ToString(), s.Name))];
    private IReadOnlyList<FilterOption<SourceId?>> Sources => [.. Desk.Sources.Select(s => new FilterOption<SourceId?>(s.Id, s.Name))];
    private IReadOnlyList<FilterOption<TagId?>> Tags => [.. Desk.Tags.Select(t => new FilterOption<TagId?>(t.Id, t.Name))];

    public void Dispose() => _typing?.Dispose();

    protected override void OnParametersSet()
    {
        if (_known != Filter.Search)
        {
            (_known, _text) = (Filter.Search, Filter.Search ?? "");
        }
    }

    private Task StageChosenAsync(string? chosen) => SetAsync(Filter with
    {
        OpenOnly = chosen == OpenStages,
        StageId = long.TryParse(chosen, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? new StageId(id) : null,
    });

    private void Typed(ChangeEventArgs e)
    {
        _text = e.Value as string ?? "";
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
