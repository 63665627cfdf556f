using LeadDesk.App.Leads.Profile.Events;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile;

public sealed partial class LeadPage
{
    private Writing _writing;
    private Refusal? _refusal;
    private EventLine? _race;
    private Leaving? _left;

    /// <summary>The lead is out of the reader's sight without having been theirs: what is shown is from before.</summary>
    private bool _vanished;

    [Inject] public required AddComment Comment { get; init; }
    [Inject] public required LogCall Call { get; init; }

    private bool LastWordsAreOver => _left is { } left && Clock.GetUtcNow() >= left.Until;

    /// <summary>What happened, that the lead is gone, and what can still be done.</summary>
    private string? LeavingWords
    {
        get
        {
            if (_vanished)
            {
                return "This lead is out of your sight now. What stands here is from before.";
            }

            if (_left is not { } left)
            {
                return null;
            }

            var rest = _writing is Writing.Nothing ? ""
                : LastWordsAreOver ? " Ten minutes are over, so what is written here can no longer be saved."
                : $" What you had begun can still be saved until {TimeWords.Moment(left.Until, _now, Zone)}.";
            return $"{Happened(left)} It is no longer yours.{rest}";
        }
    }

    private string Happened(Leaving left) => left switch
    {
        { Why: LeaveReason.Retired } => $"This lead retired at {TimeWords.Moment(left.At, _now, Zone)}.",
        { Why: LeaveReason.Reassigned, To: { } to } => $"{left.By ?? "The desk"} reassigned this lead to {to} at {TimeWords.Moment(left.At, _now, Zone)}.",
        _ => $"{left.By ?? "The desk"} unassigned this lead at {TimeWords.Moment(left.At, _now, Zone)}.",
    };

    private string DraftKey(Writing writing) => $"{_actor?.Id}:{Id}:{(writing is Writing.Call ? "call" : "comment")}";

    /// <summary>What saving will do to the clock, by the rule itself.</summary>
    private string Hint(LeadEventKind kind) =>
        InactivityClock.Judge(kind, Cause.Person, Facts.OwnerId is not null, afterLeaving: _left is not null) switch
        {
            ClockVerdict.AfterLeaving => "kept in the history, starts no clock",
            ClockVerdict.NoOwner => "nobody owns the lead, so no clock runs",
            _ when _profile!.Clock.State is ClockState.Off => "retirement is off, so no clock runs",
            _ when _profile!.Clock.State is ClockState.StageDoesNotRetire => "no clock in this stage",
            _ => "starts the clock again",
        };

    private void Write(Writing writing) =>
        (_writing, _refusal, _race, _menu, _details) = (_writing == writing ? Writing.Nothing : writing, null, null, ActMenu.None, false);

    private async Task StopWritingAsync()
    {
        var key = DraftKey(_writing);
        (_writing, _refusal, _race) = (Writing.Nothing, null, null);
        _module ??= await BrowserModule.OpenAsync(Js, "profile.js");
        await _module.CallAsync("clear", key);
    }

    private Task SaveCallAsync(CallForm form) => SaveAsync(() => TryAsync(by => Call.RunAsync(LeadId, form, by)), LeadEventKind.Called, "call");

    private Task SaveCommentAsync(string text) => SaveAsync(() => TryAsync(by => Comment.RunAsync(LeadId, text, by)), LeadEventKind.Commented, "comment");

    private async Task SaveAsync(Func<Task<Outcome?>> save, LeadEventKind kind, string word)
    {
        _refusal = null;
        var before = _left;
        if (await save() is not { } outcome)
        {
            return;
        }

        if (outcome.Refusal is { } refusal)
        {
            _refusal = refusal is NoLeadHere && before is not null
                ? new NotAllowed($"The lead left you more than ten minutes ago, so this {word} can no longer be saved. Copy what you need.") : refusal;
            return;
        }

        await StopWritingAsync();
        _said = (Saved(kind, word, before), _left is null ? Tone.Done : Tone.Kept);
    }

    private string Saved(LeadEventKind kind, string word, Leaving? before)
    {
        if (_left is { } left)
        {
            return before is null && left.Why is LeaveReason.Retired
                ? $"It retired at {TimeWords.Moment(left.At, _now, Zone)}, {TimeWords.Left(_now - left.At)} before your {word} was saved. The {word} is kept; ask a manager to give it back."
                : $"Your {word} is kept in the history.";
        }

        var mine = _profile!.Ledger.FirstOrDefault(l => l.ByReader && l.Kind == kind) ?? _profile.History.FirstOrDefault(l => l.ByReader && l.Kind == kind);
        return mine switch
        {
            { Verdict: ClockVerdict.SameText } => "Same text as your last comment, so the clock did not start again.",
            { Verdict: ClockVerdict.Restarted, Until: { } until } => $"Your {word} is saved. The clock started again, to {TimeWords.MomentInFull(until, _now, Zone)}.",
            _ => $"Your {word} is saved.",
        };
    }

    /// <summary>Says what others did to the lead, where something is being written on the form itself.</summary>
    private async Task NoteNewsAsync(LeadProfile? before, LeadProfile after)
    {
        var known = before?.History.Count > 0 ? before.History[0].Id : 0;
        if (_left is not null || after.History.FirstOrDefault(l => l.Id > known && !l.ByReader) is not { } news)
        {
            _race = _left is null ? _race : null;
            return;
        }

        _race = _writing is Writing.Nothing && _form is null ? null : news;
        if (_race is null && _region is not null)
        {
            await _region.SayAsync($"{news.Sentence}.");
        }
    }
}
