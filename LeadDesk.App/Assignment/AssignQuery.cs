using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Assignment;

/// <summary>An unassigned lead that waits in its pool.</summary>
/// <param name="WasWithId">Who had it last.</param>
public sealed record WaitingRow(
    LeadId Id, string Name, string? Company, string? City, StageId StageId, SourceId SourceId, DateTimeOffset ArrivedAt, long? ValueMinor, EmployeeId? WasWithId) : ILeadRow;

/// <summary>A lead that somebody owns.</summary>
public sealed record HeldRow(LeadId Id, string Name, string? Company, StageId StageId, PoolId? PoolId, DateTimeOffset? ClockStart, long? ValueMinor) : ILeadRow;

/// <summary>What the screen for handing out leads shows. Nothing for whoever may not.</summary>
public sealed class AssignQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    /// <summary>Counts are exact up to here, and "10,000+" beyond.</summary>
    public const int CountedTo = 10_000;

    /// <summary>How many unassigned leads wait in each pool; pools without any are not in it.</summary>
    public Task<IReadOnlyDictionary<PoolId, int>> WaitingAsync(Actor actor) => actor.MaySeeUnassigned
        ? shared.AskAsync(new WaitingQuestion(), _ => CountWaitingAsync())
        : Task.FromResult<IReadOnlyDictionary<PoolId, int>>(new Dictionary<PoolId, int>());

    /// <param name="after">The last row that is known; none for the beginning.</param>
    /// <param name="back">The rows before <paramref name="after"/> in place of those behind it, in the order of the list all the same.</param>
    public async Task<List<WaitingRow>> WaitingAsync(LeadFilter filter, bool oldestFirst, WaitingRow? after, bool back, int count, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var leads = await MatchAsync(db, filter with { Status = LeadStatus.Unassigned }, actor, ct);
        var ascending = oldestFirst ^ back;
        if (after is { ArrivedAt: var at, Id: var id })
        {
            leads = ascending
                ? leads.Where(l => l.CreatedAt > at || (l.CreatedAt == at && l.Id > id))
                : leads.Where(l => l.CreatedAt < at || (l.CreatedAt == at && l.Id < id));
        }

        leads = ascending ? leads.OrderBy(l => l.CreatedAt).ThenBy(l => l.Id) : leads.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id);
        var rows = await RowsAsync(leads.Take(count), ct);
        return back ? [.. Enumerable.Reverse(rows)] : rows;
    }

    /// <summary>Which of these leads match now.</summary>
    public async Task<Dictionary<LeadId, WaitingRow>> WaitingAsync(LeadFilter filter, IReadOnlyCollection<LeadId> leads, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var matching = await MatchAsync(db, filter with { Status = LeadStatus.Unassigned }, actor, ct);
        return (await RowsAsync(matching.Where(l => leads.Contains(l.Id)), ct)).ToDictionary(r => r.Id);
    }

    /// <summary>Soonest to retire first.</summary>
    public async Task<List<HeldRow>> HeldAsync(LeadFilter filter, HeldRow? after, bool back, int count, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var leads = await MatchAsync(db, filter with { Status = LeadStatus.Assigned }, actor, ct);
        if (after is { ClockStart: var start, Id: var id })
        {
            leads = back
                ? leads.Where(l => l.ClockStart < start || (l.ClockStart == start && l.Id < id))
                : leads.Where(l => l.ClockStart > start || (l.ClockStart == start && l.Id > id));
        }

        leads = back ? leads.OrderByDescending(l => l.ClockStart).ThenByDescending(l => l.Id) : leads.OrderBy(l => l.ClockStart).ThenBy(l => l.Id);
        var rows = await HeldRowsAsync(leads.Take(count), ct);
        return back ? [.. Enumerable.Reverse(rows)] : rows;
    }

    public async Task<Dictionary<LeadId, HeldRow>> HeldAsync(LeadFilter filter, IReadOnlyCollection<LeadId> leads, Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var matching = await MatchAsync(db, filter with { Status = LeadStatus.Assigned }, actor, ct);
        return (await HeldRowsAsync(matching.Where(l => leads.Contains(l.Id)), ct)).ToDictionary(r => r.Id);
    }

    /// <param name="exact">For an act on all that match; otherwise it stops counting behind <see cref="CountedTo"/>.</param>
    public async Task<int> CountAsync(LeadFilter filter, Actor actor, bool exact = false, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var leads = await MatchAsync(db, filter, actor, ct);
        return exact ? await leads.CountAsync(ct) : await leads.Take(CountedTo + 1).CountAsync(ct);
    }

    private async Task<IQueryable<Lead>> MatchAsync(LeadDeskDb db, LeadFilter filter, Actor actor, CancellationToken ct)
    {
        var leads = await filter.MatchAsync(db, actor, await directory.GetAsync(ct), clock.GetUtcNow(), ct);
        return actor.MayAssign ? leads : leads.Where(_ => false);
    }

    private static async Task<List<WaitingRow>> RowsAsync(IQueryable<Lead> leads, CancellationToken ct)
    {
        var found = await leads.Select(l => new
        {
            l.Id,
            l.Name,
            l.Company,
            l.Email,
            l.Phone,
            l.ExternalId,
            l.City,
            l.StageId,
            l.SourceId,
            l.CreatedAt,
            l.ValueMinor,
            l.LeftId,
        }).ToListAsync(ct);
        return [.. found.Select(l => new WaitingRow(
            l.Id, LeadNames.Of(l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId), l.Name is null ? null : l.Company, l.City, l.StageId, l.SourceId, l.CreatedAt, l.ValueMinor,
            l.LeftId))];
    }

    private static async Task<List<HeldRow>> HeldRowsAsync(IQueryable<Lead> leads, CancellationToken ct)
    {
        var found = await leads.Select(l => new { l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId, l.StageId, l.PoolId, l.ClockStart, l.ValueMinor }).ToListAsync(ct);
        return [.. found.Select(l => new HeldRow(
            l.Id, LeadNames.Of(l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId), l.Name is null ? null : l.Company, l.StageId, l.PoolId, l.ClockStart, l.ValueMinor))];
    }

    private async Task<IReadOnlyDictionary<PoolId, int>> CountWaitingAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var counts = await db.LeadCounts.Where(c => c.OwnerKey == LeadCount.Unassigned && c.PoolKey != 0)
            .GroupBy(c => c.PoolKey).Select(g => new { Pool = g.Key, Leads = g.Sum(c => c.Leads) }).ToListAsync();
        return counts.Where(c => c.Leads > 0).ToDictionary(c => new PoolId(c.Pool), c => (int)c.Leads);
    }

    private sealed record WaitingQuestion;
}
