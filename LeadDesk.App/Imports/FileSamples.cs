using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>What stands in the columns of a file: up to three different values from its first rows, in the order of the columns.</summary>
public static class FileSamples
{
    private const int Rows = 200;
    private const int Values = 3;
    private const int Longest = 60;

    /// <param name="nothing">Words that mean nothing are shown only where a column has no others.</param>
    public static IReadOnlyList<IReadOnlyList<string>> Take(string path, ImportShape shape, IReadOnlyCollection<string> nothing)
    {
        var samples = shape.Headers.Select(_ => new List<string>()).ToList();
        var silent = shape.Headers.Select(_ => "").ToArray();
        using var file = new ImportFileReader(path, shape.Encoding, shape.Separator);
        file.Read();
        for (var row = 0; row < Rows && file.Read(); row++)
        {
            for (var i = 0; i < Math.Min(samples.Count, file.Cells.Count); i++)
            {
                var text = file.Cells[i].Trim();
                if (nothing.Contains(text, StringComparer.OrdinalIgnoreCase))
                {
                    silent[i] = text;
                }
                else if (text.Length > 0 && samples[i].Count < Values && !samples[i].Contains(Short(text)))
                {
                    samples[i].Add(Short(text));
                }
            }
        }

        return [.. samples.Select((s, i) => s.Count == 0 && silent[i].Length > 0 ? (IReadOnlyList<string>)[silent[i]] : s)];
    }

    /// <summary>A column without a header that holds nothing: the comma at the end of every line.</summary>
    public static bool IsBlank(ImportColumn column, IReadOnlyList<string> samples) => samples.Count == 0 && column.Header.StartsWith("Column ", StringComparison.Ordinal);

    private static string Short(string text) => text.Length > Longest ? $"{text[..Longest]}…" : text;
}
