using LeadDesk.Domain.Leads;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Npgsql;

namespace LeadDesk.App.Storage;

/// <summary>For desks that outgrew one process.</summary>
public sealed class PostgresLeadDeskDb(DbContextOptions<PostgresLeadDeskDb> options) : LeadDeskDb(options)
{
    private const long SearchLock = 4_738_201;
    private const int Few = 20;

    internal override IReadOnlyList<string> SearchRefill => SearchTables.RefillPostgres;

    protected override void OnModelCreating(ModelBuilder builder)
    {
        base.OnModelCreating(builder);
        // Folded already, and in the same order as on SQLite.
        builder.Entity<Lead>().Property(l => l.SortName).UseCollation("C");
    }

    /// <summary>The planner knows how frequent a term is and takes the index or reads the leads in their order.</summary>
    internal override Task<IQueryable<Lead>> MatchAsync(IQueryable<Lead> leads, SearchTerm term, bool isWide, CancellationToken ct)
    {
        var (first, last) = term.Patterns();
        var hits = (first == last
            ? Set<SearchHit>().FromSql($"""SELECT "LeadId" FROM "LeadSearch" WHERE "Text" LIKE {first}""")
            : Set<SearchHit>().FromSql($"""SELECT "LeadId" FROM "LeadSearch" WHERE "Text" LIKE {first} OR "Text" LIKE {last}""")).Select(h => h.LeadId);
        return Task.FromResult(leads.Where(l => hits.Contains(l.Id)));
    }

    internal override async Task<string?> PrepareSearchAsync(CancellationToken ct)
    {
        await using var transaction = await Database.BeginTransactionAsync(ct);
        await Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock({SearchLock})", ct);
        if (await Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM pg_indexes WHERE indexname = 'IX_LeadSearch_Text'""").SingleAsync(ct) > 0)
        {
            return null;
        }

        try
        {
            foreach (var sql in SearchTables.TrigramIndex)
            {
                await Database.ExecuteSqlRawAsync(sql, ct);
            }

            await transaction.CommitAsync(ct);
            return null;
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.InsufficientPrivilege or PostgresErrorCodes.FeatureNotSupported or PostgresErrorCodes.UndefinedFile or PostgresErrorCodes.UndefinedObject)
        {
            return e.MessageText;
        }
    }

    /// <summary>Tracked leads go as EF sends them; those past the tracker in one batch, and the history of many as a copy.</summary>
    internal override async Task SaveLeadsAsync(IReadOnlyList<EntityEntry<Lead>> tracked, IReadOnlyList<ChangedLead> held, CancellationToken ct)
    {
        var isFew = held.Count <= Few;
        LeadEvents.AddRange(tracked.Select(e => e.Entity).Concat(isFew ? held.Select(h => h.Lead) : []).SelectMany(l => l.NewEvents));
        await SaveChangesAsync(ct);
        if (held.Count > 0)
        {
            await UpdateAsync(held, ct);
        }

        if (!isFew)
        {
            await InsertAsync([.. held.SelectMany(h => h.Lead.NewEvents)], ct);
        }
    }

    private async Task UpdateAsync(IReadOnlyList<ChangedLead> changed, CancellationToken ct)
    {
        var table = RowPlan.For(this, typeof(Lead)).Table;
        await using var batch = new NpgsqlBatch((NpgsqlConnection)Database.GetDbConnection());
        foreach (var (columns, leads) in ChangedLead.Alike(changed))
        {
            var set = string.Join(", ", columns.Select((c, i) => $"\"{c.Name}\" = ${i + 1}"));
            var sql = $"UPDATE \"{table}\" SET {set} WHERE \"Id\" = ${columns.Count + 1} AND \"Version\" = ${columns.Count + 2}";
            foreach (var lead in leads)
            {
                var command = new NpgsqlBatchCommand(sql);
                foreach (var column in columns)
                {
                    command.Parameters.Add(new() { Value = column.ValueOf(lead.Lead) ?? DBNull.Value, DataTypeName = column.Mapping.StoreType });
                }

                command.Parameters.Add(new() { Value = lead.Lead.Id.Value });
                command.Parameters.Add(new() { Value = lead.Version });
                batch.BatchCommands.Add(command);
            }
        }

        if (await batch.ExecuteNonQueryAsync(ct) != changed.Count)
        {
            throw new DbUpdateConcurrencyException($"Of {changed.Count} leads some were changed meanwhile.");
        }
    }

    internal override async Task InsertAsync(RowPlan plan, IEnumerable<object> rows, CancellationToken ct)
    {
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

    internal override Task BeforeFillAsync(CancellationToken ct) => Task.CompletedTask;

    internal override async Task<IReadOnlyList<string>> StripAsync(IReadOnlyList<string> tables, CancellationToken ct)
    {
        var list = string.Join(", ", tables.Select(t => $"'\"{t}\"'::regclass"));
        var keys = await ReadPlainAsync($"""
            SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' AND conrelid IN ({list}) ORDER BY conname
            """, ct);
        var indexes = await ReadPlainAsync($"""
            SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index WHERE NOT indisprimary AND indrelid IN ({list}) ORDER BY indexrelid
            """, ct);
        foreach (var key in keys)
        {
            await RunPlainAsync($"ALTER TABLE {key[0]} DROP CONSTRAINT {key[1]}", ct);
        }

        foreach (var index in indexes)
        {
            await RunPlainAsync($"DROP INDEX {index[0]}", ct);
        }

        foreach (var table in tables)
        {
            await RunPlainAsync($"ALTER TABLE \"{table}\" DISABLE TRIGGER USER", ct);
        }

        return
        [
            "SET LOCAL maintenance_work_mem = '256MB'",
            .. indexes.Select(i => i[1]),
            .. keys.Select(k => $"ALTER TABLE {k[0]} ADD CONSTRAINT {k[1]} {k[2]}"),
            .. tables.Select(t => $"ALTER TABLE \"{t}\" ENABLE TRIGGER USER"),
        ];
    }

    /// <summary>So that its first readers find what the planner and index-only scans need.</summary>
    internal override async Task AfterFillAsync(CancellationToken ct)
    {
        await Database.OpenConnectionAsync(ct);
        await RunPlainAsync("VACUUM (ANALYZE)", ct);
        await Database.CloseConnectionAsync();
    }
}
