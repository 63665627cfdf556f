using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>For whoever may work the lead, and for ten minutes for whoever just lost it: that comment is kept and marked.</summary>
public sealed class AddComment(Transactor transactor)
{
    public Task<Outcome> RunAsync(LeadId id, string text, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, async work =>
        {
            if (await work.LeadAsync(id) is not { } lead)
            {
                return new NoLeadHere();
            }

            await Leavings.RecallAsync(work.Db, lead, work.By, work.Now, work.Ct);
            var me = work.By.Id;
            var last = await work.Db.LeadEvents.Where(e => e.LeadId == id && e.ActorId == me && e.Kind == LeadEventKind.Commented)
                .OrderByDescending(e => e.Id).Select(e => e.Text).FirstOrDefaultAsync(work.Ct);
            return lead.Comment(text, last, work.By, Cause.Person, work.Now);
        }, ct);
}
