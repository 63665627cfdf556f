using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Shell;

/// <summary>What waits for a person, by the key of the navigation's entry. Counts work to do, never totals.</summary>
public sealed class NavCounters(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, RetiredCountQuery retired, TimeProvider clock)
{
    private const int Enough = 10_000;

    /// <summary>What has to happen for the counters to change.</summary>
    public static IReadOnlyList<Topic> Topics(Actor actor) =>
    [
        Topic.Desk,
        .. actor.IsManager ? [Topic.Retired, Topic.AllLeads, Topic.Requests, Topic.Batches] : actor.LeadsTeams.SelectMany(t => new[] { Topic.RetiredFromTeam(t), Topic.Team(t) }),
        .. actor is { IsAgent: true, Id: { } me } ? new[] { Topic.Owner(me) } : [],
    ];

    /// <param name="wave">What has changed since <paramref name="before"/> was counted: what is the person's alone is counted again only where it may be another now.</param>
    public async Task<IReadOnlyDictionary<string, int>> ForAsync(Actor actor, Wave? wave = null, IReadOnlyDictionary<string, int>? before = null)
    {
        var counters = new Dictionary<string, int>();
        if (actor is { IsAgent: true, Id: { } me })
        {
            counters["leads"] = before is not null && wave is not null && !Concerns(wave, me) && before.TryGetValue("leads", out var known) ? known : await FollowUpsDueAsync(actor, me);
        }

        counters["stale"] = await shared.AskAsync(new StaleQuestion(actor.IsManager ? null : actor.Id), _ => GoingStaleAsync(actor));
        if (actor.MaySeeRetired)
        {
            counters["retired"] = await retired.CountAsync(actor);
        }

        if (actor.IsManager)
        {
            counters["approvals"] = await shared.AskAsync("waiting requests", _ => WaitingRequestsAsync());
            counters["import"] = await shared.AskAsync("running imports", _ => PerCentImportedAsync());
        }

        return counters;
    }

    private static bool Concerns(Wave wave, EmployeeId me) =>
        wave.IsMany || wave.Leads.Count == 0 || wave.Leads.Any(c => c.After.OwnerId == me || c.Before?.OwnerId == me);

    private async Task<int> FollowUpsDueAsync(Actor actor, EmployeeId me)
    {
        var desk = await directory.GetAsync();
        await using var db = await databases.CreateDbContextAsync();
        var filter = new LeadFilter { View = LeadView.FollowUps, OwnerId = me };
        return await filter.Apply(db.Leads, actor, desk, clock.GetUtcNow()).Take(Enough).CountAsync();
    }

    private async Task<int> GoingStaleAsync(Actor actor)
    {
        var desk = await directory.GetAsync();
        await using var db = await databases.CreateDbContextAsync();
        return await new LeadFilter { View = LeadView.GoingStale }.Apply(db.Leads, actor, desk, clock.GetUtcNow()).Take(Enough).CountAsync();
    }

    private async Task<int> WaitingRequestsAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        return await db.Requests.Where(r => r.State == RequestState.Waiting).OrderBy(r => r.Id).Take(Enough).CountAsync();
    }

    /// <summary>Of everything that is being imported now; 0 where nothing is.</summary>
    private async Task<int> PerCentImportedAsync()
    {
        await using var db = await databases.CreateDbContextAsync();
        var running = await db.Batches.Where(b => b.Kind == BatchKind.Import && (b.State == BatchState.Waiting || b.State == BatchState.Running))
            .Select(b => new { b.Total, Gone = b.Done + b.Unchanged + b.Refused }).ToListAsync();
        return running.Count == 0 ? 0 : (int)Math.Clamp(running.Sum(r => r.Gone * 100L) / Math.Max(1, running.Sum(r => (long)r.Total)), 1, 99);
    }

    /// <param name="Asker">None for managers, who share one answer.</param>
    private sealed record StaleQuestion(EmployeeId? Asker);
}
