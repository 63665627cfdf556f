using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>For whoever may work the lead and does not own it: asks the owner to, once per lead and clock period.</summary>
public sealed class NudgeOwner(Transactor transactor)
{
    public Task<Outcome> RunAsync(LeadId id, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (await work.LeadAsync(id) is not { } lead)
        {
            return new NoLeadHere();
        }

        var outcome = lead.Nudge(work.Desk.Policy, work.Desk.Retires(lead.StageId), work.By, work.Now);
        if (outcome.Refusal is NudgedAlready already)
        {
            var at = TimeZoneInfo.ConvertTime(already.At, TimeZoneInfo.FindSystemTimeZoneById(work.By.TimeZone));
            return new ChangedMeanwhile(string.Create(CultureInfo.CurrentCulture, $"{work.Desk.Employee(already.By)?.FirstName ?? "Somebody"} nudged at {at:HH:mm}. Once per lead and period is enough."));
        }

        if (outcome.Kind is OutcomeKind.Done)
        {
            work.Notify(new(lead.OwnerId!.Value, NotificationKind.Nudged, work.Now) { ById = work.By.Id, LeadId = id, LeadName = lead.DisplayName });
        }

        return outcome;
    }, ct);

    /// <summary>All of these that may be nudged about, each by the same rule, and one line in the inbox of each owner. Answers how many; at most <see cref="Batch.ChunkSize"/>.</summary>
    public Task<Outcome<int>> RunAsync(IReadOnlyCollection<LeadId> ids, Actor by, CancellationToken ct = default) => transactor.RunAsync<int>(by, async work =>
    {
        var wanted = ids.Take(Batch.ChunkSize).ToList();
        var leads = await work.Db.Leads.Where(l => wanted.Contains(l.Id)).OrderBy(l => l.ClockStart).ThenBy(l => l.Id).ToListAsync(work.Ct);
        var nudged = leads.Where(l => l.Nudge(work.Desk.Policy, work.Desk.Retires(l.StageId), work.By, work.Now).Kind is OutcomeKind.Done).ToList();
        foreach (var owned in nudged.GroupBy(l => l.OwnerId!.Value))
        {
            await work.NotifyOfLeadsAsync(owned.Key, NotificationKind.Nudged, [.. owned], null);
        }

        return new(nudged.Count > 0 ? OutcomeKind.Done : OutcomeKind.NothingToDo, nudged.Count);
    }, ct);
}
