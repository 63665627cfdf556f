using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>One row; painted again only when something in it differs.</summary>
public sealed partial class LeadGridRow
{
    private ListLine? _line;
    private GridShape? _shape;
    private int _painted = -1;
    private bool _due;
    private DateTimeOffset _now;

    [Parameter, EditorRequired] public ListLine Line { get; set; } = null!;
    [Parameter, EditorRequired] public GridShape Shape { get; set; } = null!;

    private LeadRow Row => Line.Row;

    protected override void OnParametersSet()
    {
        _due |= Line != _line || Shape != _shape || Line.Beat != _painted;
        (_line, _shape, _painted, _now) = (Line, Shape, Line.Beat, _due ? Shape.Clock.GetUtcNow() : _now);
    }

    protected override bool ShouldRender()
    {
        var due = _due;
        _due = false;
        return due;
    }

    private string[] Waiting => Row.Waiting?.Split('\n') ?? [];

    private string TagTitle => string.Join(", ", [.. Waiting.Select(w => $"{w} waits for a manager"), .. Row.Tags?.Split('\n') ?? []]);

    private (IEnumerable<string> Shown, int More) Tags()
    {
        var tags = Row.Tags?.Split('\n') ?? [];
        return tags.Length <= Shape.TagsShown ? (tags, 0) : (tags.Take(Shape.TagsShown), tags.Length - Shape.TagsShown);
    }

    private string? Plain(string key) => key switch
    {
        "pool" => Row.Pool,
        "source" => Row.Source,
        "country" => Row.More?.Country,
        "city" => Row.More?.City,
        "email" => Row.More?.Email,
        "call-tag" => Row.More?.CallTag,
        "external-id" => Row.More?.ExternalId,
        _ => null,
    };
}
