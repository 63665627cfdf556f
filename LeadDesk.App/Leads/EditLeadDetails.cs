using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>For whoever may work the lead. Edits made since the form was opened are not overwritten: they are named.</summary>
public sealed class EditLeadDetails(Transactor transactor, PhoneNumbers phones)
{
    /// <param name="seen">The lead's version that the form was filled from.</param>
    public Task<Outcome> RunAsync(LeadId id, LeadDetails details, long seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, async work =>
        {
            if (await work.LeadWithContactsAsync(id) is not { } lead)
            {
                return new NoLeadHere();
            }

            if (lead.MayBeWorkedBy(work.By) && lead.Version != seen)
            {
                var edit = await work.Db.LeadEvents.AsNoTracking()
                    .Where(e => e.LeadId == id && e.LeadVersion > seen && e.Kind == LeadEventKind.DetailsEdited).OrderByDescending(e => e.Id).FirstOrDefaultAsync(work.Ct);
                if (edit is not null)
                {
                    var who = work.Desk.Employee(edit.ActorId)?.FirstName ?? "Somebody";
                    return new ChangedMeanwhile($"{who} changed these details while you typed. Yours are kept here; open the lead again to see theirs.");
                }
            }

            return lead.EditDetails(phones.Complete(details), work.By, Cause.Person, work.Now);
        }, ct);
}
