using System.Globalization;
using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>What became of an act from the bar.</summary>
public sealed record BulkResult(LeadOrder Order, Outcome<ActResult> Outcome);

/// <summary>The bar under a selection: what the reader may do to it, at once, with the true number on it.</summary>
public sealed partial class BulkActs
{
    /// <summary>Acts with a button of their own; the others stand behind "more".</summary>
    private const int First = 4;

    private ElementReference _panel;
    private ElementReference _search;
    private bool _busy;
    private bool _more;
    private bool _focusDue;
    private BulkAct? _act;
    private BulkChoice? _asking;
    private string _text = "";
    private DateOnly? _day;

    [Inject] public required ActOnLeads Act { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired] public ListSelection Selection { get; set; } = null!;
    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter] public LeadTally? Tally { get; set; }
    [Parameter] public EventCallback OnAll { get; set; }
    [Parameter] public EventCallback OnClear { get; set; }
    [Parameter] public EventCallback<BulkResult> OnActed { get; set; }

    private int Count => Selection.AsFiltered is null ? Selection.Ticked : Tally?.Count ?? 0;
    private string? AllText => Tally is { } all && (all.IsMore || all.Count > Selection.Ticked) ? $"All {all.Words}" : null;
    private IReadOnlyList<BulkAct> Acts => [.. BulkChoices.For(Selection, Filter, Actor)];
    private IReadOnlyList<BulkChoice> Choices => _act is { } act ? BulkChoices.Of(act, Selection, Filter, Desk, Actor) : [];
    private IReadOnlyList<BulkChoice> Shown => _text.Length == 0 ? Choices : [.. Choices.Where(c =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(c.Text, _text.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)];

    private IEnumerable<(string Text, DateOnly? Day)> Days
    {
        get
        {
            var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(Actor.TimeZone)).Date);
            var monday = today.AddDays(1 + ((7 - (int)today.DayOfWeek) % 7));
            return [("Today", today), ("Tomorrow", today.AddDays(1)), ($"Monday {monday.ToString("d MMM", CultureInfo.InvariantCulture)}", monday), ("In a week", today.AddDays(7)), ("Take it off", null)];
        }
    }

    /// <summary>From a key: the act's choices, if the reader may do it to what is ticked.</summary>
    public void Ask(BulkAct act)
    {
        if (Acts.Contains(act))
        {
            Open(act);
            StateHasChanged();
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_focusDue && Count > 0)
        {
            _focusDue = false;
            await (Choices.Count >= FilterChip<string>.SearchableFrom ? _search : _panel).FocusAsync(preventScroll: true);
        }
    }

    private static (string Verb, string Icon) Words(BulkAct act) => act switch
    {
        BulkAct.Assign => ("Assign", "assign"),
        BulkAct.Reassign => ("Reassign", "reassign"),
        BulkAct.Stage => ("Stage", "stage"),
        BulkAct.Tag => ("Tag", "tag"),
        BulkAct.Untag => ("Untag", "minus"),
        BulkAct.FollowUp => ("Follow-up", "followup"),
        BulkAct.Unassign => ("Unassign", "unassign"),
        BulkAct.MoveToPool => ("Move to pool", "pool"),
        BulkAct.Release => ("Release to pool", "reset"),
    };

    /// <summary>With the number, where it is not what one sees ticked.</summary>
    private string Title(BulkAct act) => Selection.AsFiltered is null ? Words(act).Verb : $"{Words(act).Verb} {Tally?.Words}";

    private string Consequence(BulkAct act) => (act, Count) switch
    {
        (BulkAct.Unassign, 1) => "It goes back to its pool, without an owner.",
        (BulkAct.Unassign, _) => "They go back to their pools, without an owner.",
        (_, 1) => "It waits in its pool again and can be assigned.",
        _ => "They wait in their pools again and can be assigned.",
    };

    private string ButtonCss(BulkAct act) => act == Acts[0] ? "ld-btn ghost small" : "ld-btn ghost small ld-wide";

    private void Open(BulkAct act) => (_act, _more, _text, _focusDue, _asking) = (act, false, "", true, null);

    private void Close() => (_act, _more, _asking) = (null, false, null);

    private Task ChooseAsync(BulkAct act, BulkChoice choice)
    {
        _asking = choice.Asks ? choice : null;
        return choice.Asks ? Task.CompletedTask : RunAsync(act, choice.Id);
    }

    private Task RunAsync(BulkAct act, long chosen) => RunAsync(BulkChoices.Order(act, Selection.Meant, chosen));

    /// <summary>What stands in the way of all of them is said at the reason; what became of each, where the acts are answered.</summary>
    private async Task<Refusal?> AskAsync(BulkAct act, long tag, string reason)
    {
        var order = BulkChoices.Order(act, Selection.Meant, tag, reason);
        var outcome = await Act.RunAsync(order, Actor);
        if (outcome.Refusal is { } refusal)
        {
            return refusal;
        }

        Close();
        await OnActed.InvokeAsync(new(order, outcome));
        return null;
    }

    private Task SetFollowUpAsync(DateOnly? on) => RunAsync(new SetLeadsFollowUp(Selection.Meant, on, null));

    private async Task RunAsync(LeadOrder order)
    {
        Close();
        _busy = true;
        try
        {
            await OnActed.InvokeAsync(new(order, await Act.RunAsync(order, Actor)));
        }
        finally
        {
            _busy = false;
        }
    }
}
