using LeadDesk.App.Access;
using LeadDesk.App.Assignment;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Retirement;

/// <summary>Retired leads get a second chance here. Managers act; team leads look at those of their teams.</summary>
public sealed partial class Retired : IAsyncDisposable
{
    private static readonly IReadOnlyList<FilterOption<RetiredSort>> Sorts =
        [new(RetiredSort.Newest, "Newest"), new(RetiredSort.Oldest, "Oldest"), new(RetiredSort.Quiet, "Longest quiet"), new(RetiredSort.Value, "Highest value")];

    private readonly LeadTicks<RetiredRow> _ticks = new();
    private RetiredAsk _ask = RetiredAsk.Of(null, null, null, null, null, null, null);
    private LeadFilter? _filter;
    private Actor? _actor;
    private Desk? _desk;
    private RetiredLot _lot = new([]);
    private IReadOnlyList<Receiver> _receivers = [];
    private SweepReceipt? _sweep;
    private int _waiting;
    private int? _matching;
    private EmployeeId? _to;
    private bool _sheet;
    private RetiredList? _list;
    private ReassignPanel? _panel;
    private LiveRegion? _region;
    private BrowserModule? _keys;
    private DotNetObjectReference<Retired>? _self;
    private int _keysNumber;

    [Inject] public required RetiredQuery Query { get; init; }
    [Inject] public required RetiredCountQuery Waiting { get; init; }
    [Inject] public required AgentLoads Loads { get; init; }
    [Inject] public required RetirementSweeper Sweeper { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "team")] public long? Team { get; set; }
    [SupplyParameterFromQuery(Name = "had")] public long? Had { get; set; }
    [SupplyParameterFromQuery(Name = "pool")] public long? PoolNumber { get; set; }
    [SupplyParameterFromQuery(Name = "stage")] public long? StageNumber { get; set; }
    [SupplyParameterFromQuery(Name = "since")] public string? Since { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] public string? SortWord { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_actor?.TimeZone ?? "UTC");
    private bool PanelIsOpen => _actor is { MayAssign: true } && _ticks.Any && _lot.Leads > 0;

    private IEnumerable<Topic> Topics => _actor is not { } actor ? []
        : !actor.MaySeeAllLeads ? actor.LeadsTeams.Select(Topic.RetiredFromTeam)
        : PanelIsOpen ? [Topic.Retired, .. _receivers.Select(r => Topic.Owner(r.Who.Id))]
        : [Topic.Retired];

    private IReadOnlyList<FilterOption<long?>> TeamOptions => _actor is { MaySeeAllLeads: true }
        ? [.. _desk!.Teams.Select(t => new FilterOption<long?>(t.Id.Value, t.Name))]
        : [.. _actor!.LeadsTeams.Select(t => new FilterOption<long?>(t.Value, _desk!.Team(t)?.Name ?? ""))];

    private IReadOnlyList<FilterOption<long?>> AgentOptions =>
        [.. _desk!.Employees.Where(e => e.Roles.HasFlag(Roles.Agent) && (_actor!.MaySeeAllLeads || (e.TeamId is { } t && _actor.LeadsTeams.Contains(t)))).Select(e => new FilterOption<long?>(e.Id.Value, e.Name))];

    private string? Fact => _actor is null ? null
        : $"{(_waiting == 1 ? "1 waits" : $"{RetiredWords.Figure(_waiting)} wait")} for a decision{(_actor.MayAssign ? "" : ". Only managers can reassign. You can look.")}";

    private string? AllText => _ticks.All || _matching is not { } all || all <= _ticks.Rows.Count ? null : $"All {RetiredWords.Figure(all)} that match";

    private string NothingRetired => _desk!.Policy.PeriodAt(Now) is null ? "Retirement is off. No lead has a clock."
        : Sweeper.Last is { } last ? $"No retired leads. The last sweep ran {TimeWords.Ago(Now - last.At)}." : "No retired leads. The first sweep has not run yet.";

    [JSInvokable]
    public Task KeyPressed(string word) => word == "reassign" && PanelIsOpen ? _panel?.FocusAsync().AsTask() ?? Task.CompletedTask : Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_keys is { } keys)
        {
            await keys.CallAsync("unregister", _keysNumber);
            await keys.DisposeAsync();
        }

        _self?.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var ask = RetiredAsk.Of(Search, Team, Had, PoolNumber, StageNumber, Since, SortWord);
        if (_actor is not null && ask == _ask)
        {
            return;
        }

        if (_filter is null || (ask with { Sort = _ask.Sort }) != _ask)
        {
            _filter = ask.Filter(Now);
            _ticks.Clear();
        }

        _ask = ask;
        await ReadAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            _self = DotNetObjectReference.Create(this);
            _keys = await BrowserModule.OpenAsync(Js, "keys.js");
            _keysNumber = await _keys.AskAsync<int>("register", new Dictionary<string, string> { ["r"] = "reassign" }, _self);
        }
    }

    private async Task ReadAsync()
    {
        (_actor, _desk) = (await Current.GetAsync(), await Directory.GetAsync());
        _waiting = await Waiting.CountAsync(_actor);
        _matching = _ask.IsFiltered ? await Query.CountAsync(_filter!, _actor) : _waiting;
        _sweep = await Query.NewestSweepAsync(Now.AddDays(-1), _actor);
        await WeighAsync();
    }

    /// <summary>What is ticked, and who could take it.</summary>
    private async Task WeighAsync()
    {
        _lot = _ticks.All ? await Query.LotAsync(_filter!, _actor!) : RetiredLot.Of(_ticks.Rows);
        _receivers = _ticks.Any ? _lot.Receivers(_desk!, await Loads.ReadAsync(_actor!)) : [];
        _sheet &= _ticks.Any;
    }

    private async Task HearAsync(Wave wave)
    {
        var before = (_actor, _desk, _waiting, _matching, _sweep, Loads: string.Join(' ', _receivers.Select(r => r.Holds)), _lot.Leads);
        await ReadAsync();
        if (before != (_actor, _desk, _waiting, _matching, _sweep, string.Join(' ', _receivers.Select(r => r.Holds)), _lot.Leads))
        {
            StateHasChanged();
        }
    }

    private void Go(RetiredAsk ask) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(ask.Address()), replace: true);

    private async Task NewsAsync(int count)
    {
        var sweep = count < Wave.Many ? null : await Query.NewestSweepAsync(Now.AddDays(-1), _actor!);
        await (_region?.SayAsync(sweep is null ? $"{RetiredWords.Leads(count)} retired." : $"{RetiredWords.Sweep(sweep, Now, Zone)}.") ?? Task.CompletedTask);
    }

    private async Task TickedAsync(int left)
    {
        if (left > 0)
        {
            Say(Tone.Kept, AssignWords.TakenMeanwhile(left, _ticks.Rows.Count, "reassign"));
        }

        await WeighAsync();
    }

    private Task TickAllAsync()
    {
        _ticks.TickAll();
        return WeighAsync();
    }

    private Task ClearAsync()
    {
        _ticks.Clear();
        return WeighAsync();
    }

    private async Task OpenSheetAsync()
    {
        _sheet = true;
        await (_panel?.FocusAsync() ?? ValueTask.CompletedTask);
    }
}
