using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Settings;

/// <summary>The pipeline, ordered by dragging, buttons or keys.</summary>
public sealed partial class StagesPage
{
    [Inject] public required AddStage Add { get; init; }
    [Inject] public required EditStage Edit { get; init; }
    [Inject] public required MoveStage Move { get; init; }
    [Inject] public required DeleteStage Delete { get; init; }

    protected override async Task<IReadOnlyList<SettingRow>> RowsAsync(Desk desk, Actor actor)
    {
        var uses = await Uses.OfStagesAsync(actor);
        return [.. desk.Stages.Select(s => new SettingRow(s.Id.Value, s.Name, $"{s.Kind}, {(s.Retires ? "leads retire" : "no clock")}", uses.GetValueOrDefault(s.Id.Value)))];
    }

    private SettingDraft DraftOf(SettingRow? row) =>
        row is not null && Desk.Stage(new(row.Id)) is { } stage ? new() { Name = stage.Name, Kind = stage.Kind, Retires = stage.Retires } : new();

    /// <summary>Won and Lost have no clock, unless someone says so.</summary>
    private static void Choose(SettingDraft draft, StageKind kind) => (draft.Kind, draft.Retires) = (kind, kind is StageKind.Open);
}
