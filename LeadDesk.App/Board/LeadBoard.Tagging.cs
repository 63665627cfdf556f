using LeadDesk.App.Batches;
using LeadDesk.App.Requests;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Tags;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Board;

public sealed partial class LeadBoard
{
    /// <summary>Of the lead whose menu is open, while that shows tags.</summary>
    private CardTags? _tags;

    [Inject] public required ActOnLeads Acts { get; init; }
    [Inject] public required RequestTagChange Request { get; init; }

    private void OpenMenu(LeadId? lead)
    {
        (_menu, _tags) = (lead, null);
        Refresh();
    }

    private async Task OpenTagsAsync(LeadId lead)
    {
        try
        {
            _tags = await Board.TagsAsync(lead);
            _menu = _tags is null ? null : lead;
        }
        catch (Exception e)
        {
            Log.LogError(e, "The tags of lead {Lead} could not be read", lead);
            Snackbar.Add("The tags could not be read. Try again.", Severity.Error);
        }

        Refresh();
    }

    /// <summary>Puts the tag on or takes it off; the menu stays for the next.</summary>
    private async Task TagAsync(LeadId lead, Tag tag)
    {
        var (isOn, leads) = (_tags!.On.Contains(tag.Id), LeadSelection.Of(lead));
        if (_tags.Waiting.FirstOrDefault(w => w.TagId == tag.Id && w.PutsOn == !isOn && !tag.IsModifiable && !Board.Actor.MayUseNonModifiableTags) is { } waits)
        {
            await TellAsync($"{waits.Sentence(Board.Lens.Now, Board.Lens.Zone, Board.Actor.Id)}.", Severity.Info);
            return;
        }

        var outcome = await TryAsync(lead, async () => (await Acts.RunAsync(isOn ? new UntagLeads(leads, tag.Id) : new TagLeads(leads, tag.Id), Board.Actor)).Plain);
        if (outcome is not { IsRefused: false })
        {
            OpenMenu(null);
            return;
        }

        await Say($"{tag.Name} is {(isOn ? "off" : "on")}.");
        await OpenTagsAsync(lead);
    }

    private async Task<Refusal?> AskAsync(LeadId lead, Tag tag, string reason)
    {
        var outcome = await TryAsync(lead, async () => (await Request.RunAsync(lead, tag.Id, !_tags!.On.Contains(tag.Id), reason, Board.Actor)).Plain, tells: false);
        if (outcome is { IsRefused: true })
        {
            return outcome.Value.Refusal;
        }

        if (outcome is { } sent)
        {
            OpenMenu(null);
            await TellAsync(sent.Kind is OutcomeKind.Done ? "Sent. A manager decides, and the card shows it until then." : $"{tag.Name} is as you want it already.", Severity.Normal);
        }

        return null;
    }

    /// <summary>None where it failed.</summary>
    private async Task<Outcome?> TryAsync(LeadId lead, Func<Task<Outcome>> act, bool tells = true)
    {
        try
        {
            var outcome = await act();
            if (tells && outcome.Refusal is { } refusal)
            {
                await TellAsync(refusal.Sentence, Severity.Warning);
            }

            return outcome;
        }
        catch (Exception e) when (e is not UnauthorizedAccessException)
        {
            Log.LogError(e, "An act on lead {Lead} failed", lead);
            await TellAsync("This was not saved. Try again.", Severity.Error);
            return null;
        }
    }

    private Task TellAsync(string sentence, Severity severity)
    {
        Snackbar.Add(sentence, severity);
        return Say(sentence);
    }
}
