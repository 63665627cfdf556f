using LeadDesk.Domain.Leads;
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
