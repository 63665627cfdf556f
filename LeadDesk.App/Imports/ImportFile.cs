using System.Globalization;
using System.Text;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>Finds out what a file is before anything is done with it. A bad one gets one sentence.</summary>
public static class ImportFile
{
    public const long LargestFile = 200L * 1024 * 1024;
    public const int MostRows = 1_000_000;
    public const int MostColumns = 500;

    private const int Head = 64 * 1024;

    /// <summary>Reads the start of the file, and all of it once where its encoding has to be found out.</summary>
    public static Outcome<ImportShape> Inspect(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return new NotAList("There is no such file.");
        }

        if (file.Length == 0)
        {
            return new NotAList("This file is empty.");
        }

        if (file.Length > LargestFile)
        {
            return new NotAList("This file is larger than 200 MB. Split it and import the parts.");
        }

        try
        {
            using var stream = file.OpenRead();
            return FileKind.Refuse(ReadHead(stream)) is { } refusal ? refusal : Look(path, FindEncoding(stream));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new NotAList("This file cannot be read.");
        }
    }

    private static Outcome<ImportShape> Look(string path, string? encoding)
    {
        using var rows = new ImportFileReader(path, encoding, null);
        try
        {
            if (!rows.Read())
            {
                return new NotAList("This file is empty.");
            }

            var (cells, separator) = (rows.Cells, rows.Separator);
            if (cells.Count(c => c.Trim().Length > 0) > MostColumns)
            {
                return new NotAList(string.Create(CultureInfo.InvariantCulture, $"This file has {cells.Count} columns; {MostColumns} are the most. Its cells may be separated by something else."));
            }

            if (cells.All(c => c.Trim().Length == 0) || ColumnGuess.LooksLikeARow(cells))
            {
                return new NotAList("The first row has to name the columns, and this one does not.");
            }

            // Empty headers behind the last named one hold nothing unless a row says so; the reader keeps them.
            return rows.Read() ? new ImportShape(encoding, separator, RowReader.Headers(cells)) : new NotAList("This file names its columns and has no rows.");
        }
        catch (UnreadableFileException e)
        {
            return new NotAList(e.Message);
        }
    }

    private static byte[] ReadHead(FileStream stream)
    {
        var head = new byte[Math.Min(Head, stream.Length)];
        stream.ReadExactly(head);
        stream.Position = 0;
        return head;
    }

    private static string? FindEncoding(FileStream stream)
    {
        Span<byte> mark = stackalloc byte[4];
        var read = stream.ReadAtLeast(mark, 2, throwOnEndOfStream: false);
        stream.Position = 0;
        if (read >= 2 && mark is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..])
        {
            return null;
        }

        var decoder = new UTF8Encoding(false, throwOnInvalidBytes: true).GetDecoder();
        var (bytes, chars) = (new byte[Head], new char[Head]);
        try
        {
            int count;
            do
            {
                count = stream.Read(bytes);
                decoder.GetChars(bytes, 0, count, chars, 0, flush: count == 0);
            }
            while (count > 0);

            return null;
        }
        catch (DecoderFallbackException)
        {
            return ImportShape.Western;
        }
    }
}
