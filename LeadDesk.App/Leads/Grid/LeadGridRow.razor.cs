using LeadDesk.App.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Leads.Grid;

/// <summary>One row; painted again only when something in it differs.</summary>
public sealed partial class LeadGridRow
{
    private const int TagsShown = 2;

    private static readonly RenderFragment _none = b => Quiet(b, "none");
    private static readonly RenderFragment _never = b => Quiet(b, "never");

    private ListLine? _line;
    private GridShape? _shape;
    private (int Beat, int Place, bool Ticked) _painted = (-1, 0, false);
    private bool _due;
    private DateTimeOffset _now;

    [Parameter, EditorRequired] public ListLine Line { get; set; } = null!;
    [Parameter, EditorRequired] public GridShape Shape { get; set; } = null!;

    /// <summary>In the whole list, from 0.</summary>
    [Parameter] public int Place { get; set; }

    [Parameter] public bool Ticked { get; set; }

    private LeadRow Row => Line.Row;

    protected override void OnParametersSet()
    {
        var now = (Line.Beat, Place, Ticked);
        _due |= Line != _line || Shape != _shape || now != _painted;
        (_line, _shape, _painted, _now) = (Line, Shape, now, _due ? Shape.Clock.GetUtcNow() : _now);
    }

    protected override bool ShouldRender()
    {
        var due = _due;
        _due = false;
        return due;
    }

    private static void Quiet(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder, string word)
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "ld-quiet");
        builder.AddContent(2, word);
        builder.CloseElement();
    }

    private string Share(Countdown clock) =>
        FormattableString.Invariant($"{(clock.StepAt(_now) is TimeStep.Due ? 0 : Math.Round(clock.ShareAt(_now) * 100)):0}%");

    private string TagTitle => string.Join(", ", [.. Waiting().Select(w => $"{w} waits for a manager"), .. Row.Tags?.Split('\n') ?? []]);

    private IEnumerable<string> Waiting() => Row.Waiting?.Split('\n') ?? [];

    private IEnumerable<string> Tags()
    {
        var tags = Row.Tags?.Split('\n') ?? [];
        return tags.Length <= TagsShown ? tags : [.. tags.Take(TagsShown), $"+{tags.Length - TagsShown}"];
    }

    private string? Plain(string key) => key switch
    {
        "pool" => Row.Pool,
        "source" => Row.Source,
        "country" => Row.Country,
        "city" => Row.City,
        "email" => Row.Email,
        "call-tag" => Row.CallTag,
        "external-id" => Row.ExternalId,
        _ => null,
    };

    private Task TickAsync(MouseEventArgs e) => Shape.OnTick.InvokeAsync((Line.Id, e.ShiftKey));
}
