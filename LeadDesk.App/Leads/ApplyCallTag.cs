using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Leads;

/// <summary>The outcome of a call without a call form. For whoever may work the lead; it counts as an activity.</summary>
public sealed class ApplyCallTag(Transactor transactor)
{
    public Task<Outcome> RunAsync(LeadId id, CallTagId tagId, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, async work =>
        {
            if (await work.LeadAsync(id) is not { } lead)
            {
                return new NoLeadHere();
            }

            return await work.Db.CallTags.FindAsync([tagId], work.Ct) is { } tag
                ? lead.ApplyCallTag(tag, work.By, Cause.Person, work.Now)
                : new NotFound("This call tag is gone. Choose another.");
        }, ct);
}
