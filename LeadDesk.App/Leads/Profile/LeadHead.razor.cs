using LeadDesk.App.Live;
using LeadDesk.Domain.Pipeline;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile;

/// <summary>Who the lead is, and where it stands: the open stages as a row, the one it is in always among them.</summary>
public sealed partial class LeadHead
{
    private const int InTheRow = 5;

    [Parameter, EditorRequired] public LeadFacts Facts { get; set; } = null!;
    [Parameter, EditorRequired] public Listed<StageChoice> Stages { get; set; } = null!;
    /// <summary>Who else is at the lead now.</summary>
    [Parameter] public Listed<OthersHere> Others { get; set; } = new([]);

    [Parameter] public bool ReadOnly { get; set; }
    [Parameter] public EventCallback<ProfileAct> OnAct { get; set; }
    [Parameter] public EventCallback OnMoreStages { get; set; }

    private string? About => (Facts.Company == Facts.Title ? null : Facts.Company, Facts.Place) switch
    {
        (null, null) => null,
        (null, { } place) => place,
        ({ } company, null) => company,
        ({ } company, _) => Facts.City is { } city ? $"{company}, {city}" : company,
    };

    private IReadOnlyList<StageChoice> Shown
    {
        get
        {
            var open = Stages.Where(s => s.Kind is StageKind.Open).ToList();
            var at = open.FindIndex(s => s.Id == Facts.StageId);
            if (at < 0)
            {
                return [.. open.Take(InTheRow - 1), .. Stages.Where(s => s.Id == Facts.StageId)];
            }

            return [.. open.Skip(Math.Clamp(at - 2, 0, Math.Max(0, open.Count - InTheRow))).Take(InTheRow)];
        }
    }

    private bool IsPassed(StageChoice stage)
    {
        var current = Stages.FirstOrDefault(s => s.Id == Facts.StageId);
        return current is { Kind: not StageKind.Lost } && stage.Id != current.Id && Place(stage) < Place(current);

        int Place(StageChoice s) => Stages.TakeWhile(x => x.Id != s.Id).Count();
    }
}
