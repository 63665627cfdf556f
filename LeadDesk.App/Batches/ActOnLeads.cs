using System.Text.Json;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Batches;

/// <summary>What became of an act on leads. While <paramref name="IsRunning"/>, the batch tells how far it is.</summary>
/// <param name="Refused">The first of those left alone, with the reason.</param>
public sealed record ActResult(BatchId Batch, bool IsRunning, int Done, int Unchanged, IReadOnlyList<RefusedLead> Refused, int RefusedCount);

/// <summary>
/// Does one thing to one or many leads, each by its own verb with its own outcome. One lead is never bulk. Up to 500 are one transaction;
/// more is a stored job that the <see cref="BatchRunner"/> carries on chunk by chunk.
/// </summary>
public sealed class ActOnLeads(Transactor transactor, BatchSignal signal)
{
    public const int RefusalsKept = 200;

    /// <summary>Refused as a whole when the actor may not do it to any lead, or when the one lead refuses.</summary>
    public async Task<Outcome<ActResult>> RunAsync(LeadOrder order, Actor by, CancellationToken ct = default)
    {
        var outcome = await transactor.RunAsync<ActResult>(by, async work =>
        {
            if (MayNot(order, work.By) is { } refusal)
            {
                return refusal;
            }

            var last = order.Leads.Filter is null ? null : await work.Db.Leads.MaxAsync(l => (LeadId?)l.Id, work.Ct);
            var bounded = order with { Leads = order.Leads with { UpTo = last?.Value } };
            var first = await bounded.Leads.NextAsync(work.Db, work.By, work.Desk, work.Now, 0, Batch.ChunkSize + 1, work.Ct);
            if (first.Count == 0)
            {
                return new NotFound("No lead matches any more.");
            }

            // One lead is never bulk, also where a filter found it.
            var one = first.Count == 1;
            bounded = one ? bounded with { Leads = LeadSelection.Of(first) } : bounded;
            var total = order.Leads.Ids?.Count ?? (first.Count <= Batch.ChunkSize ? first.Count
                : await (await bounded.Leads.Filter!.MatchAsync(work.Db, work.By, work.Desk, work.Now, work.Ct)).CountAsync(work.Ct));
            var batch = Batch.Start(work.NewId<BatchId>(), order.Kind, work.By.Id, JsonSerializer.Serialize(bounded), total, work.Now);
            if (!one)
            {
                work.Db.Batches.Add(batch);
                work.Tell(Topic.Batches);
            }

            if (first.Count > Batch.ChunkSize)
            {
                return new ActResult(batch.Id, true, 0, 0, [], 0);
            }

            var tally = await DoAsync(work, bounded, first, one ? null : batch.Id);
            if (one && tally.FirstRefusal is { } why)
            {
                return why;
            }

            batch.Advance("", tally.Done, tally.Unchanged, tally.Refused.Count, JsonSerializer.Serialize(tally.Refused));
            batch.Finish(work.Now);
            return new ActResult(batch.Id, false, tally.Done, tally.Unchanged, tally.Refused, tally.Refused.Count);
        }, ct);
        if (outcome.Value is { IsRunning: true })
        {
            signal.Ring();
        }

        return outcome;
    }

    /// <summary>One chunk of a stored job, in one transaction with the mark of how far it came. False when nothing is left.</summary>
    internal async Task<bool> RunChunkAsync(BatchId id, Actor by, CancellationToken ct)
    {
        var more = await transactor.RunAsync<bool>(by, async work =>
        {
            var batch = await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct);
            if (batch.IsOver)
            {
                return false;
            }

            work.Tell(Topic.Batch(id));
            work.Tell(Topic.Batches);
            var order = JsonSerializer.Deserialize<LeadOrder>(batch.Order)!;
            if (MayNot(order, work.By) is { } refusal)
            {
                batch.Fail(refusal.Sentence, work.Now);
                return false;
            }

            var cursor = batch.Cursor is { } c ? long.Parse(c, System.Globalization.CultureInfo.InvariantCulture) : 0;
            var next = await order.Leads.NextAsync(work.Db, work.By, work.Desk, work.Now, cursor, Batch.ChunkSize, work.Ct);
            if (next.Count == 0)
            {
                batch.Finish(work.Now);
                return false;
            }

            var tally = await DoAsync(work, order, next, id);
            batch.Advance(next[^1].ToString(), tally.Done, tally.Unchanged, tally.Refused.Count, Keep(batch.Refusals, tally.Refused));
            if (next.Count < Batch.ChunkSize)
            {
                batch.Finish(work.Now);
            }

            return next.Count == Batch.ChunkSize;
        }, ct);
        // Who lost every race against others at work has done nothing yet, and begins again.
        return more.Refusal is ChangedMeanwhile || more.Value;
    }

    private static Refusal? MayNot(LeadOrder order, Actor by) => order switch
    {
        AssignLeads or UnassignLeads or ReassignLeads or ReleaseLeads or MoveLeadsToPool when !by.MayAssign => new NotAllowed("Only managers hand out leads."),
        _ => null,
    };

    private static string? Keep(string? known, List<RefusedLead> more)
    {
        if (more.Count == 0)
        {
            return known;
        }

        var all = known is null ? [] : JsonSerializer.Deserialize<List<RefusedLead>>(known)!;
        return JsonSerializer.Serialize(all.Concat(more).Take(RefusalsKept));
    }

    private static async Task<Tally> DoAsync(Work work, LeadOrder order, List<LeadId> ids, BatchId? batch)
    {
        await work.HoldAsync(ids);
        var verb = await VerbAsync(work, order, ids, batch);
        var query = work.Db.Leads.Where(l => ids.Contains(l.Id)).OrderBy(l => l.Id);
        var leads = order is TagLeads or UntagLeads ? await query.Include(l => l.Tags).ToListAsync(work.Ct) : await work.LeadsAloneAsync(query);
        var tally = new Tally();
        var before = leads.ToDictionary(l => l.Id, l => l.OwnerId);
        foreach (var lead in leads)
        {
            tally.Count(lead, lead.MayBeSeenBy(work.By) ? verb(lead) : new NoLeadHere());
        }

        await FollowTagsAsync(work, order, leads);

        await TellOwnersAsync(work, leads.Where(l => l.OwnerId != before[l.Id]).ToList(), before, batch);
        return tally;
    }

    /// <summary>What was asked for is told to managers; what was done directly ends the requests for it.</summary>
    private static async Task FollowTagsAsync(Work work, LeadOrder order, List<Lead> leads)
    {
        if (order is not (TagLeads or UntagLeads))
        {
            return;
        }

        var asked = work.Db.ChangeTracker.Entries<DataChangeRequest>().Where(e => e.State is EntityState.Added).Select(e => e.Entity).OrderBy(r => r.Id).ToList();
        if (asked.Count > 0)
        {
            await ManagersInbox.TellAsync(work, asked, leads.First(l => l.Id == asked[0].LeadId).DisplayName);
        }

        await CloseRequests.OfWhatWasDoneAsync(work, leads);
    }

    private static async Task TellOwnersAsync(Work work, List<Lead> moved, Dictionary<LeadId, EmployeeId?> before, BatchId? batch)
    {
        foreach (var gained in moved.Where(l => l.OwnerId is not null).GroupBy(l => l.OwnerId!.Value))
        {
            await work.NotifyOfLeadsAsync(gained.Key, NotificationKind.Assigned, [.. gained], batch);
        }

        foreach (var lost in moved.Where(l => before[l.Id] is not null).GroupBy(l => (Owner: before[l.Id]!.Value, IsGiven: l.OwnerId is not null)))
        {
            await work.NotifyOfLeadsAsync(lost.Key.Owner, lost.Key.IsGiven ? NotificationKind.Reassigned : NotificationKind.Unassigned, [.. lost], batch);
        }
    }

    private static async Task<Func<Lead, Outcome>> VerbAsync(Work work, LeadOrder order, List<LeadId> ids, BatchId? batch)
    {
        var (db, by, now, ct) = (work.Db, work.By, work.Now, work.Ct);
        var cause = order.Leads.IsOne ? Cause.Person : Cause.Bulk;
        switch (order)
        {
            case AssignLeads { To: var to }:
                return await db.Employees.FindAsync([to], ct) is { } receiver && await PoolsAsync() is var pools
                    ? lead => lead.Assign(receiver, PoolOf(lead, pools), by, cause, now, batch)
                    : _ => new NotFound("This employee is gone.");
            case ReassignLeads { To: var to } reassign:
                return await db.Employees.FindAsync([to], ct) is { } next && await PoolsAsync() is var eligible
                    ? lead => reassign.Faster(lead.OwnerId) is { } faster ? faster : lead.Reassign(next, PoolOf(lead, eligible), by, cause, now, batch)
                    : _ => new NotFound("This employee is gone.");
            case UnassignLeads:
                return lead => lead.Unassign(by, cause, now, batch);
            case ReleaseLeads:
                return lead => lead.ReleaseToPool(by, cause, now, batch);
            case MoveLeadsToPool { To: var to }:
                return await db.Pools.Include(p => p.Members).FirstOrDefaultAsync(p => p.Id == to, ct) is { } pool
                    ? lead => lead.MoveToPool(pool, work.Desk.Employee(lead.OwnerId), by, cause, now, batch)
                    : _ => new NotFound("This pool is gone.");
            case SetLeadsStage { To: var to }:
                return await work.StageAsync(to) is { } stage
                    ? lead => lead.MoveTo(stage, lead.StageId, by, cause, now, batch)
                    : _ => new NotFound("This stage is gone.");
            case TagLeads { Tag: var tag, Reason: var reason }:
                return await TagVerbAsync(work, ids, tag, true, reason, cause, batch);
            case UntagLeads { Tag: var tag, Reason: var reason }:
                return await TagVerbAsync(work, ids, tag, false, reason, cause, batch);
            case SetLeadsFollowUp { On: var on, At: var at }:
                return lead => lead.SetFollowUp(on, at, by, cause, now, batch);
            default:
                throw new ArgumentOutOfRangeException(nameof(order), order, null);
        }

        Task<Dictionary<PoolId, Pool>> PoolsAsync() => db.Pools.AsNoTracking().Include(p => p.Members).ToDictionaryAsync(p => p.Id, ct);

        static Pool? PoolOf(Lead lead, Dictionary<PoolId, Pool> pools) => lead.PoolId is { } id ? pools.GetValueOrDefault(id) : null;
    }

    private static async Task<Func<Lead, Outcome>> TagVerbAsync(Work work, List<LeadId> ids, TagId id, bool putOn, string? reason, Cause cause, BatchId? batch)
    {
        if (await work.Db.Tags.FindAsync([id], work.Ct) is not { } tag)
        {
            return _ => new NotFound("This tag is gone.");
        }

        if (tag.IsModifiable || work.By.MayUseNonModifiableTags)
        {
            return lead => putOn ? lead.Tag(tag, work.By, cause, work.Now, batch) : lead.Untag(tag, work.By, cause, work.Now, batch);
        }

        var waiting = await work.Db.Requests.Where(r => r.TagId == id && r.PutsOn == putOn && r.State == RequestState.Waiting && ids.Contains(r.LeadId))
            .ToDictionaryAsync(r => r.LeadId, work.Ct);
        return lead => RequestTagChange.Ask(work, lead, tag, putOn, reason ?? "", waiting.GetValueOrDefault(lead.Id), cause).Plain;
    }

    private sealed class Tally
    {
        public int Done { get; private set; }
        public int Unchanged { get; private set; }
        public Refusal? FirstRefusal { get; private set; }
        public List<RefusedLead> Refused { get; } = [];

        public void Count(Lead lead, Outcome outcome)
        {
            switch (outcome.Kind)
            {
                case OutcomeKind.Done:
                    Done++;
                    break;
                case OutcomeKind.NothingToDo:
                    Unchanged++;
                    break;
                case OutcomeKind.Refused:
                    FirstRefusal ??= outcome.Refusal;
                    Refused.Add(new(lead.Id.Value, lead.DisplayName, outcome.Refusal!.Sentence));
                    break;
            }
        }
    }
}
