using System.Globalization;
using System.IO.Compression;
using System.Text;
using LeadDesk.App.Imports;
using LeadDesk.Domain.Imports;

namespace LeadDesk.Tests.Imports;

public sealed class ImportFileTests : IDisposable
{
    private readonly FileBox _box = new();

    public static TheoryData<string, string, string> Encodings => new()
    {
        { "utf-8", "", "UTF-8 without a mark" },
        { "utf-8", "mark", "UTF-8 with a mark" },
        { "utf-16", "mark", "UTF-16, little end first" },
        { "utf-16BE", "mark", "UTF-16, big end first" },
        { "windows-1252", "", "what Western spreadsheets save" },
    };

    public void Dispose() => _box.Dispose();

    [Theory, MemberData(nameof(Encodings))]
    public void Text_is_read_in_the_encoding_it_has(string name, string mark, string what)
    {
        var encoding = name == "utf-8" ? new UTF8Encoding(mark.Length > 0) : CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        var file = _box.Put("leads.csv", "Name;Ort\nJörg Müller;Köln\nÁgnes;Győr".Replace("ő", name == "windows-1252" ? "ö" : "ő", StringComparison.Ordinal), encoding);

        var shape = ImportFile.Inspect(file).Value!;

        Assert.Equal(';', shape.Separator);
        Assert.True(shape.Headers is ["Name", "Ort"], what);
        Assert.Equal([["Jörg Müller", "Köln"], ["Ágnes", name == "windows-1252" ? "Györ" : "Győr"]], Rows(file, shape));
    }

    [Theory]
    [InlineData(',', "Name,City\n\"Fischer, Lena\",Berlin")]
    [InlineData(';', "Name;City\nFischer, Lena;Berlin")]
    [InlineData('\t', "Name\tCity\nFischer, Lena\tBerlin")]
    [InlineData('|', "Name|City\nFischer, Lena|Berlin")]
    [InlineData(';', "sep=;\nName;City\nFischer, Lena;Berlin")]
    public void The_separator_is_found_out(char separator, string text)
    {
        var file = _box.Put("leads.csv", text);

        var shape = ImportFile.Inspect(file).Value!;

        Assert.Equal(separator, shape.Separator);
        Assert.Equal([["Fischer, Lena", "Berlin"]], Rows(file, shape));
    }

    [Fact]
    public void Line_breaks_and_quotes_in_quoted_cells_are_text()
    {
        var file = _box.Put("leads.csv", "Name,Notes\r\nLena,\"two\r\nlines, \"\"quoted\"\"\"\r\n\r\nOmar,5\" screen\r\n");

        Assert.Equal([["Lena", "two\r\nlines, \"quoted\""], ["Omar", "5\" screen"]], Rows(file, ImportFile.Inspect(file).Value!));
    }

    [Fact]
    public void Rows_are_counted_as_a_spreadsheet_counts_them()
    {
        var file = _box.Put("leads.csv", "Name,City\nLena,Berlin\n\nOmar,Pune\n,\nAsha,Delhi\n");
        using var reader = new ImportFileReader(file, null, ',');

        var numbers = new List<int>();
        while (reader.Read())
        {
            numbers.Add(reader.Number);
        }

        Assert.Equal([1, 2, 4, 6], numbers);

        using var again = new ImportFileReader(file, null, ',');
        again.SkipThrough(4);
        Assert.True(again.Read());
        Assert.Equal("Asha", again.Cells[0]);
    }

    [Fact]
    public void A_trailing_empty_column_does_no_harm()
    {
        var file = _box.Put("leads.csv", "Name,City,\nLena,Berlin,\n");

        var shape = ImportFile.Inspect(file).Value!;
        var row = new RowReader(ImportMapping.Guess(shape.Headers)).Read(2, Rows(file, shape)[0]);

        Assert.Equal(["Name", "City", "Column 3"], shape.Headers);
        Assert.Null(row.Trouble);
        Assert.Empty(row.Further);
    }

    [Fact]
    public void A_bad_file_gets_one_clear_sentence()
    {
        Refuses("This file is empty.", "");
        Refuses("This file is empty.", "\n\n \n");
        Refuses("This file names its columns and has no rows.", "Name,City\n");
        Refuses("This file names its columns and has no rows.", "Name,City\n,\n\n");
        Refuses("The first row has to name the columns, and this one does not.", "Lena,lena@fischer.example\nOmar,omar@example.org\n");
        Refuses("Row 3 opens a quote that is never closed. Mend that row and try again.", "Name,City\nLena,Berlin\n\"Omar,Pune\nAsha,Delhi\n", surveyed: true);
        Refuses("This is a web page or XML. Save it as CSV and try again.", "<!DOCTYPE html><html><table><tr><td>Name</td></tr></table>");
        Refuses("This file has 501 columns; 500 are the most. Its cells may be separated by something else.", string.Join(',', Enumerable.Range(1, 501).Select(n => $"Field {n}")) + "\nx,y\n");
        Refuses("This is a PDF file. A list of rows is needed, as CSV.", "%PDF-1.7\n");
        Assert.Equal("There is no such file.", ImportFile.Inspect(_box.Path("nowhere.csv")).Refusal?.Sentence);
    }

    [Theory]
    [InlineData("word/document.xml", "This is a Word file. Save it as CSV and try again.")]
    [InlineData("xl/workbook.xml", "This is an Excel workbook. Save it as CSV and try again.")]
    [InlineData("leads.csv", "This is a packed file. Unpack it and import the CSV in it.")]
    public void A_packed_file_is_named_without_unpacking_it(string part, string sentence)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry(part).Open();
            // What would be a hundred megabytes unpacked.
            var zeros = new byte[1024 * 1024];
            for (var i = 0; i < 100; i++)
            {
                entry.Write(zeros);
            }
        }

        Assert.Equal(sentence, ImportFile.Inspect(_box.Put("leads.csv", bytes.ToArray())).Refusal?.Sentence);
    }

    [Fact]
    public void Bytes_that_are_no_text_are_refused()
    {
        Assert.Equal("This is not a text file. A list of rows is needed, as CSV.", ImportFile.Inspect(_box.Put("a.csv", [1, 2, 0, 4, 5, 6])).Refusal?.Sentence);
        Assert.Equal("This is an old Excel or Word file. Save it as CSV and try again.", ImportFile.Inspect(_box.Put("b.csv", [0xD0, 0xCF, 0x11, 0xE0, 0, 0])).Refusal?.Sentence);
        Assert.Equal("This is a picture. A list of rows is needed, as CSV.", ImportFile.Inspect(_box.Put("c.csv", [0x89, 0x50, 0x4E, 0x47, 0, 0])).Refusal?.Sentence);
    }

    [Fact]
    public void Forty_columns_too_many_are_refused_with_the_row()
    {
        var file = _box.Put("leads.csv", $"Name,City\nLena,Berlin\nOmar,Pune{string.Concat(Enumerable.Repeat(",x", 40))}\n");
        var shape = ImportFile.Inspect(file).Value!;

        var survey = FileSurvey.Run(file, shape, ImportMapping.Guess(shape.Headers), "Inbound");

        Assert.Equal("Row 3 has 42 cells, the header has 2. Its cells may be separated by something else, or the file was cut.", survey.Refusal?.Sentence);
    }

    [Fact]
    public void More_than_a_million_rows_are_refused()
    {
        var file = _box.Path("long.csv");
        using (var writer = new StreamWriter(file))
        {
            writer.WriteLine("Name");
            for (var i = 0; i <= ImportFile.MostRows; i++)
            {
                writer.WriteLine(i.ToString(CultureInfo.InvariantCulture));
            }
        }

        var shape = ImportFile.Inspect(file).Value!;

        Assert.Equal("This file has more than 1,000,000 rows. Split it and import the parts.", FileSurvey.Run(file, shape, ImportMapping.Guess(shape.Headers), "Inbound").Refusal?.Sentence);
    }

    [Fact]
    public void The_survey_names_what_the_rows_name_each_once()
    {
        var file = _box.Put("leads.csv", "Name,Source,Tags,Pool\nA,Google,VIP;Cold,\nB,google,vip,Export\nC,,,\nD,Select,Select,export\n");
        var shape = ImportFile.Inspect(file).Value!;

        var survey = FileSurvey.Run(file, shape, ImportMapping.Guess(shape.Headers), "Inbound").Value!;

        Assert.Equal(4, survey.Rows);
        Assert.Equal([new("Google", 2), new("Import", 2)], survey.Sources);
        Assert.Equal([new("VIP", 2), new("Cold", 1)], survey.Tags);
        Assert.Equal([new("Inbound", 2), new("Export", 2)], survey.Pools);
    }

    [Fact]
    public void A_column_of_a_thousand_sources_is_no_column_of_sources()
    {
        var file = _box.Put("leads.csv", "Name,Source\n" + string.Concat(Enumerable.Range(0, 1_001).Select(n => $"A,Source {n}\n")));
        var shape = ImportFile.Inspect(file).Value!;

        Assert.StartsWith("More than 1,000 sources are named.", FileSurvey.Run(file, shape, ImportMapping.Guess(shape.Headers), "Inbound").Refusal?.Sentence, StringComparison.Ordinal);
    }

    private void Refuses(string sentence, string text, bool surveyed = false)
    {
        var file = _box.Put("leads.csv", text);
        var inspected = ImportFile.Inspect(file);
        var refusal = surveyed && inspected.Value is { } shape ? FileSurvey.Run(file, shape, ImportMapping.Guess(shape.Headers), "Inbound").Refusal : inspected.Refusal;
        Assert.Equal(sentence, refusal?.Sentence);
    }

    private static List<string[]> Rows(string file, ImportShape shape)
    {
        var rows = new List<string[]>();
        using var reader = new ImportFileReader(file, shape.Encoding, shape.Separator);
        reader.Read();
        while (reader.Read())
        {
            rows.Add([.. reader.Cells]);
        }

        return rows;
    }
}
