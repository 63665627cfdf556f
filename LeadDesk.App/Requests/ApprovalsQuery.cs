using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>The queue of data change requests. For managers: to everyone else it is empty.</summary>
public sealed class ApprovalsQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    public const int PageSize = 50;

    /// <summary>Counts are exact up to here, and "10,000+" beyond.</summary>
    public const int CountedTo = 10_000;

    private const int DecidedADay = 2_000;

    /// <param name="after">The last row that is known; none for the beginning.</param>
    public async Task<IReadOnlyList<RequestRow>> PageAsync(ApprovalsFilter filter, RequestRow? after, int count, Actor actor, CancellationToken ct = default) =>
        !actor.MayDecideRequests ? [] : await shared.AskAsync(new Page(filter, after?.Id, after?.AskedAt, after?.DecidedAt, count), page => ReadAsync(page, ct));

    /// <summary>These requests as they stand now, whatever became of them.</summary>
    public async Task<IReadOnlyList<RequestRow>> FindAsync(IReadOnlyCollection<RequestId> ids, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayDecideRequests || ids.Count == 0)
        {
            return [];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await RowsAsync(db, db.Requests.Where(r => ids.Contains(r.Id)), ct);
    }

    public async Task<QueueFigures> FiguresAsync(ApprovalsFilter filter, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayDecideRequests)
        {
            return new(0, null, 0, null);
        }

        var desk = await directory.GetAsync(ct);
        var (count, oldest) = await shared.AskAsync(new Figures(filter with { Decided = false }), async f =>
        {
            await using var db = await databases.CreateDbContextAsync(ct);
            var waiting = f.Filter.Apply(db.Requests, desk);
            return (await waiting.OrderBy(r => r.Id).Take(CountedTo + 1).CountAsync(ct), await waiting.OrderBy(r => r.AskedAt).ThenBy(r => r.Id).Select(r => (DateTimeOffset?)r.AskedAt).FirstOrDefaultAsync(ct));
        });
        var (today, median) = await TodayAsync(actor, ct);
        return new(count, oldest, today, median);
    }

    private async Task<(int Count, TimeSpan? Median)> TodayAsync(Actor actor, CancellationToken ct)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        var midnight = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        var since = new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
        var me = actor.Id;
        await using var db = await databases.CreateDbContextAsync(ct);
        var decided = await db.Requests.Where(r => r.DecidedAt >= since && r.DecidedById == me && (r.State == RequestState.Approved || r.State == RequestState.Rejected))
            .OrderByDescending(r => r.DecidedAt).Take(DecidedADay).Select(r => new { r.AskedAt, r.DecidedAt }).ToListAsync(ct);
        var waits = decided.Select(d => d.DecidedAt!.Value - d.AskedAt).Order().ToList();
        return (waits.Count, waits.Count == 0 ? null : waits[waits.Count / 2]);
    }

    private async Task<IReadOnlyList<RequestRow>> ReadAsync(Page page, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var requests = page.Filter.Apply(db.Requests, await directory.GetAsync(ct));
        if (page.Filter.Decided)
        {
            if (page is { After: { } last, DecidedAt: { } ended })
            {
                requests = requests.Where(r => r.DecidedAt < ended || (r.DecidedAt == ended && r.Id < last));
            }

            requests = requests.OrderByDescending(r => r.DecidedAt).ThenByDescending(r => r.Id);
        }
        else
        {
            if (page is { After: { } last, AskedAt: { } asked })
            {
                requests = requests.Where(r => r.AskedAt > asked || (r.AskedAt == asked && r.Id > last));
            }

            requests = requests.OrderBy(r => r.AskedAt).ThenBy(r => r.Id);
        }

        var rows = await RowsAsync(db, requests.Take(page.Count), ct);
        return page.Filter.Decided
            ? [.. rows.OrderByDescending(r => r.DecidedAt).ThenByDescending(r => r.Id)]
            : [.. rows.OrderBy(r => r.AskedAt).ThenBy(r => r.Id)];
    }

    private static async Task<List<RequestRow>> RowsAsync(LeadDeskDb db, IQueryable<DataChangeRequest> requests, CancellationToken ct)
    {
        var found = await requests.AsNoTracking().Join(db.Leads, r => r.LeadId, l => l.Id, (r, l) => new { Request = r, l.Name, l.Company, l.Email, l.Phone, l.ExternalId }).ToListAsync(ct);
        return [.. found.Select(f => new RequestRow(
            f.Request.Id, f.Request.LeadId, LeadNames.Of(f.Request.LeadId, f.Name, f.Company, f.Email, f.Phone, f.ExternalId), f.Request.TagId, f.Request.PutsOn,
            f.Request.AskedById, f.Request.AskedAt, f.Request.Reason, f.Request.State, f.Request.DecidedById, f.Request.DecidedAt, f.Request.Comment))];
    }

    private sealed record Page(ApprovalsFilter Filter, RequestId? After, DateTimeOffset? AskedAt, DateTimeOffset? DecidedAt, int Count);

    private sealed record Figures(ApprovalsFilter Filter);
}
