using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace LeadDesk.App.Settings;

/// <summary>The inactivity period and the warning window: what saving does and when is said before it is done.</summary>
public sealed partial class RetirementPage : IDisposable
{
    private Desk? _desk;
    private RetirementFacts? _facts;
    private RetirementPolicy _seen = new(null, TimeSpan.Zero);
    private RetirementPolicy? _theirs;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ITimer? _timer;
    private (DateTimeOffset At, int Retired)? _last;
    private NotAcceptable? _wrong;
    private bool _on;
    private int _period = 1;
    private PeriodUnit _periodUnit = PeriodUnit.Days;
    private int _window;
    private PeriodUnit _windowUnit = PeriodUnit.Hours;
    private bool _maySet;
    private bool _busy;
    private bool _failed;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required RetirementFactsQuery Query { get; init; }
    [Inject] public required ChangePeriod Change { get; init; }
    [Inject] public required RetirementSweeper Sweeper { get; init; }
    [Inject] public required IOptions<RetirementOptions> Options { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required ILogger<RetirementPage> Log { get; init; }

    private DateTimeOffset Now => Clock.GetUtcNow();
    private TimeSpan Grace => Options.Value.GracePeriod;
    private TimeSpan? InForce => _desk!.Policy.PeriodAt(Now);
    private DateTimeOffset? Coming => _desk!.Policy is { InForceFrom: { } from } && from > Now ? from : null;
    private TimeSpan? Period => _on ? PeriodWords.Join(_period, _periodUnit) : null;
    private TimeSpan Window => PeriodWords.Join(_window, _windowUnit);
    private TimeSpan? Shortened => Period is { Ticks: > 0 } period && Window > period / 2 ? period / 2 : null;
    private bool IsChanged => (Period, Window) != (_seen.Period, _seen.WarningWindow);
    private string Setter => _desk!.Employees.FirstOrDefault(e => e.IsActive && e.Roles.HasFlag(Roles.Admin))?.Name ?? "An admin";
    private string NoClock => string.Join(" and ", _desk!.Stages.Where(s => !s.Retires).Select(s => s.Name));
    private string Consequence => IsChanged ? PeriodWords.OfSaving(_seen, _seen.Change(Period, Window, Grace, Now), Now, _zone) : "Nothing to save.";

    private string Sweeps => $"every {PeriodWords.Of(Options.Value.SweepInterval).Replace("1 minute", "minute", StringComparison.Ordinal)}"
        + (_last is { } last ? $", last at {TimeZoneInfo.ConvertTime(last.At, _zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : "");

    private string LastRetired => _facts!.LastRetiredAt is { } at
        ? $"{(_facts.LastRetired == 1 ? "1 lead" : $"{_facts.LastRetired.ToString("N0", CultureInfo.CurrentCulture)} leads")} {TimeWords.MomentInFull(at, Now, _zone)}" : "none so far";

    public void Dispose() => _timer?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        await StartAsync();
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(LookAtSweep), null, Options.Value.SweepInterval, Options.Value.SweepInterval);
    }

    private async Task StartAsync()
    {
        await ReadAsync();
        TakeTheirs();
    }

    private async Task ReadAsync()
    {
        try
        {
            var actor = await Current.GetAsync();
            var desk = await Directory.GetAsync();
            (_facts, _desk, _failed) = (await Query.RunAsync(actor), desk, false);
            (_maySet, _zone, _last) = (desk.MaySetRetirement(actor), TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone), Sweeper.Last);
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "The retirement settings could not be read");
            _failed = true;
        }
    }

    private async Task HearAsync()
    {
        var (facts, policy, maySet, failed, stages) = (_facts, _desk?.Policy, _maySet, _failed, _desk?.Stages.Select(s => (s.Name, s.Retires)).ToList());
        await ReadAsync();
        if (_desk is not null && _desk.Policy != _seen)
        {
            if (IsChanged && !_busy)
            {
                _theirs = _desk.Policy;
            }
            else
            {
                TakeTheirs();
            }
        }

        if ((facts, policy, maySet, failed) != (_facts, _desk?.Policy, _maySet, _failed) || (_desk is not null && stages?.SequenceEqual(_desk.Stages.Select(s => (s.Name, s.Retires))) != true))
        {
            StateHasChanged();
        }
    }

    private void LookAtSweep()
    {
        if (_last != Sweeper.Last)
        {
            _last = Sweeper.Last;
            StateHasChanged();
        }
    }

    private void TakeTheirs()
    {
        if (_desk is null)
        {
            return;
        }

        (_seen, _theirs, _wrong) = (_desk.Policy, null, null);
        _on = _seen.Period is not null;
        (_period, _periodUnit) = PeriodWords.Split(_seen.Period ?? TimeSpan.FromDays(7));
        (_window, _windowUnit) = PeriodWords.Split(_seen.WarningWindow);
    }

    private void KeepMine() => (_seen, _theirs) = (_desk!.Policy, null);

    private async Task SaveAsync()
    {
        var title = Period is { } period ? $"Set the period to {PeriodWords.Of(period)}" : "Turn retirement off";
        if (!await ConfirmDialog.AskAsync(Dialogs, title, Consequence, Period is null ? "Turn it off" : "Set it", danger: Period is null))
        {
            return;
        }

        _busy = true;
        try
        {
            var outcome = await Change.RunAsync(Period, Window, _seen, await Current.GetAsync());
            _wrong = outcome.Refusal as NotAcceptable ?? (outcome.Refusal is { } no ? new("Period", no.Sentence) : null);
            await ReadAsync();
            if (!outcome.IsRefused)
            {
                TakeTheirs();
            }
            else if (_desk!.Policy != _seen)
            {
                (_theirs, _wrong) = (_desk.Policy, null);
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private string? Wrong(string field) => _wrong?.Field == field ? _wrong.Sentence : null;
}
