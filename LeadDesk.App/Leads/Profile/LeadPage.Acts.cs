using LeadDesk.App.Batches;
using LeadDesk.App.Leads.Profile.Forms;
using LeadDesk.App.Requests;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Profile;

public sealed partial class LeadPage
{
    private ActMenu _menu;
    private IReadOnlyList<OwnerChoice>? _owners;
    private DetailsForm? _form;
    private Refusal? _formRefusal;
    private (string Sentence, Tone Tone)? _said;
    private AskForIt? _asking;
    private bool _busy;

    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required SetLeadStage SetStage { get; init; }
    [Inject] public required ApplyCallTag ApplyTag { get; init; }
    [Inject] public required EditLeadDetails EditDetails { get; init; }
    [Inject] public required RequestTagChange AskForTag { get; init; }
    [Inject] public required WithdrawRequest Withdraw { get; init; }

    private LeadSelection This => LeadSelection.Of(LeadId);

    private async Task OpenAsync(ActMenu menu)
    {
        _menu = menu;
        if (menu is ActMenu.Owner)
        {
            _owners = null;
            StateHasChanged();
            _owners = await OwnerChoices.AskAsync(LeadId, _actor!, _gone.Token);
        }
    }

    private async Task DoAsync(ProfileAct act)
    {
        if (act is AskForIt wish)
        {
            await BeginAskingAsync(wish);
            return;
        }

        if (act is not (PutOnTag or TakeOffTag))
        {
            _menu = ActMenu.None;
        }

        var outcome = await TryAsync(by => act switch
        {
            SetStageTo { To: var to } => SetStage.RunAsync(LeadId, to, Facts.StageId, by),
            UseCallTag { Tag: var tag } => ApplyTag.RunAsync(LeadId, tag, by),
            PutOnTag { Tag: var tag } => ActAsync(new TagLeads(This, tag), by),
            TakeOffTag { Tag: var tag } => ActAsync(new UntagLeads(This, tag), by),
            PlanFollowUp { On: var on, At: var at } => ActAsync(new SetLeadsFollowUp(This, on, at), by),
            GiveTo { To: var to } when Facts.OwnerId is null && !Facts.IsRetired => ActAsync(new AssignLeads(This, to), by),
            GiveTo { To: var to } => ActAsync(new ReassignLeads(This, to) { WhereRetired = Facts.IsRetired, From = Facts.OwnerId }, by),
            TakeFromOwner => ActAsync(new UnassignLeads(This), by),
            PutIntoPool { To: var to } => ActAsync(new MoveLeadsToPool(This, to), by),
            ReleaseToPool => ActAsync(new ReleaseLeads(This), by),
            _ => throw new ArgumentOutOfRangeException(nameof(act), act, null),
        });
        if (outcome?.Refusal is { } refusal)
        {
            (_said, _menu) = ((refusal.Sentence, Tone.Refused), ActMenu.None);
        }
    }

    private string TagName(TagId tag) => _profile!.Choices.Tags.FirstOrDefault(t => t.Id == tag)?.Name ?? "this tag";

    private async Task BeginAskingAsync(AskForIt wish)
    {
        (_asking, _menu, _said) = (null, ActMenu.None, null);
        if (_profile!.Waiting.FirstOrDefault(w => w.TagId == wish.Tag && w.PutsOn == wish.PutsOn) is { } waits)
        {
            _said = ($"{waits.Tag} was asked for at {TimeWords.Moment(waits.AskedAt, _now, Zone)} and still waits.", Tone.Refused);
            return;
        }

        // The list gives the focus back first; then the reason takes it.
        StateHasChanged();
        await Task.Yield();
        _asking = wish;
    }

    private async Task<Refusal?> AskAsync(AskForIt wish, string reason)
    {
        var outcome = await TryAsync(async by => (await AskForTag.RunAsync(LeadId, wish.Tag, wish.PutsOn, reason, by)).Plain);
        if (outcome is null or { IsRefused: true })
        {
            return outcome?.Refusal;
        }

        _asking = null;
        _said = outcome.Value.Kind is OutcomeKind.Done ? ("Sent. A manager decides, and you hear of it here.", Tone.Done) : ($"{TagName(wish.Tag)} is {(wish.PutsOn ? "on" : "off")} already.", Tone.Kept);
        return null;
    }

    private async Task WithdrawAsync(RequestId request)
    {
        if ((await TryAsync(by => Withdraw.RunAsync(request, by)))?.Refusal is { } refusal)
        {
            _said = (refusal.Sentence, Tone.Refused);
        }
    }

    private async Task<Outcome> ActAsync(LeadOrder order, Actor by) => (await Acts.RunAsync(order, by)).Plain;

    private void Edit() => (_form, _formRefusal, _menu, _race) = (DetailsForm.Of(Facts), null, ActMenu.None, null);

    private void CloseForm() => (_form, _formRefusal, _race) = (null, null, null);

    private void KeepMine()
    {
        _form!.HaveSeen(Facts.Version);
        _formRefusal = null;
    }

    private async Task SaveDetailsAsync()
    {
        var form = _form!;
        var details = form.ToDetails();
        if (details.Refusal is { } wrong)
        {
            _formRefusal = wrong;
            return;
        }

        var outcome = await TryAsync(by => EditDetails.RunAsync(LeadId, details.Value!, form.Seen, by));
        if (outcome is { IsRefused: false })
        {
            CloseForm();
        }

        _formRefusal = outcome?.Refusal;
    }

    /// <summary>Runs one intent with its pending and its failed face, and reads the lead again. None where it failed.</summary>
    private async Task<Outcome?> TryAsync(Func<Actor, Task<Outcome>> act)
    {
        if (_busy)
        {
            return null;
        }

        (_busy, _said) = (true, null);
        StateHasChanged();
        try
        {
            var outcome = await act(await Current.GetAsync());
            if (_left is null)
            {
                await ReadAgainAsync();
            }

            return outcome;
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "An act on lead {Lead} failed", Id);
            _said = ("This was not saved. Try again. What you typed is still here.", Tone.Failed);
            return null;
        }
        finally
        {
            _busy = false;
        }
    }
}
