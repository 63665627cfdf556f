using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Leads;

/// <summary>What the call form holds.</summary>
/// <param name="HappenedAt">When it took place, if not now; more than a minute ahead is refused.</param>
public sealed record CallForm(CallTagId? Outcome, string? Note, TimeSpan? Duration, DateTimeOffset? HappenedAt, DateOnly? NextFollowUp, TimeOnly? NextFollowUpAt);

/// <summary>For whoever may work the lead, and for ten minutes for whoever just lost it: that call is kept and marked.</summary>
public sealed class LogCall(Transactor transactor)
{
    public Task<Outcome> RunAsync(LeadId id, CallForm form, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, async work =>
        {
            if (await work.LeadAsync(id) is not { } lead)
            {
                return new NoLeadHere();
            }

            await Leavings.RecallAsync(work.Db, lead, work.By, work.Now, work.Ct);
            CallTag? outcome = null;
            if (form.Outcome is { } tag && (outcome = await work.Db.CallTags.FindAsync([tag], work.Ct)) is null)
            {
                return new NotFound("This call tag is gone. Choose another.");
            }

            return lead.LogCall(new(outcome, form.Note, form.Duration, form.HappenedAt, form.NextFollowUp, form.NextFollowUpAt), work.By, Cause.Person, work.Now);
        }, ct);
}
