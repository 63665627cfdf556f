using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>One lead inside its warning window, or due.</summary>
public sealed record StaleRow(
    LeadId Id, string? Name, string? Company, string? Email, string? Phone, string? ExternalId, EmployeeId OwnerId, StageId StageId, PoolId? PoolId, long? ValueMinor,
    DateTimeOffset ClockStart, DateTimeOffset? LastActivityAt, LeadEventKind? LastActivityKind, DateTimeOffset? NudgedAt, EmployeeId? NudgedById, long Version)
{
    public string Title => Name ?? Company ?? Email ?? Phone ?? ExternalId ?? $"Lead {Id}";

    /// <summary>The company where it is not the title already.</summary>
    public string? Beside => Name is null ? null : Company;
}

/// <param name="Total">Exact up to 10,000.</param>
/// <param name="ByOwner">How many of each agent, whether shown or not.</param>
public sealed record StaleList(IReadOnlyList<StaleRow> Rows, int Total, IReadOnlyDictionary<EmployeeId, int> ByOwner);

/// <summary>How many leads of one agent would retire on one day of the reader.</summary>
public sealed record StaleDay(DateOnly Day, EmployeeId OwnerId, int Leads);

/// <summary>What became of a lead that was on the list.</summary>
public sealed record StaleEnd(LeadId Id, LeadEventKind Kind, EmployeeId? ById, DateTimeOffset At, EmployeeId? OwnerId, DateTimeOffset? ClockStart, StageId StageId);

/// <summary>Reads the leads going stale, soonest first, within the person's scope.</summary>
public sealed class StaleQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    public const int Days = 7;

    private const int Enough = 10_000;

    public async Task<StaleList> ListAsync(StaleFilter filter, Actor actor, int rows)
    {
        var desk = await directory.GetAsync();
        await using var db = await databases.CreateDbContextAsync();
        var stale = Scope(filter).Apply(db.Leads.AsNoTracking(), actor, desk, clock.GetUtcNow());
        var page = await stale.OrderBy(l => l.ClockStart).ThenBy(l => l.Id).Take(rows).Select(l => new StaleRow(
            l.Id, l.Name, l.Company, l.Email, l.Phone, l.ExternalId, l.OwnerId!.Value, l.StageId, l.PoolId, l.ValueMinor,
            l.ClockStart!.Value, l.LastActivityAt, l.LastActivityKind, l.NudgedAt, l.NudgedById, l.Version)).ToListAsync();
        var owners = page.Count < rows
            ? page.GroupBy(r => r.OwnerId).ToDictionary(g => g.Key, g => g.Count())
            : await stale.GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).Take(Enough).ToDictionaryAsync(g => g.Key, g => g.Count);
        return new(page, owners.Values.Sum(), owners);
    }

    /// <summary>The next seven days in the reader's zone: per day and agent, what retires if nobody does anything. What is due already counts for today.</summary>
    public async Task<IReadOnlyList<StaleDay>> DaysAsync(StaleFilter filter, Actor actor)
    {
        var (desk, now) = (await directory.GetAsync(), clock.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        var days = new List<StaleDay>();
        DateTimeOffset? from = null;
        for (var day = today; day < today.AddDays(Days); day = day.AddDays(1))
        {
            if (desk.Policy.RetiresBefore(StartOf(day.AddDays(1), zone), now) is not { } before)
            {
                continue;
            }

            var question = new DayQuestion(filter, actor.MaySeeAllLeads ? null : actor.Id, from, before);
            var counts = await shared.AskAsync(question, q => CountAsync(q, actor, desk, now));
            days.AddRange(counts.Select(c => new StaleDay(day, c.Owner, c.Count)));
            from = before;
        }

        return days;
    }

    /// <summary>When the next lead turns if nobody does anything; none where no clock runs.</summary>
    public async Task<DateTimeOffset?> NextAsync(StaleFilter filter, Actor actor)
    {
        var (desk, now) = (await directory.GetAsync(), clock.GetUtcNow());
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        if (retiring.Count == 0 || desk.Policy.StaleCutoffAt(now) is not { } cutoff)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync();
        var first = await (Scope(filter) with { View = LeadView.All, Status = LeadStatus.Assigned }).Apply(db.Leads.AsNoTracking(), actor, desk, now)
            .Where(l => retiring.Contains(l.StageId) && l.ClockStart > cutoff).OrderBy(l => l.ClockStart).Select(l => l.ClockStart).FirstOrDefaultAsync();
        return desk.Clock(first, retiring[0], now)?.StaleFrom;
    }

    /// <summary>How many leads were worked inside their window, and how many retired, since the reader's midnight; in their scope, up to 10,000 events.</summary>
    public async Task<(int Saved, int Retired)> TodayAsync(StaleFilter filter, Actor actor)
    {
        var (desk, now) = (await directory.GetAsync(), clock.GetUtcNow());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone);
        var midnight = StartOf(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime), zone);
        var earliest = midnight - TimeSpan.FromDays(1);
        await using var db = await databases.CreateDbContextAsync();
        var mine = new LeadFilter { OwnerId = filter.OwnerId, TeamId = filter.TeamId, Status = LeadStatus.Assigned }.Apply(db.Leads.AsNoTracking(), actor, desk, now);
        var saved = await mine.Where(l => l.LastActivityAt >= midnight)
            .Where(l => db.LeadEvents.Any(w => w.LeadId == l.Id && w.Kind == LeadEventKind.Warned && w.At < l.LastActivityAt && w.At >= earliest))
            .Take(Enough).CountAsync();
        var retired = db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.RetiredAt >= midnight);
        retired = filter.OwnerId is { } owner ? retired.Where(l => l.RetiredFromId == owner) : filter.TeamId is { } team ? retired.Where(l => l.RetiredFromTeamId == team) : retired;
        return (saved, await retired.Take(Enough).CountAsync());
    }

    /// <summary>The last thing that happened to leads that left the list.</summary>
    public async Task<IReadOnlyList<StaleEnd>> EndsAsync(IReadOnlyCollection<LeadId> leads, Actor actor)
    {
        await using var db = await databases.CreateDbContextAsync();
        var ids = leads.ToList();
        return await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => ids.Contains(l.Id))
            .Select(l => new { l.Id, l.OwnerId, l.ClockStart, l.StageId, Last = db.LeadEvents.Where(e => e.LeadId == l.Id).OrderByDescending(e => e.Id).First() })
            .Select(l => new StaleEnd(l.Id, l.Last.Kind, l.Last.ActorId, l.Last.At, l.OwnerId, l.ClockStart, l.StageId)).ToListAsync();
    }

    private static LeadFilter Scope(StaleFilter filter) => new() { View = LeadView.GoingStale, OwnerId = filter.OwnerId, TeamId = filter.TeamId };

    private async Task<IReadOnlyList<(EmployeeId Owner, int Count)>> CountAsync(DayQuestion question, Actor actor, Desk desk, DateTimeOffset now)
    {
        await using var db = await databases.CreateDbContextAsync();
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        var leads = new LeadFilter { Status = LeadStatus.Assigned, OwnerId = question.Filter.OwnerId, TeamId = question.Filter.TeamId }
            .Apply(db.Leads.AsNoTracking(), actor, desk, now).Where(l => retiring.Contains(l.StageId) && l.ClockStart < question.Before);
        if (question.From is { } from)
        {
            leads = leads.Where(l => l.ClockStart >= from);
        }

        var counts = await leads.GroupBy(l => l.OwnerId!.Value).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        return [.. counts.Select(c => (c.Key, c.Count))];
    }

    private static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }

    /// <param name="Asker">None for whoever sees all leads: they share one answer.</param>
    private sealed record DayQuestion(StaleFilter Filter, EmployeeId? Asker, DateTimeOffset? From, DateTimeOffset Before);
}
