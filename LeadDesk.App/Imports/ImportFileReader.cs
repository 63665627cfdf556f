using System.Globalization;
using System.Text;
using CsvHelper;

namespace LeadDesk.App.Imports;

/// <summary>The rest of the file makes no sense; the message is for the person.</summary>
public sealed class UnreadableFileException(string message) : Exception(message);

/// <summary>Walks through the rows of a file once; never more than one of them is in memory.</summary>
public sealed class ImportFileReader : IDisposable
{
    /// <summary>A row longer than this is an open quote that swallows the file.</summary>
    private const int LongestRow = 2_000_000;

    private readonly CsvReader _csv;
    private long? _unclosed;

    /// <param name="separator">None finds it out.</param>
    public ImportFileReader(string path, string? encoding, char? separator)
    {
        var options = CsvReaderOptions.Default with
        {
            HasHeader = false,
            Separator = separator,
            SkipEmptyLines = false,
            MaxRecordSize = LongestRow,
            Encoding = encoding is null ? null : CodePagesEncodingProvider.Instance.GetEncoding(encoding),
            OnMalformedRecord = m => _unclosed = m.Reason is CsvMalformedReason.UnterminatedQuote ? m.RecordNumber : _unclosed,
        };
        _csv = CsvReader.FromFile(path, options);
    }

    public char Separator => _csv.Separator;

    /// <summary>As a spreadsheet counts: the header is row 1.</summary>
    public int Number => (int)_csv.RowNumber;

    public IReadOnlyList<string> Cells { get; private set; } = [];

    /// <summary>Steps to the next row that holds anything. False at the end.</summary>
    /// <exception cref="UnreadableFileException">A quote is opened and never closed.</exception>
    public bool Read()
    {
        try
        {
            while (_csv.Read())
            {
                if (_unclosed is not null)
                {
                    throw new UnreadableFileException(Unclosed(Number));
                }

                if (!IsEmpty())
                {
                    Cells = _csv.Current.ToArray();
                    return true;
                }
            }

            return false;
        }
        catch (CsvFormatException e)
        {
            throw new UnreadableFileException(Unclosed(Math.Max(1, e.RecordNumber)));
        }
    }

    /// <summary>Steps over everything up to and with this row.</summary>
    public void SkipThrough(int number)
    {
        while (Number < number && _csv.Read())
        {
        }
    }

    public void Dispose() => _csv.Dispose();

    private bool IsEmpty()
    {
        for (var i = 0; i < _csv.FieldCount; i++)
        {
            if (_csv.GetSpan(i).ContainsAnyExcept(" \t\r\n"u8))
            {
                return false;
            }
        }

        return true;
    }

    private static string Unclosed(long row) => string.Create(CultureInfo.InvariantCulture, $"Row {row:N0} opens a quote that is never closed. Mend that row and try again.");
}
