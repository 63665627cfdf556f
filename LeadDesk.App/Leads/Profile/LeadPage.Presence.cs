using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile;

public sealed partial class LeadPage
{
    private IDisposable? _stay;
    private (LeadId Lead, PresenceKind Kind)? _seenAs;
    private Topic[] _presence = [];
    private Listed<OthersHere> _others = new([]);

    [Inject] public required Presence Presence { get; init; }
    [Inject] public required PresenceHere Here { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }

    /// <summary>Others see the reader at this lead while it is open, on a call while the form for it is; a lead that left is no longer looked at.</summary>
    private void BeSeen()
    {
        (LeadId, PresenceKind)? wanted = _face is Face.Ready && _left is null && !_vanished
            ? (LeadId, _writing is Writing.Call ? PresenceKind.OnACall : PresenceKind.Looking) : null;
        if (wanted == _seenAs || _actor?.Id is not { } me)
        {
            return;
        }

        var before = _stay;
        (_seenAs, _stay) = (wanted, wanted is var (lead, kind) ? Here.Enter(lead, me, kind) : null);
        before?.Dispose();
    }

    private async Task LookAroundAsync()
    {
        if (await SeeOthersAsync())
        {
            StateHasChanged();
        }
    }

    /// <summary>True where others came or went.</summary>
    private async Task<bool> SeeOthersAsync()
    {
        var desk = await Directory.GetAsync(_gone.Token);
        var others = _face is Face.Missing or Face.Failed || _left is not null || _vanished
            ? new Listed<OthersHere>([]) : new(Presence.OthersAt(LeadId, _actor?.Id, id => desk.Employee(id)?.Name));
        if (others.Equals(_others))
        {
            return false;
        }

        _others = others;
        return true;
    }
}
