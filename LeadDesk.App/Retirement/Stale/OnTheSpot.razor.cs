using System.Globalization;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>Logs a call or a comment, or hands the lead on, without leaving the list. While it is open, others see that somebody is on a call.</summary>
public sealed partial class OnTheSpot : IDisposable
{
    private CallTagId? _outcome;
    private string _note = "";
    private string? _refused;
    private bool _busy;
    private IDisposable? _presence;

    [Inject] public required LogCall Call { get; init; }
    [Inject] public required AddComment AddComment { get; init; }
    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required PresenceHere Here { get; init; }

    [Parameter, EditorRequired] public LeadId LeadId { get; set; }
    [Parameter, EditorRequired] public EmployeeId OwnerId { get; set; }
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter, EditorRequired] public IReadOnlyList<CallTag> CallTags { get; set; } = [];

    /// <summary>Whom the lead can be given to; empty where the person may not.</summary>
    [Parameter] public IReadOnlyList<Employee> Agents { get; set; } = [];

    /// <summary>Offered here where the row itself has no room for it.</summary>
    [Parameter] public EventCallback OnNudge { get; set; }

    /// <summary>That the owner was nudged, when and by whom.</summary>
    [Parameter] public string? Nudged { get; set; }

    [Parameter] public EventCallback OnDone { get; set; }

    private bool MayReassign => Actor.MayAssign && Agents.Count > 0;

    public void Dispose() => _presence?.Dispose();

    protected override void OnInitialized()
    {
        if (Actor.Id is { } me)
        {
            _presence = Here.Enter(LeadId, me, PresenceKind.OnACall);
        }
    }

    private void Choose(CallTagId tag) => _outcome = _outcome == tag ? null : tag;

    private Task KeyAsync(KeyboardEventArgs e) => e is { Key: "Enter", CtrlKey: true } ? CallAsync() : e.Key is "Escape" ? OnDone.InvokeAsync() : Task.CompletedTask;

    private Task CallAsync() => ActAsync(() => Call.RunAsync(LeadId, new(_outcome, _note, null, null, null, null), Actor));

    private Task CommentAsync() => ActAsync(() => AddComment.RunAsync(LeadId, _note, Actor));

    private Task ReassignAsync(ChangeEventArgs e) =>
        long.TryParse(e.Value as string, NumberStyles.None, CultureInfo.InvariantCulture, out var to)
            ? ActAsync(async () => (await Acts.RunAsync(new ReassignLeads(LeadSelection.Of(LeadId), new(to)) { From = OwnerId }, Actor)).Plain)
            : Task.CompletedTask;

    private async Task ActAsync(Func<Task<Outcome>> act)
    {
        (_busy, _refused) = (true, null);
        try
        {
            _refused = (await act()).Refusal?.Sentence;
        }
        finally
        {
            _busy = false;
        }

        if (_refused is null)
        {
            await OnDone.InvokeAsync();
        }
    }
}
