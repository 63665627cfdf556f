using LeadDesk.App.Requests;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile;

/// <summary>Every act on the lead, one click or one key away; on the phone the rarer ones are behind "more".</summary>
public sealed partial class LeadActs
{
    [Parameter, EditorRequired] public LeadFacts Facts { get; set; } = null!;
    [Parameter, EditorRequired] public DeskChoices Choices { get; set; } = null!;
    [Parameter] public bool MayAssign { get; set; }

    /// <summary>Non-modifiable tags are asked for, not used.</summary>
    [Parameter] public bool AsksForTags { get; set; }

    /// <summary>What was asked for and waits.</summary>
    [Parameter] public IReadOnlyList<WaitingTag> Waiting { get; set; } = [];

    [Parameter] public bool Busy { get; set; }
    [Parameter] public Writing Writing { get; set; }
    [Parameter] public ActMenu Menu { get; set; }

    /// <summary>The day it is where the follow-up counts.</summary>
    [Parameter] public DateOnly Today { get; set; }

    /// <summary>None while they are read.</summary>
    [Parameter] public IReadOnlyList<OwnerChoice>? Owners { get; set; }

    [Parameter] public EventCallback<ActMenu> OnMenu { get; set; }
    [Parameter] public EventCallback<Writing> OnWrite { get; set; }
    [Parameter] public EventCallback<ProfileAct> OnAct { get; set; }
    [Parameter] public EventCallback OnEdit { get; set; }

    private bool IsUnassigned => Facts.OwnerId is null && !Facts.IsRetired;

    private string GiveWord => IsUnassigned ? "Assign" : "Reassign";

    private bool Wears(TagId tag) => Facts.Tags.Any(t => t.Id == tag);

    private bool NeedsManager(TagId tag) => Choices.Tags.Any(t => t.Id == tag && !t.IsModifiable);

    private bool Waits(TagId tag) => Waiting.Any(w => w.TagId == tag);

    private ProfileAct TagAct(TagId tag) =>
        AsksForTags && NeedsManager(tag) ? new AskForIt(tag, !Wears(tag))
        : Wears(tag) ? new TakeOffTag(tag)
        : new PutOnTag(tag);

    private bool Retires(StageId stage) => Choices.Stages.Any(s => s.Id == stage && s.Retires);

    private Task Toggle(ActMenu menu, bool open) => OnMenu.InvokeAsync(open ? menu : ActMenu.None);
}
