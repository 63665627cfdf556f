using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;

namespace LeadDesk.App.Storage;

/// <summary>The embedded default.</summary>
public sealed class SqliteLeadDeskDb(DbContextOptions<SqliteLeadDeskDb> options) : LeadDeskDb(options)
{
    private const long AtOnce = 500;
    private const int FewOfOwn = 2_000;

    internal override IReadOnlyList<string> SearchRefill => SearchTables.RefillSqlite;

    public override int SaveChanges(bool acceptAllChangesOnSuccess)
    {
        AlwaysInTransaction();
        return base.SaveChanges(acceptAllChangesOnSuccess);
    }

    public override Task<int> SaveChangesAsync(bool acceptAllChangesOnSuccess, CancellationToken cancellationToken = default)
    {
        AlwaysInTransaction();
        return base.SaveChangesAsync(acceptAllChangesOnSuccess, cancellationToken);
    }

    /// <summary>
    /// A few thousand hits are looked up and sorted; what more leads hold comes up soon enough where the leads are read in their order, and one person's
    /// own are soon read. Between the two both cost the same at the root of the number of leads.
    /// </summary>
    internal override async Task<IQueryable<Lead>> MatchAsync(IQueryable<Lead> leads, SearchTerm term, bool isWide, CancellationToken ct)
    {
        var trigrams = term.Trigrams();
        var few = isWide ? (int)Math.Sqrt(AtOnce * (await Leads.MaxAsync(l => (LeadId?)l.Id, ct))?.Value ?? 0) : FewOfOwn;
        leads = term.In(leads);
        var named = await Set<SearchHit>().FromSql($"""SELECT rowid AS "LeadId" FROM "LeadSearch"({trigrams}) LIMIT {few + 1}""").CountAsync(ct);
        if (named > few && (!isWide || await HoldsAsync(term, trigrams, ct)))
        {
            return leads;
        }

        var hits = Set<SearchHit>().FromSql($"""SELECT rowid AS "LeadId" FROM "LeadSearch"({trigrams})""").Select(h => h.LeadId);
        return leads.Where(l => hits.Contains(l.Id));
    }

    /// <summary>Whether leads hold the term itself and not its parts alone; asked of the newest that the index names.</summary>
    private async Task<bool> HoldsAsync(SearchTerm term, string trigrams, CancellationToken ct)
    {
        var newest = Set<SearchHit>().FromSql($"""SELECT rowid AS "LeadId" FROM "LeadSearch"({trigrams}) ORDER BY rowid DESC LIMIT {AtOnce}""").Select(h => h.LeadId);
        return await term.In(Leads.Where(l => newest.Contains(l.Id))).CountAsync(ct) > AtOnce / 5;
    }

    /// <summary>By prepared statements: a command of its own for each row costs several times the write.</summary>
    internal override async Task SaveLeadsAsync(IReadOnlyList<EntityEntry<Lead>> tracked, IReadOnlyList<ChangedLead> held, CancellationToken ct)
    {
        var plan = RowPlan.For(this, typeof(Lead));
        List<ChangedLead> changed = [.. held, .. tracked.Select(e => new ChangedLead(e.Entity, e.Property(l => l.Version).OriginalValue, plan.ChangedOf(e)))];
        foreach (var (entry, lead) in tracked.Zip(changed.Skip(held.Count)))
        {
            Settle(entry, lead.Columns);
        }

        await SaveChangesAsync(ct);
        var connection = (SqliteConnection)Database.GetDbConnection();
        foreach (var (columns, leads) in ChangedLead.Alike(changed))
        {
            using var update = SqliteRows.Updating(connection, plan.Table, columns);
            if (leads.Find(l => !update.Update(l.Lead, l.Lead.Id.Value, l.Version)) is { } overtaken)
            {
                throw Overtaken(overtaken);
            }
        }

        await InsertAsync([.. changed.SelectMany(c => c.Lead.NewEvents)], ct);
    }

    /// <summary>As if it had been saved: a state set back by itself takes the values back too.</summary>
    private static void Settle(EntityEntry entry, IReadOnlyList<RowColumn> changed)
    {
        foreach (var property in changed.Select(c => entry.Property(c.Property!)))
        {
            property.OriginalValue = property.CurrentValue;
        }

        entry.State = EntityState.Unchanged;
    }

    internal override Task InsertAsync(RowPlan plan, IEnumerable<object> rows, CancellationToken ct)
    {
        using var insert = SqliteRows.Inserting((SqliteConnection)Database.GetDbConnection(), plan);
        foreach (var row in rows)
        {
            insert.Insert(row);
        }

        return Task.CompletedTask;
    }

    /// <summary>
    /// With a rollback journal new pages go into the file at once and a killed fill is taken back at the next start; the WAL would have to hold all of it.
    /// </summary>
    internal override Task BeforeFillAsync(CancellationToken ct) => JournalAsync("DELETE", ct);

    internal override async Task<IReadOnlyList<string>> StripAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        await RunPlainAsync("PRAGMA cache_size=-400000", ct);
        var found = await ReadPlainAsync(
            $"SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL AND tbl_name IN ({SqlList(tables)}) ORDER BY type, rowid", ct);
        foreach (var thing in found)
        {
            await RunPlainAsync($"DROP {thing[0]} \"{thing[1]}\"", ct);
        }

        return [.. found.Select(f => f[2])];
    }

    internal override Task AfterFillAsync(CancellationToken ct) => JournalAsync("WAL", ct);

    private async Task JournalAsync(string mode, CancellationToken ct)
    {
        SqliteConnection.ClearAllPools();
        await Database.OpenConnectionAsync(ct);
        await RunPlainAsync($"PRAGMA journal_mode={mode}", ct);
        await Database.CloseConnectionAsync();
        SqliteConnection.ClearAllPools();
    }

    private static string SqlList(IEnumerable<string> names) => string.Join(", ", names.Select(n => $"'{n}'"));

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // A history row's number is never given twice, also not after the highest one was deleted.
        builder.Entity<LeadEvent>().Property(e => e.Id).UseAutoincrement();
        builder.Entity<DeskEvent>().Property(e => e.Id).UseAutoincrement();
    }

    /// <summary>The writer gate stands in the transaction interceptor: a save without a transaction would pass it by.</summary>
    private void AlwaysInTransaction() => Database.AutoTransactionBehavior = AutoTransactionBehavior.Always;
}
