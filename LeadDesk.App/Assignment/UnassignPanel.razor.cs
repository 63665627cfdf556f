using LeadDesk.App.Access;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Assignment;

/// <summary>What one employee holds, to be taken back to the pools.</summary>
public sealed partial class UnassignPanel
{
    private readonly LeadTicks<HeldRow> _ticks = new();
    private (Tone Tone, string Sentence, IReadOnlyList<RefusedLead> Refused, int RefusedCount)? _said;
    private LeadFilter? _countedFor;
    private int _held;
    private bool _busy;
    private BatchId? _job;
    private HeldList? _list;

    [Inject] public required AssignQuery Query { get; init; }
    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required ILogger<UnassignPanel> Log { get; init; }

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public AssignAsk Asked { get; set; } = null!;
    [Parameter] public Employee? From { get; set; }
    [Parameter] public EventCallback<AssignAsk> OnGo { get; set; }

    private LeadFilter? Filter => From is { } from ? Asked.Held(from.Id) : null;

    private int Count => _ticks.All ? _held : _ticks.Rows.Count;

    protected override async Task OnParametersSetAsync()
    {
        if (Filter == _countedFor)
        {
            return;
        }

        _ticks.Clear();
        (_countedFor, _said) = (Filter, null);
        _held = await CountAsync();
    }

    private Task<int> CountAsync() => Filter is { } filter ? Query.CountAsync(filter, Actor, exact: true) : Task.FromResult(0);

    private async Task HearAsync(Wave wave)
    {
        var held = await CountAsync();
        if (held != _held)
        {
            _held = held;
            StateHasChanged();
        }
    }

    private void Ticked(int left) =>
        _said = left > 0 ? (Tone.Kept, AssignWords.TakenMeanwhile(left, _ticks.Rows.Count, "unassign"), [], 0) : _said;

    private async Task UnassignAsync()
    {
        if (_busy || Count == 0)
        {
            return;
        }

        var order = new UnassignLeads(_ticks.All ? LeadSelection.All(Filter!) : LeadSelection.Of(_ticks.Rows.Select(r => r.Id)));
        (_busy, _said) = (true, null);
        try
        {
            var outcome = await Acts.RunAsync(order, await Current.GetAsync());
            _job = outcome.Value is { IsRunning: true } running ? running.Batch : _job;
            _said = outcome switch
            {
                { Refusal: { } refusal } => (Tone.Refused, refusal.Sentence, [], 0),
                { Value: { IsRunning: false } done } => (done.RefusedCount > 0 ? Tone.Kept : Tone.Done, BatchWords.Done(order.Kind, null, done), done.Refused, done.RefusedCount),
                _ => null,
            };
            await TakeInAsync(order);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "Leads of employee {Employee} could not be unassigned", From?.Id);
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
            _ticks.Clear();
            await _list!.StartAsync();
        }

        _held = await CountAsync();
    }

    private Task OverAsync(BatchView batch) => _list?.StartAsync() ?? Task.CompletedTask;
}
