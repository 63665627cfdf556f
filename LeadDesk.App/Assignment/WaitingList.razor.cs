using LeadDesk.App.Leads;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Assignment;

/// <summary>What a list of unassigned leads is asked for.</summary>
public sealed record WaitingQuestion(LeadFilter Filter, bool Oldest);

/// <summary>The unassigned leads of a pool, by when they arrived.</summary>
public sealed partial class WaitingList
{
    [Inject] public required AssignQuery Query { get; init; }

    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;

    /// <summary>Those that wait longest come first.</summary>
    [Parameter] public bool Oldest { get; set; }

    [Parameter] public EventCallback<bool> OnOrder { get; set; }

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    protected override WaitingQuestion Ask => new(Filter, Oldest);

    protected override Comparison<WaitingRow> Order => Oldest
        ? (a, b) => a.ArrivedAt != b.ArrivedAt ? a.ArrivedAt.CompareTo(b.ArrivedAt) : a.Id.CompareTo(b.Id)
        : (a, b) => a.ArrivedAt != b.ArrivedAt ? b.ArrivedAt.CompareTo(a.ArrivedAt) : b.Id.CompareTo(a.Id);

    protected override Task<List<WaitingRow>> PageAsync(WaitingRow? after, bool back, int count) => Query.WaitingAsync(Filter, Oldest, after, back, count, Actor);

    protected override Task<Dictionary<LeadId, WaitingRow>> FindAsync(IReadOnlyCollection<LeadId> leads) => Query.WaitingAsync(Filter, leads, Actor);
}
