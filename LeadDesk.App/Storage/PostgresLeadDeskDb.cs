using LeadDesk.Domain.Leads;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LeadDesk.App.Storage;

/// <summary>For desks that outgrew one process.</summary>
public sealed class PostgresLeadDeskDb(DbContextOptions<PostgresLeadDeskDb> options) : LeadDeskDb(options)
{
    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Folded already, and in the same order as on SQLite.
        builder.Entity<Lead>().Property(l => l.SortName).UseCollation("C");
    }

    internal override async Task InsertAsync<T>(IReadOnlyCollection<T> rows, CancellationToken ct)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var plan = InsertPlan.For(this, typeof(T));
        var connection = (NpgsqlConnection)Database.GetDbConnection();
        var columns = string.Join(", ", plan.Columns.Select(c => $"\"{c.Name}\""));
        await using var import = await connection.BeginBinaryImportAsync($"COPY \"{plan.Table}\" ({columns}) FROM STDIN (FORMAT BINARY)", ct);
        foreach (var row in rows)
        {
            await import.StartRowAsync(ct);
            foreach (var column in plan.Columns)
            {
                if (column.ValueOf(row) is { } value)
                {
                    await import.WriteAsync(value, column.Mapping.StoreType, ct);
                }
                else
                {
                    await import.WriteNullAsync(ct);
                }
            }
        }

        await import.CompleteAsync(ct);
    }
}
