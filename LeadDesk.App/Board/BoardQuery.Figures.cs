using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Board;

public sealed partial class BoardQuery
{
    /// <summary>Exact from the counters where owner, team and pool are all that is asked; otherwise counted, up to <see cref="CountedUpTo"/>.</summary>
    public async Task<ColumnFigures> FiguresAsync(BoardFilter filter, Stage stage, Actor actor, bool isNews = false)
    {
        var scope = BoardScope.Of(filter, actor);
        var clocks = AskAsync(isNews, new ClocksQuestion(scope, stage.Id, clock.GetUtcNow().Ticks / TimeSpan.TicksPerSecond), _ => ClocksAsync(scope, stage, actor));
        if (!IsRecentOnly(stage) && scope.CountedOwners(actor, await directory.GetAsync()) is { } owners)
        {
            var counters = await AskAsync(isNews, new CountersQuestion(owners.Key, scope.Filter.PoolId), _ => CountersAsync(owners.Ids, scope.Filter.PoolId));
            var (leads, value) = counters.GetValueOrDefault(stage.Id);
            return new(leads, false, value == 0 ? null : value, (await clocks).Due, (await clocks).Stale);
        }

        var (counted, sum) = await AskAsync(isNews, new CountQuestion(scope, stage.Id, IsRecentOnly(stage), Second(scope)), _ => CountAsync(scope, stage, actor));
        var isCapped = counted > CountedUpTo;
        return new(Math.Min(counted, CountedUpTo), isCapped, isCapped || sum == 0 ? null : sum, (await clocks).Due, (await clocks).Stale);
    }

    /// <summary>Of those whose clock runs: how many are due, and how many going stale besides.</summary>
    private async Task<(int Due, int Stale)> ClocksAsync(BoardScope scope, Stage stage, Actor actor)
    {
        var desk = await directory.GetAsync();
        var now = clock.GetUtcNow();
        if (!stage.Retires || desk.Policy.StaleCutoffAt(now) is not { } stale)
        {
            return (0, 0);
        }

        var due = desk.Policy.CutoffAt(now);
        await using var db = await databases.CreateDbContextAsync();
        var counted = await Leads(db, scope, stage, actor, desk).Where(l => l.ClockStart <= stale).OrderBy(l => l.ClockStart).Take(CountedUpTo)
            .GroupBy(_ => 1).Select(g => new { All = g.Count(), Due = g.Count(l => l.ClockStart <= due) }).SingleOrDefaultAsync();
        return counted is null ? (0, 0) : (counted.Due, counted.All - counted.Due);
    }

    private async Task<(int Leads, long Value)> CountAsync(BoardScope scope, Stage stage, Actor actor)
    {
        var desk = await directory.GetAsync();
        await using var db = await databases.CreateDbContextAsync();
        var leads = Leads(db, scope, stage, actor, desk);
        leads = IsRecentOnly(stage) ? leads.OrderBy(l => l.StageSince) : leads.OrderBy(l => l.ClockStart);
        var counted = await leads.Take(CountedUpTo + 1)
            .GroupBy(_ => 1).Select(g => new { Leads = g.Count(), Value = g.Sum(l => l.ValueMinor) }).SingleOrDefaultAsync();
        return (counted?.Leads ?? 0, counted?.Value ?? 0);
    }

    private async Task<Dictionary<StageId, (long Leads, long Value)>> CountersAsync(IReadOnlyList<long>? owners, PoolId? pool)
    {
        await using var db = await databases.CreateDbContextAsync();
        var counts = owners is null ? db.LeadCounts.Where(c => c.OwnerKey > LeadCount.Unassigned) : db.LeadCounts.Where(c => owners.Contains(c.OwnerKey));
        if (pool is { } only)
        {
            counts = counts.Where(c => c.PoolKey == only.Value);
        }

        return await counts.GroupBy(c => c.StageId).Select(g => new { g.Key, Leads = g.Sum(c => c.Leads), Value = g.Sum(c => c.ValueMinor) })
            .ToDictionaryAsync(g => g.Key, g => (g.Leads, g.Value));
    }

    private sealed record ClocksQuestion(BoardScope Scope, StageId StageId, long Second);

    private sealed record CountQuestion(BoardScope Scope, StageId StageId, bool IsRecentOnly, long? Second);

    private sealed record CountersQuestion(string Owners, PoolId? PoolId);
}
