using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>What a person does on the list.</summary>
public sealed partial class GoingStale
{
    private LeadId? _open;
    private string? _said;
    private Tone _tone;

    [Inject] public required NudgeOwner Nudge { get; init; }

    private async Task NudgeAsync(StaleRow row)
    {
        var outcome = await Nudge.RunAsync(row.Id, _actor!);
        (_said, _tone) = outcome.Refusal is { } refusal ? (refusal.Sentence, Tone.Refused) : ($"{NameOf(row.OwnerId)} is nudged about {row.Title}.", Tone.Done);
        await ReadAsync(false);
    }

    private async Task NudgeAllAsync(EmployeeId owner)
    {
        var rows = _list!.Rows.Where(r => r.OwnerId == owner && r.NudgedAt is null).Select(r => r.Id).ToList();
        var outcome = await Nudge.RunAsync(rows, _actor!);
        if (outcome.Refusal is { } refusal)
        {
            (_said, _tone) = (refusal.Sentence, Tone.Refused);
            return;
        }

        var nudged = outcome.Value;
        (_said, _tone) = ($"{NameOf(owner)} is nudged about {nudged} {(nudged == 1 ? "lead" : "leads")}{(nudged < rows.Count ? $"; {rows.Count - nudged} changed meanwhile" : "")}.", Tone.Done);
        await ReadAsync(false);
    }

    private void Toggle(StaleRow row) => _open = _open == row.Id ? null : row.Id;

    private void Visit(StaleRow row) => Navigation.NavigateTo($"leads/{row.Id}");

    private async Task MoreAsync()
    {
        _rows += Page;
        await ReadAsync(false);
    }

    private IReadOnlyList<Employee> AgentsFor(StaleRow row) =>
        _desk!.Pool(row.PoolId) is { } pool && _actor!.MayAssign ? [.. _desk.Eligible(pool).Where(e => e.Id != row.OwnerId)] : [];

    private void Go(StaleFilter filter) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?> { ["team"] = filter.TeamId?.Value, ["owner"] = filter.OwnerId?.Value }));

    private void Order(bool flat) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("order", flat ? "soonest" : null));
}
