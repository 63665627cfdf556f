using LeadDesk.App.Leads;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Assignment;

/// <summary>What one employee holds, soonest to retire first.</summary>
public sealed partial class HeldList
{
    [Inject] public required AssignQuery Query { get; init; }

    /// <summary>Names an owner.</summary>
    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;

    [Parameter, EditorRequired] public string Label { get; set; } = "";

    protected override LeadFilter Ask => Filter;

    protected override Comparison<HeldRow> Order => (a, b) => Nullable.Compare(a.ClockStart, b.ClockStart) is not 0 and var order ? order : a.Id.CompareTo(b.Id);

    protected override Task<List<HeldRow>> PageAsync(HeldRow? after, bool back, int count) => Query.HeldAsync(Filter, after, back, count, Actor);

    protected override Task<Dictionary<LeadId, HeldRow>> FindAsync(IReadOnlyCollection<LeadId> leads) => Query.HeldAsync(Filter, leads, Actor);
}
