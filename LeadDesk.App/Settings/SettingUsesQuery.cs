using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>How many leads have each source, pool, stage or tag. For managers.</summary>
public sealed class SettingUsesQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    /// <summary>Sources and tags have no counters; they are counted up to here.</summary>
    public const int Cap = 10_000;

    /// <summary>"1 lead", "312 leads", "10,000+ leads".</summary>
    public static string Words(long leads) => leads == 1 ? "1 lead" : $"{Figure(leads)} leads";

    public static string Figure(long leads) => leads > Cap ? $"{Cap.ToString("N0", CultureInfo.CurrentCulture)}+" : leads.ToString("N0", CultureInfo.CurrentCulture);

    public async Task<IReadOnlyDictionary<long, long>> OfStagesAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await OpenAsync(actor, ct);
        return await db.LeadCounts.GroupBy(c => c.StageId).Select(g => new { g.Key, Leads = g.Sum(c => c.Leads) }).ToDictionaryAsync(g => g.Key.Value, g => g.Leads, ct);
    }

    public async Task<IReadOnlyDictionary<long, long>> OfPoolsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await OpenAsync(actor, ct);
        return await db.LeadCounts.GroupBy(c => c.PoolKey).Select(g => new { g.Key, Leads = g.Sum(c => c.Leads) }).ToDictionaryAsync(g => g.Key, g => g.Leads, ct);
    }

    public async Task<IReadOnlyDictionary<long, long>> OfSourcesAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await OpenAsync(actor, ct);
        var uses = new Dictionary<long, long>();
        foreach (var id in (await directory.GetAsync(ct)).Sources.Select(s => s.Id))
        {
            uses[id.Value] = await db.Leads.Where(l => l.SourceId == id).OrderBy(l => l.Id).Take(Cap + 1).CountAsync(ct);
        }

        return uses;
    }

    public async Task<IReadOnlyDictionary<long, long>> OfTagsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await OpenAsync(actor, ct);
        var uses = new Dictionary<long, long>();
        foreach (var id in (await directory.GetAsync(ct)).Tags.Select(t => t.Id))
        {
            uses[id.Value] = await db.LeadTags.Where(t => t.TagId == id).OrderBy(t => t.LeadId).Take(Cap + 1).CountAsync(ct);
        }

        return uses;
    }

    private async Task<LeadDeskDb> OpenAsync(Actor actor, CancellationToken ct) =>
        actor.MaySetUpDesk ? await databases.CreateDbContextAsync(ct) : throw new UnauthorizedAccessException("Only managers see how the desk is set up.");
}
