using System.Globalization;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>For whoever may work the lead but not use the tag: the attempt becomes a data change request. One open request per lead, tag and direction.</summary>
public sealed class RequestTagChange(Transactor transactor)
{
    public Task<Outcome<RequestId>> RunAsync(LeadId lead, TagId tag, bool putOn, string reason, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync<RequestId>(by, async work =>
        {
            if (await work.LeadAsync(lead) is not { } found)
            {
                return new NoLeadHere();
            }

            if (await work.Db.Tags.FindAsync([tag], work.Ct) is not { } wanted)
            {
                return new NotFound("This tag is gone.");
            }

            var waiting = await work.Db.Requests.FirstOrDefaultAsync(
                r => r.LeadId == lead && r.TagId == tag && r.PutsOn == putOn && r.State == RequestState.Waiting, work.Ct);
            var asked = Ask(work, found, wanted, putOn, reason, waiting, Cause.Person);
            if (asked.Kind is OutcomeKind.Done)
            {
                await ManagersInbox.TellAsync(work, [work.Db.Requests.Local.Single(r => r.Id == asked.Value)], found.DisplayName);
            }

            return asked;
        }, ct);

    /// <summary>The same, for one lead of a bulk act.</summary>
    internal static Outcome<RequestId> Ask(Work work, Lead lead, Tag tag, bool putOn, string reason, DataChangeRequest? waiting, Cause cause)
    {
        if (!lead.MayBeWorkedBy(work.By))
        {
            return new NoLeadHere();
        }

        if (tag.IsModifiable || work.By.MayUseNonModifiableTags)
        {
            return new NotAllowed($"You may use {tag.Name} directly.");
        }

        if (lead.Tags.Any(t => t.TagId == tag.Id) == putOn)
        {
            return new(OutcomeKind.NothingToDo, default);
        }

        if (waiting is not null)
        {
            var at = TimeZoneInfo.ConvertTime(waiting.AskedAt, TimeZoneInfo.FindSystemTimeZoneById(work.By.TimeZone));
            return new NotAllowed(string.Create(CultureInfo.CurrentCulture, $"{tag.Name} was asked for at {at:HH:mm} and still waits."));
        }

        var asked = DataChangeRequest.Ask(work.NewId<RequestId>(), lead.Id, tag.Id, putOn, reason, work.By, work.Now);
        if (asked.Value is not { } request)
        {
            return asked.Refusal!;
        }

        work.Db.Requests.Add(request);
        lead.NoteRequest(LeadEventKind.TagRequested, tag.Id, putOn, request.Reason, work.By, cause, work.Now);
        work.Tell(Topic.Requests);
        return request.Id;
    }
}
