using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>For whoever asked.</summary>
public sealed class WithdrawRequest(Transactor transactor)
{
    public Task<Outcome> RunAsync(RequestId id, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (await work.Db.Requests.FirstOrDefaultAsync(r => r.Id == id && r.AskedById == work.By.Id, work.Ct) is not { } request)
        {
            return new NotFound("No request here that you may withdraw.");
        }

        var outcome = request.Withdraw(work.By, work.Now);
        if (outcome.Refusal is AlreadyDecided { By: { } who })
        {
            return new ChangedMeanwhile($"{work.Desk.Employee(who)?.FirstName ?? "Somebody"} decided this meanwhile.");
        }

        if (outcome.Kind is OutcomeKind.Done && await work.LeadAsync(request.LeadId) is { } lead)
        {
            lead.NoteRequest(LeadEventKind.RequestWithdrawn, request.TagId, request.PutsOn, null, work.By, Cause.Person, work.Now);
            work.Tell(Topic.Requests);
            await ManagersInbox.SettleAsync(work);
        }

        return outcome;
    }, ct);
}
