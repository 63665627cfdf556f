using LeadDesk.App.Access;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Batches;

/// <summary>A stored job while it runs, with the way to stop it; afterwards its receipt. Every feature that starts jobs shows them with this.</summary>
public sealed partial class BatchProgress
{
    private BatchId _shown;
    private BatchView? _batch;
    private string? _refusal;
    private bool _stopping;

    [Inject] public required BatchQuery Query { get; init; }
    [Inject] public required StopBatch Stop { get; init; }
    [Inject] public required CurrentActor Current { get; init; }

    [Parameter, EditorRequired] public BatchId Id { get; set; }

    /// <summary>Raised once, when the job has come to its end or was stopped.</summary>
    [Parameter] public EventCallback<BatchView> OnOver { get; set; }

    /// <summary>The receipt was put away.</summary>
    [Parameter] public EventCallback OnClose { get; set; }

    protected override Task OnParametersSetAsync()
    {
        if (_shown == Id)
        {
            return Task.CompletedTask;
        }

        (_shown, _batch, _refusal, _stopping) = (Id, null, null, false);
        return ReadAsync();
    }

    private static Tone ToneOf(BatchView batch) => batch switch
    {
        { State: BatchState.Failed } => Tone.Failed,
        { RefusedCount: > 0 } or { State: BatchState.Stopped } => Tone.Kept,
        _ => Tone.Done,
    };

    private async Task ReadAsync()
    {
        if (await Current.FindAsync() is not { } actor || await Query.FindAsync(Id, actor) is not { } batch || batch == _batch)
        {
            return;
        }

        var ended = batch.IsOver && _batch is not { IsOver: true };
        _batch = batch;
        StateHasChanged();
        if (ended)
        {
            await OnOver.InvokeAsync(batch);
        }
    }

    private async Task StopAsync()
    {
        _stopping = true;
        var outcome = await Stop.RunAsync(Id, await Current.GetAsync());
        (_refusal, _stopping) = (outcome.Refusal?.Sentence, false);
        await ReadAsync();
    }
}
