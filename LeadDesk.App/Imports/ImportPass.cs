using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using Phones = LeadDesk.App.Leads.PhoneNumbers;

namespace LeadDesk.App.Imports;

/// <summary>An import on its way through its file: from where it stands, some rows at a time, one step ahead of who stores them.</summary>
internal sealed class ImportPass : IDisposable
{
    private readonly ImportFileReader _file;
    private readonly RowReader _rows;
    private readonly Phones _phones;
    private readonly List<LeadId> _stock = [];
    private Task<IReadOnlyList<ImportRow>>? _ahead;

    public ImportPass(string path, ImportOrder order, ImportMark mark, Phones phones)
    {
        (Order, Mark, _rows, _phones) = (order, mark, new RowReader(order.Mapping), phones);
        _file = new ImportFileReader(path, order.Shape.Encoding, order.Shape.Separator);
        _file.SkipThrough(mark.Row);
    }

    public ImportOrder Order { get; }

    /// <summary>What is stored.</summary>
    public ImportMark Mark { get; private set; }

    /// <summary>Ids for as many new leads as the rows that were taken.</summary>
    public IReadOnlyList<LeadId> Stock => _stock;

    /// <summary>The next rows; fewer than asked for at the end.</summary>
    public async Task<IReadOnlyList<ImportRow>> TakeAsync(int count)
    {
        var rows = await (_ahead ?? Task.Run(() => Read(count)));
        _ahead = rows.Count < count ? Task.FromResult<IReadOnlyList<ImportRow>>([]) : Task.Run(() => Read(count));
        return rows;
    }

    public async Task StockAsync(IdSource ids, int count, CancellationToken ct)
    {
        if (_stock.Count < count)
        {
            _stock.AddRange(await ids.TakeAsync<LeadId>(Batch.ChunkSize - _stock.Count, ct));
        }
    }

    /// <summary>The rows are stored, and so many ids are used up.</summary>
    public void Reach(ImportMark mark, int used)
    {
        _stock.RemoveRange(0, used);
        Mark = mark;
    }

    public void Dispose()
    {
        // The rows ahead are read by a thread of their own: the file is closed behind it.
        var ahead = _ahead ?? Task.FromResult<IReadOnlyList<ImportRow>>([]);
        _ = ahead.ContinueWith(_ => _file.Dispose(), TaskScheduler.Default);
    }

    private IReadOnlyList<ImportRow> Read(int count)
    {
        var rows = new List<ImportRow>(count);
        while (rows.Count < count && _file.Read())
        {
            var row = _rows.Read(_file.Number, _file.Cells);
            rows.Add(row with { Details = _phones.Complete(row.Details) });
        }

        return rows;
    }
}
