using System.Security.Cryptography;
using System.Text;
using CsvHelper;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Bench.Budgets;

/// <summary>A file of a tenth as many rows as there are leads; by turns with the parsing library plus prepared inserts, a commit for as many rows.</summary>
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
        var no = desk.Provider is App.Storage.DatabaseProvider.Postgres ? "FALSE" : "0";
        await connection.RunAsync($$"""
            INSERT INTO "Batches" ("Id", "Kind", "State", "ById", "At", "Order", "Total", "Done", "Unchanged", "Refused") VALUES ({{batch}}, 9, 3, {{by}}, {{now}}, '{}', 0, 0, 0, 0)
            """);
        await using var lead = connection.Prepared($"""
            INSERT INTO "Leads" ("Id", "Version", "Name", "Company", "Email", "Phone", "ExternalId", "City", "SourceId", "PoolId", "StageId", "CreatedAt", "StageSince", "DoNotCall", "DoNotMail",
                "IsFresh", "TimesRetired", "ContentKey", "SearchText", "SortName")
            VALUES (@id, 1, @name, @company, @email, @phone, @external, @city, {source}, {pool}, {stage}, @now, @now, {no}, {no}, {no}, 0, @key, @search, @sort)
            """, "@id", "@name", "@company", "@email", "@phone", "@external", "@city", "@now", "@key", "@search", "@sort");
        await using var contact = connection.Prepared(
            """INSERT INTO "LeadContacts" ("LeadId", "Kind", "Position", "Typed", "Comparable") VALUES (@lead, @kind, 0, @typed, @comparable)""", "@lead", "@kind", "@typed", "@comparable");
        await using var note = connection.Prepared($"""
            INSERT INTO "LeadEvents" ("LeadId", "Kind", "At", "ActorId", "Cause", "BatchId", "ToId", "Verdict", "LeadVersion")
            VALUES (@lead, {(int)LeadEventKind.Created}, @now, @by, {(int)Cause.Import}, @batch, {source}, {(int)ClockVerdict.NoOwner}, 1)
            """, "@lead", "@now", "@by", "@batch");
        await using var receipt = connection.Prepared("""UPDATE "Batches" SET "Done" = "Done" + @more WHERE "Id" = @batch""", "@more", "@batch");
        using var csv = CsvReader.FromFile(path, CsvReaderOptions.Default with { HasHeader = false });
        csv.Read();
        for (var more = true; more;)
        {
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var command in new[] { lead, contact, note, receipt })
            {
                command.Transaction = transaction;
            }

            var done = 0;
            while (done < Batch.ChunkSize && (more = csv.Read()))
            {
                if (csv.Current.ToArray() is not [var external, var name, var company, var email, var phone, var city, ..])
                {
                    throw new InvalidOperationException("A row of the made file is too short.");
                }

                var (sort, digits) = (name.ToLowerInvariant(), string.Concat(phone.Where(char.IsAsciiDigit)));
                var search = $"{sort}\n{company.ToLowerInvariant()}\n{external.ToLowerInvariant()}\n{email}\n{digits}";
                var key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(search)));
                await lead.With(++id, name, company, email, phone, external, city, now, key, search, sort).ExecuteNonQueryAsync();
                await contact.With(id, (int)ContactKind.Email, email, email).ExecuteNonQueryAsync();
                await contact.With(id, (int)ContactKind.Phone, phone, "+" + digits).ExecuteNonQueryAsync();
                await note.With(id, now, by, batch).ExecuteNonQueryAsync();
                done++;
            }

            await receipt.With(done, batch).ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
    }
}
