using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Imports;

/// <summary>From a file to leads in four steps; the address says which file or which run is meant, so that leaving and coming back goes on there.</summary>
public sealed partial class Import
{
    private Actor? _actor;
    private ImportDraft? _draft;
    private ImportOrder? _plan;
    private IReadOnlyList<string> _pools = [];
    private string? _refused;
    private string? _shown;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required OpenDraft Drafts { get; init; }
    [Inject] public required WaitingFiles Waiting { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    /// <summary>The token of an uploaded file.</summary>
    [SupplyParameterFromQuery(Name = "file")] public string? File { get; set; }

    /// <summary>The batch of a run.</summary>
    [SupplyParameterFromQuery(Name = "run")] public long? Run { get; set; }

    [SupplyParameterFromQuery(Name = "problem")] public string? Problem { get; set; }

    private string? Fact => Run is null ? _draft?.Order.FileName : null;

    protected override async Task OnParametersSetAsync()
    {
        if (_shown == Navigation.Uri)
        {
            return;
        }

        _shown = Navigation.Uri;
        var actor = await Current.GetAsync();
        _pools = [.. (await Directory.GetAsync()).Pools.Select(p => p.Name)];
        (_draft, _plan, _refused) = (null, null, Problem switch
        {
            "none" => "No file was chosen.",
            "large" => "This file is larger than 200 MB. Split it and import the parts.",
            _ => null,
        });
        if (File is { } token && Run is null)
        {
            var opened = await Drafts.RunAsync(token, actor);
            (_draft, _refused) = (opened.Value, opened.Refusal?.Sentence);
        }

        _actor = actor;
    }

    private void Keep(ImportOrder order)
    {
        if (_draft is { } draft && _actor?.Id is { } me)
        {
            _draft = draft with { Order = order };
            Waiting.Keep(me, draft.Token, order);
        }
    }

    private void Follow(BatchId batch) => Navigation.NavigateTo($"import?run={batch.Value}");
}
