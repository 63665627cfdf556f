using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>One request with all that belongs to deciding it. For managers.</summary>
public sealed class RequestPreviewQuery(IDbContextFactory<LeadDeskDb> databases, ApprovalsQuery queue, TimeProvider clock)
{
    public const int MostEvents = 12;

    private static readonly TimeSpan _record = TimeSpan.FromDays(90);

    public async Task<RequestPreview?> FindAsync(RequestId id, Actor actor, CancellationToken ct = default)
    {
        if (await queue.FindAsync([id], actor, ct) is not [var request])
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var (lead, asker, tag, asked) = (request.LeadId, request.AskedById, request.TagId, request.AskedAt);
        var found = await db.Leads.AsNoTracking().Where(l => l.Id == lead)
            .Select(l => new { l.Name, l.Company, l.City, l.ValueMinor, l.StageId, l.OwnerId, l.PoolId, l.ClockStart, l.RetiredAt, l.Version }).FirstAsync(ct);
        var tags = await db.LeadTags.Where(t => t.LeadId == lead).OrderBy(t => t.TagId).Select(t => t.TagId).ToListAsync(ct);
        var events = await db.LeadEvents.AsNoTracking()
            .Where(e => e.LeadId == lead && e.At > asked)
            .OrderByDescending(e => e.Id).Take(MostEvents + 1).ToListAsync(ct);
        var also = await db.Requests.Where(r => r.LeadId == lead && r.State == RequestState.Waiting && r.Id != id).OrderBy(r => r.AskedAt).Select(r => r.Id).ToListAsync(ct);
        var since = clock.GetUtcNow() - _record;
        var ended = await db.Requests.Where(r => r.AskedById == asker && r.TagId == tag && r.AskedAt >= since && r.Id != id)
            .GroupBy(r => r.State).Select(g => new { State = g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(
            request,
            new(lead, found.Name is null ? null : found.Company, found.City, found.ValueMinor, found.StageId, found.OwnerId, found.PoolId, found.ClockStart, found.RetiredAt, found.Version, tags),
            [.. events.Take(MostEvents)], events.Count > MostEvents,
            [.. (await queue.FindAsync(also, actor, ct)).OrderBy(r => r.AskedAt)],
            new(Count(RequestState.Approved), Count(RequestState.Rejected)));

        int Count(RequestState state) => ended.FirstOrDefault(e => e.State == state)?.Count ?? 0;
    }
}
