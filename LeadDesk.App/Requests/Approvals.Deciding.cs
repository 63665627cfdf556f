using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Requests;

/// <summary>Deciding one, or all that are ticked.</summary>
public sealed partial class Approvals
{
    private readonly Dictionary<RequestId, string> _drafts = [];
    private AskFoot? _foot;
    private string _comment = "";
    private string? _wrong;
    private string? _refused;
    private bool _busy;
    private Receipt? _receipt;

    [Inject] public required DecideRequest Decide { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    /// <summary>More than the one that stands open is meant.</summary>
    private bool Many => _queue.Ticked is { Count: > 0 } ticked && !(ticked.Count == 1 && ticked[0].Id == _queue.Current);

    /// <summary>What the buttons are about. One's own is somebody else's to decide.</summary>
    private IReadOnlyList<RequestRow> Deciding => Many ? [.. _queue.Ticked.Where(r => r.AskedById != _actor!.Id)] : _preview is { } p ? [p.Request] : [];

    /// <summary>A comment begun on one request waits there while the manager looks at another.</summary>
    private string Draft => Many ? _comment : _queue.Current is { } id ? _drafts.GetValueOrDefault(id, "") : "";

    private string Askers
    {
        get
        {
            var names = Deciding.Select(r => _desk!.Employee(r.AskedById)?.FirstName ?? "whoever asked").Distinct().ToList();
            return names.Count switch { 0 => "whoever asked", 1 => names[0], 2 => $"{names[0]} and {names[1]}", _ => $"{names.Count} people" };
        }
    }

    private bool OneAsker => Deciding.Select(r => r.AskedById).Distinct().Count() == 1;

    private void Write(string? text)
    {
        _wrong = null;
        if (Many)
        {
            _comment = text ?? "";
        }
        else if (_queue.Current is { } id)
        {
            _drafts[id] = text ?? "";
        }
    }

    private async Task DecideAsync(bool approve)
    {
        var meant = Deciding;
        // Who walks on and decides at once decides nothing: the request they mean is not on the screen yet.
        if (_busy || meant.Count == 0 || (!Many && (!meant[0].Waits || meant[0].Id != _queue.Current)))
        {
            return;
        }

        if (!approve && string.IsNullOrWhiteSpace(Draft))
        {
            _wrong = $"A rejection needs a comment, so {Askers} {(OneAsker ? "knows" : "know")} why.";
            await (_foot?.FocusAsync() ?? Task.CompletedTask);
            return;
        }

        if (approve && meant.Count > 1 && !await ConfirmDialog.AskAsync(Dialogs, $"Approve {meant.Count:N0} requests", $"{RequestWords.Sum(meant)} {Askers} {(OneAsker ? "hears" : "hear")} of it at once.", $"Approve {meant.Count:N0}", "Leave them"))
        {
            return;
        }

        (_busy, _wrong, _refused) = (true, null, null);
        try
        {
            await (Many ? DecideManyAsync(meant, approve) : DecideOneAsync(meant[0], approve));
        }
        finally
        {
            _busy = false;
        }
    }

    private async Task DecideOneAsync(RequestRow request, bool approve)
    {
        var outcome = await Decide.RunAsync(request.Id, approve, Draft, _actor!);
        if (outcome.Refusal is NotAcceptable)
        {
            _wrong = outcome.Refusal.Sentence;
            return;
        }

        await MergeAsync();
        _figures = await Query.FiguresAsync(_filter, _actor!);
        if (outcome.Refusal is { } refusal)
        {
            await LookAsync();
            _refused = refusal is ChangedMeanwhile ? null : refusal.Sentence;
            await SayAsync(refusal.Sentence);
            return;
        }

        _drafts.Remove(request.Id);
        await MoveOnAsync();
        var next = _preview is { } p ? $" Next: {RequestWords.Spoken(p.Request, _desk!, Now)}." : " Nothing else waits.";
        await SayAsync($"{(approve ? "Approved" : "Rejected")}: {RequestWords.Wish(request, _desk!)}, {request.Lead}.{next}");
        if (!approve)
        {
            // The comment field has the focus, and would take the next letter.
            await LeaveAsync();
        }
    }

    private async Task DecideManyAsync(IReadOnlyList<RequestRow> meant, bool approve)
    {
        var outcomes = await Decide.RunAsync([.. meant.Select(r => r.Id)], approve, Draft, _actor!);
        var stayed = meant.Zip(outcomes).Where(p => p.Second.Outcome.Refusal is not null).Select(p => (p.First, p.Second.Outcome.Refusal!.Sentence)).ToList();
        ClearTicks();
        await MergeAsync();
        _figures = await Query.FiguresAsync(_filter, _actor!);
        _receipt = new(
            RequestWords.Done(approve, meant.Count - stayed.Count, stayed, _desk!), stayed.Count == 0 ? Tone.Done : Tone.Refused,
            [.. stayed.Select(s => new RefusedLead(s.First.LeadId.Value, s.First.Lead, s.Sentence))]);
        _sheet = false;
        await (IsLive(_queue.Current) ? LookAsync() : MoveOnAsync());
        await SayAsync(_receipt.Sentence);
        await LeaveAsync();
    }

    /// <summary>What became of several in one act.</summary>
    private sealed record Receipt(string Sentence, Tone Tone, IReadOnlyList<RefusedLead> Stayed);
}
