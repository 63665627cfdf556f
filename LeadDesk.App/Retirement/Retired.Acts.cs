using LeadDesk.App.Batches;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement;

/// <summary>What a manager does with the ticked leads.</summary>
public sealed partial class Retired
{
    private (Tone Tone, string Sentence, IReadOnlyList<RefusedLead> Refused, int RefusedCount)? _said;
    private BatchKind? _busy;
    private BatchId? _job;

    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required ILogger<Retired> Log { get; init; }

    private Task ReassignAsync() => _to is { } to ? ActAsync(new ReassignLeads(Selection, to) { WhereRetired = true }) : Task.CompletedTask;

    private Task ReleaseAsync() => ActAsync(new ReleaseLeads(Selection));

    private LeadSelection Selection => _ticks.All ? LeadSelection.All(_filter!) : LeadSelection.Of(_ticks.Rows.Select(r => r.Id));

    private async Task ActAsync(LeadOrder order)
    {
        if (_busy is not null || _lot.Leads == 0)
        {
            return;
        }

        (_busy, _said) = (order.Kind, null);
        try
        {
            Answer(order, await Acts.RunAsync(order, await Current.GetAsync()));
            await TakeInAsync(order);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The retired leads could not be handed out");
            Say(Tone.Failed, "The desk could not do this. Nothing was changed. Try again.");
        }
        finally
        {
            _busy = null;
        }
    }

    private void Answer(LeadOrder order, Outcome<ActResult> outcome)
    {
        switch (outcome)
        {
            case { Refusal: { } refusal }:
                Say(Tone.Refused, refusal.Sentence);
                break;
            case { Value: { IsRunning: true } running }:
                _job = running.Batch;
                break;
            case { Value: { } done }:
                _said = (done.RefusedCount > 0 ? Tone.Kept : Tone.Done, BatchWords.Done(order.Kind, BatchWords.Target(order, _desk!), done), done.Refused, done.RefusedCount);
                break;
        }
    }

    private async Task TakeInAsync(LeadOrder order)
    {
        _sheet = false;
        if (order.Leads.Ids is { } ids)
        {
            await _list!.TakeInAsync([.. ids.Select(id => new LeadId(id))]);
        }
        else
        {
            _ticks.Clear();
            await _list!.StartAsync();
        }

        await ReadAsync();
    }

    private async Task OverAsync(BatchView batch)
    {
        await _list!.StartAsync();
        await ReadAsync();
    }

    private void Say(Tone tone, string sentence) => _said = (tone, sentence, [], 0);
}
