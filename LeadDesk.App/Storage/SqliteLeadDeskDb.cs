using LeadDesk.Domain.Leads;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>The embedded default.</summary>
public sealed class SqliteLeadDeskDb(DbContextOptions<SqliteLeadDeskDb> options) : LeadDeskDb(options)
{
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

    internal override Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        if (rows.Count > 0)
        {
            using var insert = new SqliteRows((SqliteConnection)Database.GetDbConnection(), InsertPlan.For(this, typeof(T)));
            foreach (var row in rows)
            {
                insert.Insert(row);
            }
        }

        return Task.CompletedTask;
    }

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
