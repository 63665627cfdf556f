using LeadDesk.App.Live;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads.Grid;

/// <summary>How many match; exact unless <paramref name="IsMore"/>.</summary>
public sealed record LeadTally(int Count, bool IsMore)
{
    /// <summary>"2,431", "10,000+".</summary>
    public string Words => Count.ToString("N0", System.Globalization.CultureInfo.CurrentCulture) + (IsMore ? "+" : "");
}

/// <summary>The counts of the tabs, under the other filters.</summary>
public sealed record LeadTallies(LeadTally Matching, LeadTally FollowUps, LeadTally Fresh, LeadTally GoingStale);

/// <summary>
/// The lead list in any order: pages from a row on, forwards and backwards, each from an index; a place by its number for a dragged scrollbar;
/// single rows again when something changed. Off the circuit's thread, since SQLite answers on the caller's.
/// </summary>
public sealed class LeadListQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    /// <summary>Exact up to here; beyond, lists say "10,000+".</summary>
    public const int CountLimit = 10_000;

    /// <summary>A search answers the newest so many.</summary>
    public const int SearchLimit = 1_000;

    private static readonly ListOrder _newestFirst = new(LeadSort.Created, true);

    /// <summary>The rows from a place on, counted from 0.</summary>
    /// <param name="more">With what only chosen columns show.</param>
    public Task<IReadOnlyList<LeadRow>> AtAsync(LeadFilter filter, ListOrder order, int place, int count, Actor actor, bool more = false, CancellationToken ct = default)
    {
        var isNewest = order == _newestFirst;
        if (isNewest && filter.Search is not null)
        {
            count = Math.Clamp(SearchLimit - place, 0, count);
        }

        return ReadAsync(filter, actor, more, isNewest, async asked =>
        {
            var rows = new List<LeadRow>();
            var skip = place;
            foreach (var segment in ListWalk.Of(order, asked.Desk).Segments)
            {
                var found = await asked.RowsAsync(segment.Ordered(asked.Leads, false).Skip(skip).Take(count - rows.Count));
                rows.AddRange(found);
                if (rows.Count == count)
                {
                    break;
                }

                skip = found.Count > 0 || skip == 0 ? 0 : skip - await segment.Ordered(asked.Leads, false).Take(skip).CountAsync(asked.Ct);
            }

            return rows;
        }, ct);
    }

    /// <summary>The rows that follow a row, or that stand before it; in the list's order either way.</summary>
    public Task<IReadOnlyList<LeadRow>> NextToAsync(LeadFilter filter, ListOrder order, LeadRow row, bool before, int count, Actor actor, bool more = false, CancellationToken ct = default) =>
        ReadAsync(filter, actor, more, before && order == _newestFirst, async asked =>
        {
            var walk = ListWalk.Of(order, asked.Desk);
            var rows = new List<LeadRow>();
            var step = before ? -1 : 1;
            var start = walk.IndexOf(row);
            for (var i = start; i >= 0 && i < walk.Segments.Count && rows.Count < count; i += step)
            {
                var segment = walk.Segments[i];
                var from = i == start ? segment.From(asked.Leads, row, before) : asked.Leads;
                rows.AddRange(await asked.RowsAsync(segment.Ordered(from, before).Take(count - rows.Count)));
            }

            if (before)
            {
                rows.Reverse();
            }

            return rows;
        }, ct);

    /// <summary>Those of the leads that match, as they are now. Screens that ask for the same ones in the same wave share the answer.</summary>
    public Task<IReadOnlyList<LeadRow>> FindAsync(LeadFilter filter, IEnumerable<LeadId> leads, Actor actor, bool more = false)
    {
        var ids = leads.Distinct().Order().ToList();
        return ids.Count == 0
            ? Task.FromResult<IReadOnlyList<LeadRow>>([])
            : shared.AskAsync(("rows", filter, string.Join(',', ids), more, Scope.Of(actor)), _ => FindAsync(filter, ids, actor, more));
    }

    public Task<LeadTallies> CountAsync(LeadFilter filter, Actor actor) => shared.AskAsync(("counts", filter, Scope.Of(actor)), _ => Task.Run(async () =>
    {
        await using var db = await databases.CreateDbContextAsync();
        var desk = await directory.GetAsync();
        return new LeadTallies(
            await TallyAsync(db, filter, actor, desk),
            await TallyAsync(db, filter with { View = LeadView.FollowUps, Search = null }, actor, desk),
            await TallyAsync(db, filter with { View = LeadView.Fresh, Search = null }, actor, desk),
            await TallyAsync(db, filter with { View = LeadView.GoingStale, Search = null }, actor, desk));
    }));

    private static async Task<LeadTally> FromCountersAsync(IQueryable<LeadCount> counters) => new((int)await counters.SumAsync(c => c.Leads), false);

    /// <summary>Counters know owners, pools and stages; null where the filter asks for more.</summary>
    private static IQueryable<LeadCount>? Counters(LeadDeskDb db, LeadFilter filter, Actor actor, Desk desk)
    {
        if (filter is not { View: LeadView.All, SourceId: null, TagId: null, Search: null } || (!actor.MaySeeAllLeads && actor.LeadsTeams.Count > 0))
        {
            return null;
        }

        var counters = db.LeadCounts.AsNoTracking();
        if (!actor.MaySeeAllLeads)
        {
            var me = actor.Id?.Value ?? long.MinValue;
            counters = counters.Where(c => c.OwnerKey == me);
        }

        counters = filter.Status switch
        {
            LeadStatus.Assigned => counters.Where(c => c.OwnerKey > 0),
            LeadStatus.Unassigned => counters.Where(c => c.OwnerKey == LeadCount.Unassigned),
            LeadStatus.Retired => counters.Where(c => c.OwnerKey == LeadCount.Retired),
            _ => counters,
        };
        if (filter.OwnerId is { } owner)
        {
            counters = counters.Where(c => c.OwnerKey == owner.Value);
        }

        if (filter.TeamId is { } team)
        {
            var members = desk.Employees.Where(e => e.TeamId == team).Select(e => e.Id.Value).ToList();
            counters = counters.Where(c => members.Contains(c.OwnerKey));
        }

        if (filter.PoolId is { } pool)
        {
            counters = counters.Where(c => c.PoolKey == pool.Value);
        }

        if (filter.StageId is { } stage)
        {
            counters = counters.Where(c => c.StageId == stage);
        }

        if (filter.OpenOnly)
        {
            var open = desk.Stages.Where(s => s.Kind is Domain.Pipeline.StageKind.Open).Select(s => s.Id).ToList();
            counters = counters.Where(c => open.Contains(c.StageId));
        }

        return counters;
    }

    private static IQueryable<Lead> NewestFirst(IQueryable<Lead> leads) => leads.OrderByDescending(l => l.CreatedAt).ThenByDescending(l => l.Id);

    private async Task<LeadTally> TallyAsync(LeadDeskDb db, LeadFilter filter, Actor actor, Desk desk)
    {
        if (Counters(db, filter, actor, desk) is { } counters)
        {
            return await FromCountersAsync(counters);
        }

        var limit = filter.Search is null ? CountLimit : SearchLimit;
        if (actor.MaySeeAllLeads && filter.TagId is { } tag && filter == new LeadFilter { TagId = tag })
        {
            var wearing = await db.LeadTags.Where(t => t.TagId == tag).Take(limit + 1).CountAsync();
            return new(Math.Min(wearing, limit), wearing > limit);
        }

        var matching = await filter.MatchAsync(db, actor, desk, clock.GetUtcNow());
        // In an order that an index has, so that the index is read and the leads are not.
        matching = filter switch
        {
            { Search: not null } => NewestFirst(matching),
            { View: LeadView.FollowUps } => matching.OrderBy(l => l.FollowUpOn),
            { View: LeadView.Fresh or LeadView.GoingStale } => matching.OrderBy(l => l.ClockStart),
            _ => matching,
        };
        var count = await matching.Take(limit + 1).CountAsync();
        return new(Math.Min(count, limit), count > limit);
    }

    private Task<IReadOnlyList<LeadRow>> FindAsync(LeadFilter filter, List<LeadId> ids, Actor actor, bool more) => Task.Run(async () =>
    {
        if (filter.Search is not null)
        {
            // Few of those that changed match at all; only for them it matters who else does.
            await using var db = await databases.CreateDbContextAsync();
            ids = await filter.Apply(db.Leads.Where(l => ids.Contains(l.Id)), actor, await directory.GetAsync(), clock.GetUtcNow()).Select(l => l.Id).ToListAsync();
        }

        return ids.Count == 0 ? [] : await ReadAsync(filter, actor, more, false, asked => asked.RowsAsync(asked.Leads.Where(l => ids.Contains(l.Id))), default);
    });

    /// <param name="isNewest">What is read ends by itself where the newest so many end.</param>
    private Task<IReadOnlyList<LeadRow>> ReadAsync(LeadFilter filter, Actor actor, bool more, bool isNewest, Func<Asked, Task<List<LeadRow>>> read, CancellationToken ct) => Task.Run<IReadOnlyList<LeadRow>>(async () =>
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var (desk, now) = (await directory.GetAsync(ct), clock.GetUtcNow());
        var leads = await filter.MatchAsync(db, actor, desk, now, ct);
        if (filter.Search is not null && !isNewest)
        {
            var newest = await NewestFirst(leads).Take(SearchLimit).Select(l => l.Id).ToListAsync(ct);
            leads = db.Leads.AsNoTracking().Where(l => newest.Contains(l.Id));
        }

        return await read(new(db, leads, desk, now, more, ct));
    }, ct);

    /// <summary>What an answer depends on besides the question: whose leads the actor may see.</summary>
    private sealed record Scope(bool All, EmployeeId? Me, string Teams)
    {
        public static Scope Of(Actor actor) => actor.MaySeeAllLeads ? new(true, null, "") : new(false, actor.Id, string.Join(',', actor.LeadsTeams));
    }

    private sealed record Asked(LeadDeskDb Db, IQueryable<Lead> Leads, Desk Desk, DateTimeOffset Now, bool More, CancellationToken Ct)
    {
        public async Task<List<LeadRow>> RowsAsync(IQueryable<Lead> leads)
        {
            var found = await leads.Select(l => new
            {
                l.Id,
                Name = l.Name ?? l.Company ?? l.Email ?? l.Phone ?? l.ExternalId,
                Company = l.Name == null ? null : l.Company,
                l.SortName,
                l.StageId,
                l.ClockStart,
                l.LastActivityAt,
                l.LastActivityKind,
                l.FollowUpOn,
                l.FollowUpAt,
                l.OwnerId,
                l.PoolId,
                l.SourceId,
                l.ValueMinor,
                l.CreatedAt,
                l.IsFresh,
                l.TimesRetired,
                l.RetiredAt,
                l.RetiredFromId,
                l.DoNotCall,
                l.CallTagId,
                Country = More ? l.Country : null,
                City = More ? l.City : null,
                Email = More ? l.Email : null,
                Phone = More ? l.Phone : null,
                ExternalId = More ? l.ExternalId : null,
            }).ToListAsync(Ct);
            var ids = found.Select(l => l.Id).ToList();
            var tags = ids.Count == 0 ? [] : await Db.LeadTags.Where(t => ids.Contains(t.LeadId)).Select(t => new { t.LeadId, t.TagId }).ToListAsync(Ct);
            var waiting = await WaitingTag.OfAsync(Db, Desk, ids, Ct);
            var byLead = tags.ToLookup(t => t.LeadId, t => Desk.Tag(t.TagId)?.Name);
            return [.. found.Select(l => new LeadRow
            {
                Id = l.Id,
                Name = l.Name ?? $"Lead {l.Id}",
                Company = l.Company,
                SortName = l.SortName,
                StageId = l.StageId,
                Stage = Desk.Stage(l.StageId)?.Name ?? "",
                StageKind = Desk.Stage(l.StageId)?.Kind ?? default,
                ClockStart = l.ClockStart,
                Clock = Desk.Clock(l.ClockStart, l.StageId, Now) is { } c ? new Countdown(c.Start, c.OldFrom, c.StaleFrom, c.RetiresAt) : null,
                LastActivityAt = l.LastActivityAt,
                LastActivityKind = l.LastActivityKind,
                FollowUpOn = l.FollowUpOn,
                FollowUpAt = l.FollowUpAt,
                Today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, TimeZoneInfo.FindSystemTimeZoneById(Desk.Employee(l.OwnerId)?.TimeZone ?? "UTC")).DateTime),
                OwnerId = l.OwnerId,
                Owner = Desk.Employee(l.OwnerId)?.Name,
                PoolId = l.PoolId,
                Pool = Desk.Pool(l.PoolId)?.Name,
                Source = Desk.Source(l.SourceId)?.Name ?? "",
                Tags = byLead.Contains(l.Id) ? string.Join('\n', byLead[l.Id].Order(StringComparer.CurrentCultureIgnoreCase)) : null,
                Waiting = waiting.Contains(l.Id) ? string.Join('\n', waiting[l.Id].Select(w => w.Words)) : null,
                ValueMinor = l.ValueMinor,
                CreatedAt = l.CreatedAt,
                IsFresh = l.IsFresh,
                IsSecondChance = l.IsFresh && l.TimesRetired > 0,
                RetiredAt = l.RetiredAt,
                RetiredFrom = Desk.Employee(l.RetiredFromId)?.Name,
                DoNotCall = l.DoNotCall,
                More = More ? new(l.Country, l.City, l.Email, l.Phone, Desk.CallTag(l.CallTagId)?.Name, l.ExternalId) : null,
            })];
        }
    }
}
