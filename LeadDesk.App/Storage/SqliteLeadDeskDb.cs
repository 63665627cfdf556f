using LeadDesk.Domain.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;

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

    internal override async Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var plan = InsertPlan.For(this, typeof(T));
        await using var command = Database.GetDbConnection().CreateCommand();
        command.Transaction = Database.CurrentTransaction!.GetDbTransaction();
        command.CommandText = $"""
            INSERT INTO "{plan.Table}" ({string.Join(", ", plan.Columns.Select(c => $"\"{c.Name}\""))})
            VALUES ({string.Join(", ", plan.Columns.Select((_, i) => $"$p{i}"))})
            """;
        var parameters = plan.Columns.Select((c, i) => c.Mapping.CreateParameter(command, $"$p{i}", null, nullable: true)).ToArray();
        command.Parameters.AddRange(parameters);
        await command.PrepareAsync(ct);
        foreach (var row in rows)
        {
            for (var i = 0; i < parameters.Length; i++)
            {
                parameters[i].Value = plan.Columns[i].ValueOf(row) ?? DBNull.Value;
            }

            await command.ExecuteNonQueryAsync(ct);
        }
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
