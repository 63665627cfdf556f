using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Board;

/// <summary>
/// Reads the columns of a board within the person's scope. Boards that show the same ask the same question, and one wave of them is answered once.
/// Won and Lost show the leads of the last thirty days, newest first, whatever the board is sorted by.
/// </summary>
public sealed partial class BoardQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    public const int Page = 50;
    public const int CountedUpTo = 10_000;
    public static readonly TimeSpan Recent = TimeSpan.FromDays(30);

    /// <summary>The first <paramref name="take"/> of a column.</summary>
    /// <param name="isNews">Something is known to have changed of which no notice came yet: the database is asked.</param>
    public Task<BoardWindow> WindowAsync(BoardFilter filter, Stage stage, int take, Actor actor, bool isNews = false)
    {
        var scope = BoardScope.Of(filter, actor);
        return AskAsync(isNews, new WindowQuestion(scope, stage.Id, IsRecentOnly(stage), filter.Sort, take, Second(scope)), q => ReadAsync(scope, stage, filter.Sort, null, q.Take, actor));
    }

    /// <summary>The next page after a lead of the column.</summary>
    public Task<BoardWindow> MoreAsync(BoardFilter filter, Stage stage, BoardLead after, Actor actor) =>
        ReadAsync(BoardScope.Of(filter, actor), stage, filter.Sort, after, Page, actor);

    /// <summary>Those of these leads that stand in the column, wherever in its order.</summary>
    public async Task<IReadOnlyList<BoardLead>> SomeAsync(BoardFilter filter, Stage stage, IReadOnlyCollection<LeadId> ids, Actor actor)
    {
        var wanted = ids.ToList();
        await using var db = await databases.CreateDbContextAsync();
        var desk = await directory.GetAsync();
        return await CardsAsync(db, desk, Leads(db, BoardScope.Of(filter, actor), stage, actor, desk).Where(l => wanted.Contains(l.Id)));
    }

    /// <summary>The tags of one lead, and what waits on it; null where the person may not see it.</summary>
    public async Task<CardTags?> TagsAsync(LeadId lead, Actor actor)
    {
        await using var db = await databases.CreateDbContextAsync();
        if (!await db.Leads.VisibleTo(actor).AnyAsync(l => l.Id == lead))
        {
            return null;
        }

        var on = await db.LeadTags.AsNoTracking().Where(t => t.LeadId == lead).Select(t => t.TagId).ToListAsync();
        return new(on.ToHashSet(), [.. (await WaitingTag.OfAsync(db, await directory.GetAsync(), [lead], default))[lead]]);
    }

    private Task<TAnswer> AskAsync<TQuestion, TAnswer>(bool isNews, TQuestion question, Func<TQuestion, Task<TAnswer>> execute) where TQuestion : notnull =>
        isNews ? execute(question) : shared.AskAsync(question, execute);

    /// <summary>Where time alone brings leads, an answer is one of its second.</summary>
    private long? Second(BoardScope scope) => scope.Filter.View is LeadView.GoingStale ? clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond : null;

    private static bool IsRecentOnly(Stage stage) => stage.Kind is not StageKind.Open;

    private IQueryable<Lead> Leads(LeadDeskDb db, BoardScope scope, Stage stage, Actor actor, Desk desk)
    {
        var now = clock.GetUtcNow();
        var leads = (scope.Filter with { StageId = stage.Id }).Apply(db.Leads.AsNoTracking(), actor, desk, now);
        if (!IsRecentOnly(stage))
        {
            return leads;
        }

        var since = now - Recent;
        return leads.Where(l => l.StageSince >= since);
    }

    private async Task<BoardWindow> ReadAsync(BoardScope scope, Stage stage, BoardSort sort, BoardLead? after, int take, Actor actor)
    {
        await using var db = await databases.CreateDbContextAsync();
        var desk = await directory.GetAsync();
        var leads = Leads(db, scope, stage, actor, desk);
        var read = (IsRecentOnly(stage) ? BoardSort.Newest : sort) switch
        {
            BoardSort.Soonest => await CardsAsync(db, desk, Soonest(leads, after).Take(take + 1)),
            BoardSort.Newest => await CardsAsync(db, desk, Newest(leads, after).Take(take + 1)),
            BoardSort.Value => await ByValueAsync(db, desk, leads, after, take + 1),
        };
        return new([.. read.Take(take)], read.Count > take);
    }

    // Spelled as ">= and (> or >)" so that both databases walk the index from the lead on.
    private static IQueryable<Lead> Soonest(IQueryable<Lead> leads, BoardLead? after)
    {
        if (after is not null)
        {
            var (start, id) = (after.ClockStart, after.Id);
            leads = leads.Where(l => l.ClockStart >= start && (l.ClockStart > start || l.Id > id));
        }

        return leads.OrderBy(l => l.ClockStart).ThenBy(l => l.Id);
    }

    private static IQueryable<Lead> Newest(IQueryable<Lead> leads, BoardLead? after)
    {
        if (after is not null)
        {
            var (since, id) = (after.StageSince, after.Id);
            leads = leads.Where(l => l.StageSince <= since && (l.StageSince < since || l.Id < id));
        }

        return leads.OrderByDescending(l => l.StageSince).ThenByDescending(l => l.Id);
    }

    /// <summary>Leads without a value come last; the two databases order missing values differently, so they are read apart.</summary>
    private static async Task<IReadOnlyList<BoardLead>> ByValueAsync(LeadDeskDb db, Desk desk, IQueryable<Lead> leads, BoardLead? after, int take)
    {
        List<BoardLead> read = [];
        if (after is null or { ValueMinor: not null })
        {
            var valued = leads.Where(l => l.ValueMinor != null);
            if (after is { ValueMinor: { } value, Id: var id })
            {
                valued = valued.Where(l => l.ValueMinor <= value && (l.ValueMinor < value || l.Id < id));
            }

            read.AddRange(await CardsAsync(db, desk, valued.OrderByDescending(l => l.ValueMinor).ThenByDescending(l => l.Id).Take(take)));
        }

        if (read.Count < take)
        {
            var rest = leads.Where(l => l.ValueMinor == null);
            if (after is { ValueMinor: null, Id: var id })
            {
                rest = rest.Where(l => l.Id < id);
            }

            read.AddRange(await CardsAsync(db, desk, rest.OrderByDescending(l => l.Id).Take(take - read.Count)));
        }

        return read;
    }

    private static async Task<IReadOnlyList<BoardLead>> CardsAsync(LeadDeskDb db, Desk desk, IQueryable<Lead> leads)
    {
        var rows = await leads.Select(l => new
        {
            l.Id,
            l.Name,
            l.Company,
            l.Email,
            l.Phone,
            l.ExternalId,
            l.City,
            l.OwnerId,
            l.StageId,
            l.ValueMinor,
            l.ClockStart,
            l.StageSince,
            l.IsFresh,
            l.TimesRetired,
        }).ToListAsync();
        var ids = rows.Select(r => r.Id).ToList();
        var tags = ids.Count == 0 ? null : (await db.LeadTags.AsNoTracking().Where(t => ids.Contains(t.LeadId)).Select(t => new { t.LeadId, t.TagId }).ToListAsync()).ToLookup(t => t.LeadId, t => t.TagId);
        var waiting = await WaitingTag.OfAsync(db, desk, ids, default);
        return [.. rows.Select(r =>
        {
            List<TagId> own = [.. tags![r.Id].OrderBy(t => desk.Tag(t)?.Name, StringComparer.CurrentCultureIgnoreCase).ThenBy(t => t)];
            var name = LeadNames.Of(r.Id, r.Name, r.Company, r.Email, r.Phone, r.ExternalId);
            var line = string.Join(", ", new[] { r.Name is null ? null : r.Company, r.City }.Where(p => p is not null));
            return new BoardLead(
                r.Id, name, line.Length == 0 ? null : line, r.OwnerId!.Value, r.StageId, r.ValueMinor, r.ClockStart!.Value, r.StageSince,
                r.IsFresh, r.IsFresh && r.TimesRetired > 0, own.Count > 0 ? own[0] : null, own.Count > 1 ? own[1] : null, Math.Max(0, own.Count - 2))
            {
                Waits = waiting[r.Id].ToList() is { Count: > 0 } w ? w.Count == 1 ? w[0].Words : $"{w[0].Words} +{w.Count - 1}" : null,
            };
        })];
    }

    private sealed record WindowQuestion(BoardScope Scope, StageId StageId, bool IsRecentOnly, BoardSort Sort, int Take, long? Second);
}
