using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;

namespace LeadDesk.App.Settings;

/// <summary>
/// Period, warning window, brake, and who may set them: what saving does and when is said before it is done. What another saved meanwhile is taken
/// in where this form does not touch it; where both changed the same, the reader chooses.
/// </summary>
public sealed partial class RetirementPage : IDisposable
{
    private static readonly Topic[] _topics = [Topic.Desk, Topic.Batches];

    private Desk? _desk;
    private RetirementFacts? _facts;
    private RetirementRule _seen = null!;
    private RetirementRule? _theirs;
    private RetirementDraft _draft = new();
    private Actor? _actor;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private ITimer? _timer;
    private (DateTimeOffset At, int Retired)? _last;
    private NotAcceptable? _wrong;
    private string? _news;
    private bool _maySet;
    private bool _mayGrant;
    private bool _busy;
    private bool _saved;
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
    private bool IsChanged => _draft.Form != _seen.Form;
    private string Granter => _desk!.Employees.FirstOrDefault(e => e.IsActive && e.Roles.HasFlag(Roles.Admin))?.Name ?? "An Admin";
    private string Consequence => IsChanged ? PeriodWords.OfSaving(_seen, _seen.After(_draft.Form, _mayGrant, Grace, Now), Now, _zone) : _saved ? "Saved." : "Nothing to save.";

    private string Sweeps => $"every {PeriodWords.Of(Options.Value.SweepInterval).Replace("1 minute", "minute", StringComparison.Ordinal)}"
        + (_last is { } last ? $", last at {TimeZoneInfo.ConvertTime(last.At, _zone).ToString("HH:mm:ss", CultureInfo.InvariantCulture)}" : "");

    public void Dispose() => _timer?.Dispose();

    protected override async Task OnInitializedAsync()
    {
        await StartAsync();
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(LookAtSweep), null, Options.Value.SweepInterval, Options.Value.SweepInterval);
    }

    private async Task StartAsync()
    {
        await ReadAsync();
        if (_desk is not null)
        {
            Fill(RetirementRule.Of(_desk));
        }
    }

    private async Task ReadAsync()
    {
        try
        {
            var actor = await Current.GetAsync();
            var desk = await Directory.GetAsync();
            (_facts, _desk, _actor, _failed) = (await Query.RunAsync(actor), desk, actor, false);
            (_maySet, _mayGrant, _zone, _last) = (desk.MaySetRetirement(actor), actor.MaySetRetirement, TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone), Sweeper.Last);
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "The retirement settings could not be read");
            _failed = true;
        }
    }

    private async Task HearAsync()
    {
        var before = (_facts, _seen, _theirs, _maySet, _failed, Stages());
        await ReadAsync();
        if (_desk is not null && !_busy)
        {
            TakeIn(RetirementRule.Of(_desk));
        }

        if (before != (_facts, _seen, _theirs, _maySet, _failed, Stages()))
        {
            StateHasChanged();
        }

        string? Stages() => _desk is null ? null : string.Join('\n', _desk.Stages.Select(s => $"{s.Name} {s.Retires}"));
    }

    private void LookAtSweep()
    {
        if (_last != Sweeper.Last)
        {
            _last = Sweeper.Last;
            StateHasChanged();
        }
    }

    /// <summary>Another saved: taken in as far as this form leaves it, asked for where both changed the same.</summary>
    private void TakeIn(RetirementRule theirs)
    {
        if (_seen is null || theirs == _seen)
        {
            return;
        }

        if (Merged(theirs, false) != Merged(theirs, true))
        {
            (_theirs, _news) = (theirs, null);
            return;
        }

        var changed = IsChanged ? $"{Changed(theirs)} It stands in your form too." : null;
        Settle(theirs, true);
        _news = changed;
    }

    private RetirementForm Merged(RetirementRule theirs, bool keepMine) => RetirementDraft.Merge(_draft.Form, _seen.Form, theirs.Form, keepMine);

    private void Settle(RetirementRule theirs, bool keepMine)
    {
        var merged = Merged(theirs, keepMine);
        Fill(theirs);
        _draft = RetirementDraft.Of(merged);
    }

    private void Fill(RetirementRule rule) => (_seen, _theirs, _wrong, _news, _saved, _draft) = (rule, null, null, null, false, RetirementDraft.Of(rule.Form));

    private void Discard() => Fill(RetirementRule.Of(_desk!));

    /// <summary>"Meera changed the period while you looked: 4 days now."</summary>
    private string Changed(RetirementRule theirs)
    {
        var who = _facts?.SavedById is not { } by ? "Somebody" : by == _actor?.Id ? "You" : _desk?.Employee(by)?.FirstName ?? "Somebody";
        var where = who == "You" ? "in another window" : "while you looked";
        return RetirementDraft.Differences(theirs.Form, _seen.Form) is [{ What: "Inactivity period" }]
            ? $"{who} changed the period {where}: {PeriodWords.Of(theirs.Policy.Period)} now." : $"{who} changed this {where}.";
    }

    private async Task SaveAsync()
    {
        if (_draft.Form.Period != _seen.Policy.Period)
        {
            var title = _draft.Form.Period is { } period ? $"Set the period to {PeriodWords.Of(period)}" : "Turn retirement off";
            if (!await ConfirmDialog.AskAsync(Dialogs, title, Consequence, _draft.IsOn ? "Set it" : "Turn it off", danger: !_draft.IsOn))
            {
                return;
            }
        }

        _busy = true;
        try
        {
            var outcome = await Change.RunAsync(_draft.Form, _seen, await Current.GetAsync());
            await ReadAsync();
            if (!outcome.IsRefused)
            {
                Fill(RetirementRule.Of(_desk!));
                _saved = true;
                return;
            }

            if (RetirementRule.Of(_desk!) == _seen)
            {
                _wrong = outcome.Refusal as NotAcceptable ?? new("Period", outcome.Refusal!.Sentence);
            }
            else
            {
                TakeIn(RetirementRule.Of(_desk!));
            }
        }
        finally
        {
            _busy = false;
        }
    }
}
