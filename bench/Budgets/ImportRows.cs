using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using Npgsql;

namespace LeadDesk.Bench.Budgets;

/// <summary>A file of a tenth as many rows as there are leads; by turns with the parsing library plus prepared inserts or COPY, a commit for as many rows.</summary>
public sealed class ImportRows() : Budget("11", "import a tenth of all leads")
{
    private static long _next;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var rows = store.Options.Leads / 10;
        var folder = Directory.CreateTempSubdirectory("leaddesk-bench-import-").FullName;
        try
        {
            await using (var desk = await store.CopyAsync(store.Options.Leads))
            {
                await IntentAsync(desk, NextFile(folder, 1_000));
                await ByHandAsync(desk, NextFile(folder, 1_000));
                List<double> ours = [], theirs = [];
                for (var pair = 0; pair < 2; pair++)
                {
                    var file = NextFile(folder, rows);
                    ours.Add(await Measure.OnceAsync(() => IntentAsync(desk, file)));
                    file = NextFile(folder, rows);
                    theirs.Add(await Measure.OnceAsync(() => ByHandAsync(desk, file)));
                }

                yield return Ratio($"import {rows:N0} rows, against the parsing library and hand-written SQL", new(ours), new(theirs), 3, 1.5);
            }

            var small = await Child.PeakOfImportAsync(NextFile(folder, rows));
            var large = await Child.PeakOfImportAsync(NextFile(folder, store.Options.Leads));
            yield return new(Name, $"import: peak memory of {store.Options.Leads:N0} rows against {rows:N0}", $"{large / 1024:N0} MB", $"{small / 1024:N0} MB", (double)large / small, 1.3, 1.1);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    internal static string NextFile(string folder, int rows)
    {
        var from = _next;
        _next += rows;
        return CsvFile.Write(Path.Combine(folder, $"rows-{from}.csv"), rows, from);
    }

    /// <summary>Stores the job; whoever runs jobs carries it out.</summary>
    internal static async Task StartAsync(BenchDesk desk, string file)
    {
        var shape = ImportFile.Inspect(file).Value!;
        var order = new ImportOrder(Path.GetFileName(file), shape, ImportMapping.Guess(shape.Headers), "Export", OnDuplicate.Skip);
        var survey = FileSurvey.Run(file, shape, order.Mapping, order.Pool).Value!;
        var started = await desk.Get<StartImport>().RunAsync(order, file, survey.Rows, survey.Missing(desk.Desk), desk.Manager);
        if (started.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Sentence);
        }
    }

    private static async Task IntentAsync(BenchDesk desk, string file)
    {
        await StartAsync(desk, file);
        await desk.Get<BatchRunner>().RunAllAsync(CancellationToken.None);
    }

    private static async Task ByHandAsync(BenchDesk desk, string path)
    {
        await using var connection = await desk.ConnectAsync();
        var batch = 3_000_000_000 + _next;
        var id = 1_000_000_000 + _next;
        var (now, by) = (desk.Clock.GetUtcNow().UtcTicks, desk.Manager.Id!.Value.Value);
        var (pool, stage, source) = (desk.Desk.Pools.First(p => p.Name == "Export").Id.Value, desk.Desk.Stages[0].Id.Value, desk.Desk.Sources.First(s => s.Name == "Trade fair").Id.Value);
        await connection.RunAsync($$"""
            INSERT INTO "Batches" ("Id", "Kind", "State", "ById", "At", "Order", "Total", "Done", "Unchanged", "Refused") VALUES ({{batch}}, 9, 3, {{by}}, {{now}}, '{}', 0, 0, 0, 0)
            """);
        await using var receipt = connection.Prepared("""UPDATE "Batches" SET "Done" = "Done" + @more WHERE "Id" = @batch""", "@more", "@batch");
        await using Inserts inserts = desk.Provider is DatabaseProvider.Postgres ? new Copied((NpgsqlConnection)connection) : new Prepared(connection);
        using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with { HasHeader = false });
        csv.Read();
        for (var more = true; more;)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            receipt.Transaction = transaction;
            var rows = new List<Row>(Batch.ChunkSize);
            while (rows.Count < Batch.ChunkSize && (more = csv.Read()))
            {
                if (csv.Current.ToArray() is not [var external, var name, var company, var email, var phone, var city, ..])
                {
                    throw new InvalidOperationException("A row of the made file is too short.");
                }

                var (sort, digits) = (name.ToLowerInvariant(), string.Concat(phone.Where(char.IsAsciiDigit)));
                var search = $"{sort}\n{company.ToLowerInvariant()}\n{external.ToLowerInvariant()}\n{email}\n{digits}";
                var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(search)));
                id++;
                rows.Add(new(
                    [id, 1L, name, company, email, phone, external, city, source, pool, stage, now, now, false, false, false, 0, key, search, sort],
                    [[id, (int)ContactKind.Email, 0, email, email], [id, (int)ContactKind.Phone, 0, phone, "+" + digits]],
                    [id, (int)LeadEventKind.Created, now, by, (int)Cause.Import, batch, source, (int)ClockVerdict.NoOwner, 1L]));
            }

            await inserts.RunAsync(rows, transaction);
            await receipt.With(rows.Count, batch).ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
    }

    private sealed record Row(object[] Lead, object[][] Contacts, object[] Event);

    /// <summary>The fastest way that a database has for many rows.</summary>
    private abstract class Inserts : IAsyncDisposable
    {
        protected static readonly (string Table, string[] Columns) Leads = ("Leads",
        [
            "Id", "Version", "Name", "Company", "Email", "Phone", "ExternalId", "City", "SourceId", "PoolId", "StageId", "CreatedAt", "StageSince", "DoNotCall", "DoNotMail", "IsFresh",
            "TimesRetired", "ContentKey", "SearchText", "SortName",
        ]);

        protected static readonly (string Table, string[] Columns) Contacts = ("LeadContacts", ["LeadId", "Kind", "Position", "Typed", "Comparable"]);

        protected static readonly (string Table, string[] Columns) Events =
            ("LeadEvents", ["LeadId", "Kind", "At", "ActorId", "Cause", "BatchId", "ToId", "Verdict", "LeadVersion"]);

        public async Task RunAsync(List<Row> rows, DbTransaction transaction)
        {
            await IntoAsync(Leads, rows.Select(r => r.Lead), transaction);
            await IntoAsync(Contacts, rows.SelectMany(r => r.Contacts), transaction);
            await IntoAsync(Events, rows.Select(r => r.Event), transaction);
        }

        public abstract ValueTask DisposeAsync();

        protected abstract Task IntoAsync((string Table, string[] Columns) table, IEnumerable<object[]> rows, DbTransaction transaction);

        protected static string List(IEnumerable<string> columns) => string.Join(", ", columns.Select(c => $"\"{c}\""));
    }

    private sealed class Prepared(DbConnection connection) : Inserts
    {
        private readonly Dictionary<string, DbCommand> _commands = [];

        protected override async Task IntoAsync((string Table, string[] Columns) table, IEnumerable<object[]> rows, DbTransaction transaction)
        {
            if (!_commands.TryGetValue(table.Table, out var command))
            {
                string[] names = [.. table.Columns.Select((_, n) => $"@p{n}")];
                command = _commands[table.Table] = connection.Prepared($"INSERT INTO \"{table.Table}\" ({List(table.Columns)}) VALUES ({string.Join(", ", names)})", names);
            }

            command.Transaction = transaction;
            foreach (var row in rows)
            {
                await command.With(row).ExecuteNonQueryAsync();
            }
        }

        public override async ValueTask DisposeAsync()
        {
            foreach (var command in _commands.Values)
            {
                await command.DisposeAsync();
            }
        }
    }

    private sealed class Copied(NpgsqlConnection connection) : Inserts
    {
        protected override async Task IntoAsync((string Table, string[] Columns) table, IEnumerable<object[]> rows, DbTransaction transaction)
        {
            await using var copy = await connection.BeginBinaryImportAsync($"COPY \"{table.Table}\" ({List(table.Columns)}) FROM STDIN (FORMAT BINARY)");
            foreach (var row in rows)
            {
                await copy.WriteRowAsync(CancellationToken.None, row);
            }

            await copy.CompleteAsync();
        }

        public override ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
