using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Assignment;

/// <summary>Managers hand out hundreds of leads in one go, and take them back, in one visit.</summary>
public sealed partial class Assign
{
    private readonly LeadTicks<WaitingRow> _ticks = new();
    private AssignAsk _ask = AssignAsk.Of(null, null, null, null, null, null);
    private Actor? _actor;
    private Desk? _desk;
    private IReadOnlyDictionary<PoolId, int> _waiting = new Dictionary<PoolId, int>();
    private IReadOnlyList<Candidate> _candidates = [];
    private Candidate? _to;
    private Pool? _pool;
    private EmployeeId? _poolFor;
    private int _ticked;
    private bool _unassigning;
    private LiveRegion? _region;

    [Inject] public required AssignQuery Query { get; init; }
    [Inject] public required AgentLoads Loads { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [SupplyParameterFromQuery(Name = "to")] public long? To { get; set; }
    [SupplyParameterFromQuery(Name = "pool")] public long? PoolNumber { get; set; }
    [SupplyParameterFromQuery(Name = "source")] public long? Source { get; set; }
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }
    [SupplyParameterFromQuery(Name = "order")] public string? Order { get; set; }
    [SupplyParameterFromQuery(Name = "held")] public string? Held { get; set; }

    private IReadOnlyCollection<Topic> Topics => _to is { } to ? [Topic.Desk, Topic.Unassigned, Topic.Owner(to.Who.Id)] : [Topic.Desk, Topic.Unassigned];

    private int Most => Math.Max(_candidates.Select(c => c.Holds).DefaultIfEmpty(1).Max(), (_to?.Holds ?? 0) + _ticked);

    private string? Fact => _desk is null ? null
        : _waiting.Count == 0 ? "No lead waits in a pool"
        : $"{AssignWords.Figure(_waiting.Values.Sum())} unassigned in {(_waiting.Count == 1 ? "1 pool" : $"{_waiting.Count} pools")}";

    protected override async Task OnParametersSetAsync()
    {
        var ask = AssignAsk.Of(To, PoolNumber, Source, Search, Order, Held);
        if (_actor is not null && ask == _ask)
        {
            return;
        }

        _ask = ask;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        var (actor, desk) = (await Current.GetAsync(), await Directory.GetAsync());
        var (waiting, loads) = (await Query.WaitingAsync(actor), await Loads.ReadAsync(actor));
        _candidates = Candidate.Of(desk, loads);
        _to = _candidates.FirstOrDefault(c => c.Who.Id == _ask.To) ?? (desk.Employee(_ask.To) is { } other ? new(other, 0, desk.Team(other.TeamId)?.Name, []) : null);
        // A pool that nobody chose goes with the employee, but never while leads of it are ticked, and not because another became fuller.
        var stays = _pool is not null && (_ticks.Any || _poolFor == _ask.To);
        _pool = desk.Pool(_ask.Pool) ?? (stays ? desk.Pool(_pool!.Id) : null) ?? Fullest(desk, waiting, _to?.Who);
        (_actor, _desk, _waiting, _poolFor) = (actor, desk, waiting, _ask.To);
    }

    /// <summary>The employee's own pool in which most leads wait, or the fullest of all.</summary>
    private static Pool? Fullest(Desk desk, IReadOnlyDictionary<PoolId, int> waiting, Employee? who) => desk.Pools
        .OrderByDescending(p => who is not null && p.Has(who.Id)).ThenByDescending(p => waiting.GetValueOrDefault(p.Id)).ThenBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase).FirstOrDefault();

    private async Task HearAsync(Wave wave)
    {
        var before = (_actor, _desk, Waiting: string.Join(' ', _waiting.OrderBy(w => w.Key)), Loads: string.Join(' ', _candidates.Select(c => c.Holds)));
        await ReadAsync();
        if (before != (_actor, _desk, string.Join(' ', _waiting.OrderBy(w => w.Key)), string.Join(' ', _candidates.Select(c => c.Holds))))
        {
            StateHasChanged();
        }
    }

    private void Go(AssignAsk ask) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(ask.Address()), replace: true);

    private Task NewsAsync(int count) => _region?.SayAsync($"{AssignWords.Leads(count)} came to the pool.") ?? Task.CompletedTask;
}
