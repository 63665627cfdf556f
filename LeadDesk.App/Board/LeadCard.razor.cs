using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Board;

/// <summary>One lead on the board. Rendered again only when what it shows is another.</summary>
public sealed partial class LeadCard
{
    private BoardCard? _rendered;

    [Parameter, EditorRequired] public BoardCard Card { get; set; } = null!;

    private BoardLead Lead => Card.Lead;
    private DateTimeOffset Now => Card.Lens.Now;
    private string Id => Lead.Id.ToString();
    private string Owner => Card.Lens.Desk.Employee(Lead.OwnerId)?.Name ?? "";

    private Countdown? Clock => Card.Lens.Desk.Clock(Lead.ClockStart, Lead.StageId, Now) is { } clock
        ? new(clock.Start, clock.OldFrom, clock.StaleFrom, clock.RetiresAt)
        : null;

    private string Spoken => string.Join(", ", new[]
    {
        Lead.Name, Lead.Line, Card.Lens.Desk.Stage(Lead.StageId)?.Name, Lead.ValueMinor is { } value ? MoneyWords.Spoken(value) : null,
        Lead.Waits is { } waits ? $"{waits} waits for a manager" : null, Card.Others?.Words,
        // Last: time.js says everything from here on anew.
        Clock is { } clock ? TimeWords.Spoken(clock.Due - Now, clock.StepAt(Now)) : null,
    }.Where(p => p is not null));

    /// <summary>Another look of the same lead, without the board around it.</summary>
    internal void Show(BoardCard card)
    {
        Card = card;
        StateHasChanged();
    }

    protected override void OnInitialized() => _rendered = Card;

    protected override void OnParametersSet() => Card.View = this;

    protected override bool ShouldRender()
    {
        var isOther = Card != _rendered;
        _rendered = Card;
        return isOther;
    }

    private RenderFragment Tag(TagId id) => Card.Lens.Desk.Tag(id) switch
    {
        { IsModifiable: false } tag => LockedTag(tag.Name),
        { } tag => FreeTag(tag.Name),
        null => _ => { }
    };

    private static string Stamp(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
