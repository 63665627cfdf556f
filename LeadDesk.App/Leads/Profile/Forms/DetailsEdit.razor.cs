using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile.Forms;

/// <summary>Editing in place. A refusal stands at its field; what somebody else changed meanwhile never overwrites what is typed.</summary>
public sealed partial class DetailsEdit
{
    private static readonly string[] _fields =
    [
        nameof(LeadDetails.Name), nameof(LeadDetails.Company), nameof(LeadDetails.Emails), nameof(LeadDetails.Phones), nameof(LeadDetails.ExternalId), nameof(LeadDetails.Country),
        nameof(LeadDetails.City), nameof(LeadDetails.Language), nameof(LeadDetails.TimeZone), nameof(LeadDetails.ValueMinor),
    ];

    private ElementReference _first;

    [Parameter, EditorRequired] public DetailsForm Form { get; set; } = null!;
    [Parameter] public Refusal? Refusal { get; set; }
    [Parameter] public bool Busy { get; set; }
    [Parameter] public EventCallback OnSave { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }
    [Parameter] public EventCallback OnTakeTheirs { get; set; }
    [Parameter] public EventCallback OnKeepMine { get; set; }

    private string? General => Refusal is NotAcceptable { Field: var wrong } && _fields.Contains(wrong) ? null : Refusal?.Sentence;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await _first.FocusAsync();
        }
    }

    private string? Bad(string field) => Refusal is NotAcceptable { Field: var wrong } && wrong == field ? "true" : null;

    private RenderFragment? Wrong(string field) => Refusal is NotAcceptable { Field: var wrong, Sentence: var sentence } && wrong == field
        ? builder =>
        {
            builder.OpenElement(0, "span");
            builder.AddAttribute(1, "class", "ld-wrong");
            builder.AddAttribute(2, "role", "alert");
            builder.AddContent(3, sentence);
            builder.CloseElement();
        }
    : null;
}
