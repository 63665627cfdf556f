using LeadDesk.App.Batches;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Imports;

/// <summary>One import while it runs and after it: read from its batch, so it is the same for everyone and after every return.</summary>
public sealed partial class RunPanel
{
    private LiveRegion? _region;
    private BatchId? _shown;
    private ImportView? _run;
    private string? _refusal;
    private bool _failed;
    private bool _isGone;
    private bool _stopping;

    [Inject] public required ImportsQuery Imports { get; init; }
    [Inject] public required StopBatch Stop { get; init; }
    [Inject] public required ILogger<RunPanel> Log { get; init; }

    [Parameter, EditorRequired] public BatchId Id { get; set; }
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;

    protected override Task OnParametersSetAsync()
    {
        if (_shown == Id)
        {
            return Task.CompletedTask;
        }

        (_shown, _run, _refusal, _isGone) = (Id, null, null, false);
        return ReadAsync();
    }

    private async Task HearAsync()
    {
        var before = _run;
        await ReadAsync();
        if (before == _run)
        {
            return;
        }

        StateHasChanged();
        if (_run is { IsOver: true } run && before is { IsOver: false } && _region is not null)
        {
            await _region.SayAsync(ImportWords.Over(run));
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            _run = await Imports.FindAsync(Id, Actor);
            (_failed, _isGone) = (false, _run is null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The import {Batch} could not be read", Id);
            _failed = _run is null;
        }
    }

    private async Task StopAsync()
    {
        _stopping = true;
        var outcome = await Stop.RunAsync(Id, Actor);
        (_refusal, _stopping) = (outcome.Refusal?.Sentence, false);
        await ReadAsync();
    }
}
