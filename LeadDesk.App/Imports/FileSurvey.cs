using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;

namespace LeadDesk.App.Imports;

/// <summary>
/// One pass over the whole file before anything is changed: how many rows, which sources, pools and tags they name, and whether the file holds
/// together. Its memory does not grow with the file.
/// </summary>
public sealed class FileSurvey
{
    /// <summary>More names of one kind than this are no names of sources, pools or tags.</summary>
    public const int MostNames = 1_000;

    /// <summary>A row with so many cells too many was not written by whoever wrote the header.</summary>
    private const int FarTooMany = 20;

    private readonly Dictionary<string, int> _sources = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _pools = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, int> _tags = new(StringComparer.OrdinalIgnoreCase);

    private FileSurvey() { }

    public int Rows { get; private set; }

    /// <summary>Each source that the rows name, in the first spelling, with the number of its rows; the one for the rest among them.</summary>
    public IReadOnlyDictionary<string, int> Sources => _sources;

    public IReadOnlyDictionary<string, int> Pools => _pools;
    public IReadOnlyDictionary<string, int> Tags => _tags;

    /// <param name="pool">For rows that name none.</param>
    public static Outcome<FileSurvey> Run(string path, ImportShape shape, ImportMapping mapping, string? pool, CancellationToken ct = default)
    {
        var (survey, reader) = (new FileSurvey(), new RowReader(mapping));
        using var file = new ImportFileReader(path, shape.Encoding, shape.Separator);
        try
        {
            file.Read();
            while (file.Read())
            {
                ct.ThrowIfCancellationRequested();
                if (++survey.Rows > ImportFile.MostRows)
                {
                    return new NotAList(string.Create(CultureInfo.InvariantCulture, $"This file has more than {ImportFile.MostRows:N0} rows. Split it and import the parts."));
                }

                if (FarTooLong(file.Cells, shape.Headers.Count) is { } refusal)
                {
                    return refusal with { Sentence = string.Create(CultureInfo.InvariantCulture, $"Row {file.Number:N0} {refusal.Sentence}") };
                }

                survey.Note(reader.Read(file.Number, file.Cells), mapping, pool);
                if (survey.TooManyNames() is { } tooMany)
                {
                    return tooMany;
                }
            }
        }
        catch (UnreadableFileException e)
        {
            return new NotAList(e.Message);
        }

        return survey.Rows == 0 ? new NotAList("This file names its columns and has no rows.") : survey;
    }

    /// <summary>What the desk does not have yet.</summary>
    public NewNames Missing(Desk desk) => new(
        Without(_sources, desk.Sources.Select(s => s.Name)), Without(_pools, desk.Pools.Select(p => p.Name)), Without(_tags, desk.Tags.Select(t => t.Name)));

    private static NotAList? FarTooLong(IReadOnlyList<string> cells, int columns)
    {
        var last = cells.Count;
        while (last > columns && string.IsNullOrWhiteSpace(cells[last - 1]))
        {
            last--;
        }

        return last - columns >= FarTooMany
            ? new($"has {last} cells, the header has {columns}. Its cells may be separated by something else, or the file was cut.")
            : null;
    }

    private static IReadOnlyList<string> Without(Dictionary<string, int> named, IEnumerable<string> known)
    {
        var there = known.ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. named.Keys.Where(n => !there.Contains(n))];
    }

    private void Note(ImportRow row, ImportMapping mapping, string? pool)
    {
        if (row.Trouble is not null)
        {
            return;
        }

        Count(_sources, row.Source ?? mapping.SourceOfTheRest.Trim());
        Count(_pools, row.Pool ?? pool);
        foreach (var tag in row.Tags)
        {
            Count(_tags, tag);
        }
    }

    private NotAList? TooManyNames() =>
        _sources.Count > MostNames ? Many(ColumnTarget.Source, "sources")
        : _pools.Count > MostNames ? Many(ColumnTarget.Pool, "pools")
        : _tags.Count > MostNames ? Many(ColumnTarget.Tag, "tags")
        : null;

    private static NotAList Many(ColumnTarget target, string things) =>
        new(string.Create(CultureInfo.InvariantCulture, $"More than {MostNames:N0} {things} are named. Another column may be the {target.Word()}, or this one a further detail."));

    private static void Count(Dictionary<string, int> names, string? name)
    {
        if (name is not null)
        {
            names[name] = names.GetValueOrDefault(name) + 1;
        }
    }
}

/// <summary>Sources, pools and tags that an import is to create before it starts.</summary>
public sealed record NewNames(IReadOnlyList<string> Sources, IReadOnlyList<string> Pools, IReadOnlyList<string> Tags)
{
    public static NewNames None { get; } = new([], [], []);

    public bool IsEmpty => Sources.Count + Pools.Count + Tags.Count == 0;
}
