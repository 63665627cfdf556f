using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>A retired lead.</summary>
/// <param name="QuietSince">Where its clock stood when it retired.</param>
/// <param name="Times">How often it was retired, this time counted.</param>
/// <param name="CallTagId">Of the last call, where that was the last activity.</param>
public sealed record RetiredRow(
    LeadId Id, string Name, string? Company, string? City, EmployeeId? HadById, DateTimeOffset RetiredAt, DateTimeOffset QuietSince, int Times, StageId StageId, PoolId? PoolId,
    DateTimeOffset? LastActivityAt, LeadEventKind? LastActivityKind, CallTagId? CallTagId, long? ValueMinor, ValueList<TagId> Tags) : ILeadRow;

/// <summary>The newest sweep that retired leads.</summary>
/// <param name="From">Whose they were, up to <see cref="RetiredQuery.NamesUpTo"/> leads; empty where there were more.</param>
public sealed record SweepReceipt(BatchId Batch, DateTimeOffset At, int Leads, ValueList<EmployeeId> From);

/// <summary>Retired leads: for managers all of them, for team leads those whose owner was in their team when it happened.</summary>
public sealed class RetiredQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, TimeProvider clock)
{
    /// <summary>Counts are exact up to here, and "10,000+" beyond.</summary>
    public const int CountedTo = 10_000;

    public const int NamesUpTo = 500;

    /// <param name="after">The last row that is known; none for the beginning.</param>
    /// <param name="back">The rows before <paramref name="after"/> in place of those behind it, in the order of the list all the same.</param>
    public async Task<List<RetiredRow>> PageAsync(LeadFilter filter, RetiredSort sort, RetiredRow? after, bool back, int count, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var leads = await MatchAsync(db, filter, actor, ct);
        var found = new List<Found>();
        foreach (var part in sort.Parts(leads, after, back))
        {
            found.AddRange(await Project(part.Take(count - found.Count)).ToListAsync(ct));
            if (found.Count == count)
            {
                break;
            }
        }

        var rows = await RowsAsync(db, found, ct);
        return back ? [.. Enumerable.Reverse(rows)] : rows;
    }

    /// <summary>Which of these leads match now.</summary>
    public async Task<Dictionary<LeadId, RetiredRow>> FindAsync(LeadFilter filter, IReadOnlyCollection<LeadId> leads, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var matching = (await MatchAsync(db, filter, actor, ct)).Where(l => leads.Contains(l.Id));
        return (await RowsAsync(db, await Project(matching).ToListAsync(ct), ct)).ToDictionary(r => r.Id);
    }

    /// <summary>Stops counting behind <see cref="CountedTo"/>.</summary>
    public async Task<int> CountAsync(LeadFilter filter, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await (await MatchAsync(db, filter, actor, ct)).Take(CountedTo + 1).CountAsync(ct);
    }

    /// <summary>What all that match are made of, counted to the last one: for an act on them.</summary>
    public async Task<RetiredLot> LotAsync(LeadFilter filter, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var parts = await (await MatchAsync(db, filter, actor, ct)).GroupBy(l => new { l.PoolId, l.RetiredFromId })
            .Select(g => new { g.Key.PoolId, g.Key.RetiredFromId, Leads = g.Count(), Value = g.Sum(l => l.ValueMinor ?? 0) }).ToListAsync(ct);
        return new([.. parts.Select(p => new RetiredLot.Part(p.PoolId, p.RetiredFromId, p.Leads, p.Value, null))]);
    }

    /// <summary>For managers; none where no sweep has retired anything since.</summary>
    public async Task<SweepReceipt?> NewestSweepAsync(DateTimeOffset since, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MaySeeAllLeads)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var sweep = await db.Batches.AsNoTracking().Where(b => b.Kind == BatchKind.Sweep && b.Done > 0).OrderByDescending(b => b.Id)
            .Select(b => new { b.Id, b.At, b.Done }).FirstOrDefaultAsync(ct);
        if (sweep is null || sweep.At < since)
        {
            return null;
        }

        var from = sweep.Done > NamesUpTo ? [] : await db.LeadEvents.Where(e => e.BatchId == sweep.Id && e.Kind == LeadEventKind.Retired && e.FromId != null)
            .Select(e => e.FromId!.Value).Distinct().OrderBy(e => e).ToListAsync(ct);
        return new(sweep.Id, sweep.At, sweep.Done, new([.. from.Select(e => new EmployeeId(e))]));
    }

    private async Task<IQueryable<Lead>> MatchAsync(LeadDeskDb db, LeadFilter filter, Actor actor, CancellationToken ct)
    {
        if (!actor.MaySeeAllLeads && actor.LeadsTeams is [var only])
        {
            // The scope says the same; this says it so that an index can.
            filter = filter with { RetiredFromTeamId = filter.RetiredFromTeamId ?? only };
        }

        var leads = await (filter with { Status = LeadStatus.Retired }).MatchAsync(db, actor, await directory.GetAsync(ct), clock.GetUtcNow(), ct);
        return actor.MaySeeRetired ? leads : leads.Where(_ => false);
    }

    private static IQueryable<Found> Project(IQueryable<Lead> leads) => leads.Select(l => new Found(
        l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId, l.City, l.RetiredFromId, l.RetiredAt!.Value, l.QuietSince, l.TimesRetired, l.StageId, l.PoolId,
        l.LastActivityAt, l.LastActivityKind, l.CallTagId, l.ValueMinor));

    private static async Task<List<RetiredRow>> RowsAsync(LeadDeskDb db, List<Found> found, CancellationToken ct)
    {
        var ids = found.Select(f => f.Id).ToList();
        var tags = ids.Count == 0 ? [] : await db.LeadTags.AsNoTracking().Where(t => ids.Contains(t.LeadId)).OrderBy(t => t.TagId).ToListAsync(ct);
        var worn = tags.ToLookup(t => t.LeadId, t => t.TagId);
        return [.. found.Select(l => new RetiredRow(
            l.Id, LeadNames.Of(l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId), l.Name is null ? null : l.Company, l.City, l.HadById, l.RetiredAt,
            l.QuietSince ?? l.RetiredAt, l.Times, l.StageId, l.PoolId, l.LastActivityAt, l.LastActivityKind,
            l.LastActivityKind is LeadEventKind.Called or LeadEventKind.CallTagApplied ? l.CallTagId : null, l.ValueMinor,
            new([.. worn[l.Id]])))];
    }

    private sealed record Found(
        LeadId Id, string? Name, string? Company, string? Email, string? Phone, string? ExternalId, string? City, EmployeeId? HadById, DateTimeOffset RetiredAt, DateTimeOffset? QuietSince,
        int Times, StageId StageId, PoolId? PoolId, DateTimeOffset? LastActivityAt, LeadEventKind? LastActivityKind, CallTagId? CallTagId, long? ValueMinor);
}
