using System.Text.Json;
using CsvHelper;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>
/// The rows of an import that failed, as a file that can be mended and imported again: the reason in front, then the columns as they were.
/// What a spreadsheet would run as a formula is marked as text; reading it back takes the mark off.
/// </summary>
public sealed class FailedRowsFile(IDbContextFactory<LeadDeskDb> databases)
{
    private static readonly CsvWriterOptions _options = CsvWriterOptions.Default with
    {
        Injection = CsvInjection.Escape,
        WriteByteOrderMark = true,
        ValidateFieldCount = false,
    };

    /// <summary>For managers. The name to save it under; none where there is no such import or nothing failed.</summary>
    public async Task<string?> FindNameAsync(BatchId batch, Actor actor, CancellationToken ct = default)
    {
        if (!actor.MayImport)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var order = await db.Batches.Where(b => b.Id == batch && b.Kind == BatchKind.Import && b.Refused > 0).Select(b => b.Order).FirstOrDefaultAsync(ct);
        return order is null ? null : $"{Path.GetFileNameWithoutExtension(ImportOrder.Of(order).FileName)}-failed.csv";
    }

    /// <summary>Writes row by row; memory does not grow with the file.</summary>
    public async Task WriteAsync(BatchId batch, Stream to, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var order = ImportOrder.Of(await db.Batches.Where(b => b.Id == batch).Select(b => b.Order).FirstAsync(ct));
        var columns = Enumerable.Range(0, order.Shape.Headers.Count).Where(i => order.Shape.Headers[i] != RowReader.ReasonHeader).ToList();
        await using var csv = CsvWriter.Create(to, _options, leaveOpen: true);
        await csv.WriteRecordAsync([RowReader.ReasonHeader, .. columns.Select(i => order.Shape.Headers[i])], ct);
        await foreach (var row in db.FailedRows.AsNoTracking().Where(r => r.BatchId == batch).OrderBy(r => r.Row).AsAsyncEnumerable().WithCancellation(ct))
        {
            var cells = JsonSerializer.Deserialize<string[]>(row.Cells)!;
            var tooMany = cells.Skip(order.Shape.Headers.Count);
            await csv.WriteRecordAsync([row.Reason, .. columns.Select(i => i < cells.Length ? cells[i] : ""), .. tooMany], ct);
        }
    }
}
