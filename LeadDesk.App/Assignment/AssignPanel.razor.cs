using LeadDesk.App.Access;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Assignment;

/// <summary>Unassigned leads of a pool, to be given to one employee.</summary>
public sealed partial class AssignPanel
{
    private static readonly int[] Firsts = [10, 25, 100, 500];

    private (Tone Tone, string Sentence, IReadOnlyList<RefusedLead> Refused, int RefusedCount)? _said;
    private LeadFilter? _countedFor;
    private IReadOnlyDictionary<PoolId, int>? _countedWith;
    private int _matching;
    private bool _busy;
    private BatchId? _job;
    private WaitingList? _list;

    [Inject] public required AssignQuery Query { get; init; }
    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required ILogger<AssignPanel> Log { get; init; }

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public AssignAsk Asked { get; set; } = null!;
    [Parameter] public Employee? To { get; set; }
    [Parameter] public Pool? Pool { get; set; }

    /// <summary>Unassigned leads of each pool.</summary>
    [Parameter, EditorRequired] public IReadOnlyDictionary<PoolId, int> Waiting { get; set; } = null!;

    [Parameter, EditorRequired] public LeadTicks<WaitingRow> Ticks { get; set; } = null!;
    [Parameter] public EventCallback<AssignAsk> OnGo { get; set; }

    /// <summary>So many leads are ticked.</summary>
    [Parameter] public EventCallback<int> OnCount { get; set; }

    [Parameter] public EventCallback<int> OnNews { get; set; }

    private LeadFilter? Filter => Pool is { } pool ? Asked.Waiting(pool.Id) : null;

    private int Count => Ticks.All ? _matching : Ticks.Rows.Count;

    private bool MayAct => !_busy && To is not null && WhyNot is null && Count > 0;

    private string? WhyNot => To is not { } to ? null
        : !to.IsActive || !to.Roles.HasFlag(Roles.Agent) ? $"{to.FirstName} cannot own leads any more."
        : Pool is { } pool && !pool.Has(to.Id) ? $"{to.FirstName} cannot own leads of pool {pool.Name}. Add them to the pool first."
        : null;

    private string PoolText => Pool is { } pool ? $"{pool.Name}  {AssignWords.Figure(Waiting.GetValueOrDefault(pool.Id))} unassigned" : "none";

    private IReadOnlyList<FilterOption<long?>> PoolOptions => [.. Desk.Pools
        .OrderByDescending(p => To is { } to && p.Has(to.Id)).ThenByDescending(p => Waiting.GetValueOrDefault(p.Id)).ThenBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)
        .Select(p => new FilterOption<long?>(p.Id.Value, $"{p.Name}, {AssignWords.Figure(Waiting.GetValueOrDefault(p.Id))} unassigned{(To is { } to && !p.Has(to.Id) ? $" ({to.FirstName} is not in it)" : "")}"))];

    private IReadOnlyList<FilterOption<long?>> SourceOptions => [.. Desk.Sources.Select(s => new FilterOption<long?>(s.Id.Value, s.Name))];

    private Pool? Fuller => Desk.Pools.Where(p => p.Id != Pool?.Id && Waiting.ContainsKey(p.Id))
        .OrderByDescending(p => To is { } to && p.Has(to.Id)).ThenByDescending(p => Waiting[p.Id]).FirstOrDefault();

    private string NobodyWaits => $"Pool {Pool?.Name} has no unassigned leads.{(Fuller is { } fuller ? $" {fuller.Name} has {AssignWords.Figure(Waiting[fuller.Id])}." : "")}";

    private string? Ticked => Ticks.All ? "everything that matches"
        : Ticks.Rows.Sum(r => r.ValueMinor ?? 0) is > 0 and var value ? $"{MoneyWords.Full(value)} in value" : null;

    private string? AllText => Ticks.All || _matching <= Ticks.Rows.Count ? null : $"All {AssignWords.Counted(_matching)} {(Asked.IsFiltered ? "that match" : "in this pool")}";

    protected override async Task OnParametersSetAsync()
    {
        if (Filter is not { } filter || (filter == _countedFor && ReferenceEquals(Waiting, _countedWith)))
        {
            return;
        }

        var before = Count;
        if (_countedFor is not null && _countedFor != filter)
        {
            // What is ticked in one pool is not meant for another; a narrower look at the same pool leaves the ticks.
            if (_countedFor.PoolId != filter.PoolId || Ticks.All)
            {
                Ticks.Clear();
            }

            _said = null;
        }

        (_countedFor, _countedWith) = (filter, Waiting);
        await CountAsync();
        if (Count != before)
        {
            await OnCount.InvokeAsync(Count);
        }
    }

    private async Task CountAsync() =>
        _matching = Asked.IsFiltered ? await Query.CountAsync(Filter!, Actor, Ticks.All) : Waiting.GetValueOrDefault(Pool!.Id);

    private Task GoAsync(AssignAsk ask) => OnGo.InvokeAsync(ask);

    private async Task TickFirstAsync(int count)
    {
        Ticks.Only(await Query.WaitingAsync(Filter!, Asked.OldestFirst, null, false, count, Actor));
        await OnCount.InvokeAsync(Count);
    }

    private async Task TickAllAsync()
    {
        Ticks.TickAll();
        await CountAsync();
        await OnCount.InvokeAsync(Count);
    }

    private Task ClearAsync()
    {
        Ticks.Clear();
        return OnCount.InvokeAsync(0);
    }

    private async Task TickedAsync(int left)
    {
        if (left > 0)
        {
            _said = (Tone.Kept, AssignWords.TakenMeanwhile(left, Ticks.Rows.Count, "assign"), [], 0);
        }

        if (Ticks.All)
        {
            await CountAsync();
        }

        await OnCount.InvokeAsync(Count);
    }

    private async Task AssignAsync()
    {
        if (!MayAct)
        {
            return;
        }

        var order = new AssignLeads(Ticks.All ? LeadSelection.All(Filter!) : LeadSelection.Of(Ticks.Rows.Select(r => r.Id)), To!.Id);
        (_busy, _said) = (true, null);
        try
        {
            var outcome = await Acts.RunAsync(order, await Current.GetAsync());
            _job = outcome.Value is { IsRunning: true } running ? running.Batch : _job;
            _said = outcome switch
            {
                { Refusal: { } refusal } => (Tone.Refused, refusal.Sentence, [], 0),
                { Value: { IsRunning: false } done } => (done.RefusedCount > 0 ? Tone.Kept : Tone.Done, BatchWords.Done(order.Kind, To.Name, done), done.Refused, done.RefusedCount),
                _ => null,
            };
            await TakeInAsync(order);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Leads could not be assigned to employee {Employee}", To.Id);
            _said = (Tone.Failed, "The desk could not do this. Nothing was changed. Try again.", [], 0);
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task TakeInAsync(LeadOrder order)
    {
        if (order.Leads.Ids is { } ids)
        {
            await _list!.TakeInAsync([.. ids.Select(id => new LeadId(id))]);
        }
        else
        {
            Ticks.Clear();
            await _list!.StartAsync();
        }

        await OnCount.InvokeAsync(Count);
    }

    private Task OverAsync(BatchView batch) => _list?.StartAsync() ?? Task.CompletedTask;
}
