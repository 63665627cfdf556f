using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Retirement;

/// <summary>The bar on every manager's screen while a stopped sweep waits: the figures, the list, and the two ways to go on.</summary>
public sealed partial class BrakeBar
{
    private const int Listed = 100;

    private IReadOnlyList<Topic> _topics = [];
    private Actor? _actor;
    private Desk? _desk;
    private StoppedSweep? _stop;
    private IReadOnlyList<StoppedLead>? _list;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateTimeOffset _now;
    private string? _said;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required BrakeQuery Query { get; init; }
    [Inject] public required DecideSweep Decide { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (await Current.FindAsync() is { IsManager: true })
        {
            _topics = [Topic.Brake];
            await ReadAsync();
        }
    }

    private async Task ReadAsync()
    {
        _actor = await Current.FindAsync();
        _desk = await Directory.GetAsync();
        _now = Clock.GetUtcNow();
        _zone = TimeZoneInfo.FindSystemTimeZoneById(_actor?.TimeZone ?? "UTC");
        var stop = _actor is null ? null : await Query.CurrentAsync(_actor);
        if (stop != _stop)
        {
            (_stop, _list) = (stop, null);
            StateHasChanged();
        }
    }

    private string Words(StoppedSweep stop) => stop.Reason switch
    {
        BrakeReason.TooMany => $"Sweep stopped: it would retire {Figure(stop.Due)} of {Figure(stop.Assigned)} leads.",
        BrakeReason.ClockJumped => $"Sweep stopped at {TimeWords.Moment(stop.At, _now, _zone)}: the server's clock jumped. It would retire {Figure(stop.Due)} of {Figure(stop.Assigned)} leads.",
        BrakeReason.ClockBehind => $"Sweep stopped: the server's clock is behind the newest history. It would retire {Figure(stop.Due)} of {Figure(stop.Assigned)} leads.",
        BrakeReason.ClockAhead => $"Sweep stopped: the server's clock is more than a week ahead of the newest history. It would retire {Figure(stop.Due)} of {Figure(stop.Assigned)} leads.",
    };

    private async Task ShowAsync() => _list = _list is null ? await Query.ListAsync(_stop!.Id, Listed, _actor!) : null;

    private async Task RunAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, "Let the sweep run", $"{Figure(_stop!.Due)} leads retire with the next sweep. Each is asked again: what was worked since stays.", $"Let it retire {Figure(_stop.Due)}", "Wait"))
        {
            await ActAsync(() => Decide.RunItAsync(_stop.Id, _actor!));
        }
    }

    private async Task DropAsync()
    {
        if (await ConfirmDialog.AskAsync(Dialogs, "Drop this sweep", $"The clock of {Figure(_stop!.Due)} leads starts anew, as one act. None of them retires now.", "Drop this sweep", "Wait"))
        {
            await ActAsync(() => Decide.DropItAsync(_stop.Id, _actor!));
        }
    }

    private async Task ActAsync(Func<Task<Outcome>> act)
    {
        _busy = true;
        try
        {
            _said = (await act()).Refusal?.Sentence;
        }
        finally
        {
            _busy = false;
        }

        await ReadAsync();
    }

    private static string Figure(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
