using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement;

/// <summary>Who may receive the ticked leads, with the load they carry now and would carry then.</summary>
public sealed partial class ReassignPanel
{
    private ElementReference _search;
    private string _text = "";

    [Parameter, EditorRequired] public RetiredLot Lot { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<Receiver> Receivers { get; set; } = [];
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter] public EmployeeId? Chosen { get; set; }
    [Parameter] public EventCallback<EmployeeId> OnChosen { get; set; }

    /// <summary>Which act is under way; none where none is.</summary>
    [Parameter] public BatchKind? Busy { get; set; }

    [Parameter] public EventCallback OnReassign { get; set; }
    [Parameter] public EventCallback OnRelease { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }

    /// <summary>"All 2,431 that match"; none where they are ticked already.</summary>
    [Parameter] public string? AllText { get; set; }

    [Parameter] public EventCallback OnAll { get; set; }

    private IReadOnlyList<Receiver> Shown => _text.Trim() is { Length: > 0 } text
        ? [.. Receivers.Where(r => CultureInfo.InvariantCulture.CompareInfo.IndexOf(r.Who.Name, text, CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0)]
        : Receivers;

    private Receiver? Taker => Receivers.FirstOrDefault(r => r.Who.Id == Chosen && r.Takes > 0);

    private int Most => Receivers.Select(r => r.Holds + r.Takes).DefaultIfEmpty(1).Max();

    /// <summary>"47,100 together. Pools DACH and Export."</summary>
    private string Together
    {
        get
        {
            var pools = Lot.Parts.Select(p => Desk.Pool(p.Pool)?.Name ?? "none").Distinct().Order(StringComparer.CurrentCultureIgnoreCase).ToList();
            var value = Lot.ValueMinor == 0 ? "" : $"{MoneyWords.Full(Lot.ValueMinor)} {(Lot.Leads == 1 ? "in value" : "together")}. ";
            return $"{value}{(pools.Count == 1 ? "Pool" : "Pools")} {RetiredLot.Listed(pools)}.";
        }
    }

    private string Sentence => Taker is not { } taker
        ? Receivers.Any(r => r.Takes > 0) ? "Choose an agent." : "No agent belongs to these pools. Add one under Settings, Lead Pools."
        : Lot.Stay(taker.Who, Desk) is { } stay ? $"{taker.Who.FirstName} takes {RetiredWords.Leads(taker.Takes)}. {stay}" : $"{taker.Who.FirstName} takes {(Lot.Leads == 1 ? "it" : $"all {taker.Takes:N0}")}. A full period starts.";

    public ValueTask FocusAsync() => _search.FocusAsync(preventScroll: true);

    private static string Holding(Receiver agent, bool chosen) => chosen ? $"{agent.Holds:N0} open, then {agent.Holds + agent.Takes:N0}" : $"{agent.Holds:N0} open";

    private string About(Receiver agent)
    {
        var about = agent.Pools.Count <= 3 ? string.Join(", ", agent.Pools) : $"{string.Join(", ", agent.Pools.Take(2))} and {agent.Pools.Count - 2} more";
        about = agent.Takes < Lot.Leads ? $"{about} · can take {agent.Takes:N0} of {Lot.Leads:N0}" : about;
        return agent.Had > 0 ? $"{about} · had {(Lot.Leads == 1 ? "it" : $"{agent.Had:N0} of these")}" : about;
    }
}
