using LeadDesk.Domain.Leads;

namespace LeadDesk.Domain.Imports;

/// <summary>Reads rows by one mapping. Not for several threads at once.</summary>
public sealed class RowReader
{
    /// <summary>So much text one cell may hold.</summary>
    public const int LongestCell = 4_000;

    /// <summary>The column that a file of failed rows carries in front; not part of a row's content when it comes back.</summary>
    public const string ReasonHeader = "Why it failed";

    private readonly ImportMapping _mapping;
    private readonly string[] _headers;
    private readonly HashSet<string> _nothing;
    private readonly ContentKey _contentKey;
    private readonly int[] _names;
    private readonly int _reason;

    public RowReader(ImportMapping mapping)
    {
        _mapping = mapping;
        _headers = [.. mapping.Columns.Select(c => c.Header)];
        _nothing = new(mapping.MeansNothing.Select(w => w.Trim()), StringComparer.OrdinalIgnoreCase);
        _contentKey = new(_headers);
        _names = [.. Enumerable.Range(0, _headers.Length).Where(i => mapping.Columns[i].Target is ColumnTarget.Name).OrderBy(i => ColumnGuess.NameOrder(_headers[i]))];
        _reason = Array.IndexOf(_headers, ReasonHeader);
    }

    /// <summary>Headers as columns are called: trimmed, numbered where they are empty or there twice.</summary>
    public static IReadOnlyList<string> Headers(IReadOnlyList<string> cells)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. cells.Select((cell, i) =>
        {
            var name = cell.Trim() is { Length: > 0 } text ? text : $"Column {i + 1}";
            var unique = name;
            for (var n = 2; !taken.Add(unique); n++)
            {
                unique = $"{name} ({n})";
            }

            return unique;
        })];
    }

    /// <param name="number">As a spreadsheet counts: the header is row 1.</param>
    public ImportRow Read(int number, IReadOnlyList<string> raw)
    {
        var cells = new string[raw.Count];
        for (var i = 0; i < cells.Length; i++)
        {
            cells[i] = Clean(raw[i]);
        }

        var row = new ImportRow { Number = number, Cells = raw, ContentKey = _contentKey.Of(cells, i => i == _reason) };
        var trouble = Shape(cells);
        return trouble is null ? Fill(row, cells) : row with { Trouble = trouble };
    }

    private string? Shape(string[] cells)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            if (i >= _headers.Length && cells[i].Length > 0)
            {
                return $"This row has {cells.Length} cells, the header has {_headers.Length}.";
            }

            if (cells[i].Length > LongestCell)
            {
                return $"The cell under “{_headers[i]}” is longer than {LongestCell} characters.";
            }
        }

        return null;
    }

    private ImportRow Fill(ImportRow row, string[] cells)
    {
        List<string> emails = [], tags = [];
        List<Phone> phones = [];
        List<FieldText> further = [];
        var details = new LeadDetails { Name = Says(string.Join(' ', _names.Select(i => At(cells, i)).Where(t => t.Length > 0))) };
        for (var i = 0; i < Math.Min(cells.Length, _headers.Length); i++)
        {
            var (text, header) = (At(cells, i), _headers[i]);
            if (text.Length == 0 || i == _reason)
            {
                continue;
            }

            switch (_mapping.Columns[i].Target)
            {
                case ColumnTarget.FurtherDetail:
                    further.Add(new(header, text));
                    break;
                case ColumnTarget.Company:
                    details = details with { Company = text };
                    break;
                case ColumnTarget.Email:
                    emails.AddRange(text.Split([';', ',', '|', ' ', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
                    break;
                case ColumnTarget.Phone:
                    phones.AddRange(text.Split([';', '|', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(p => new Phone(p, null)));
                    break;
                case ColumnTarget.ExternalId:
                    details = details with { ExternalId = text };
                    break;
                case ColumnTarget.Source:
                    row = text.Length > 100 ? Fails(row, "A source name has 1 to 100 characters.") : row with { Source = text };
                    break;
                case ColumnTarget.Pool:
                    row = text.Length > 100 ? Fails(row, "A pool name has 1 to 100 characters.") : row with { Pool = text };
                    break;
                case ColumnTarget.Tag:
                    var names = text.Split([';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
                    tags.AddRange(names);
                    row = Array.Exists(names, n => n.Length > 60) ? Fails(row, "A tag name has 1 to 60 characters.") : row;
                    break;
                case ColumnTarget.Owner:
                    row = row with { Owner = text };
                    break;
                case ColumnTarget.City:
                    details = details with { City = text };
                    break;
                case ColumnTarget.Country:
                    details = Known(CountryNames.CodeOf(text)) is { } country ? details with { Country = country } : details;
                    break;
                case ColumnTarget.Language:
                    details = Known(CellText.Language(text)) is { } language ? details with { Language = language } : details;
                    break;
                case ColumnTarget.TimeZone:
                    details = Known(CellText.TimeZone(text)) is { } zone ? details with { TimeZone = zone } : details;
                    break;
                case ColumnTarget.Value:
                    row = CellText.Minor(text) is { } value ? row : Fails(row, $"“{text}” under “{header}” is no amount.");
                    details = details with { ValueMinor = CellText.Minor(text) };
                    break;
                case ColumnTarget.Score:
                    row = CellText.Score(text) is { } score ? row with { Score = score } : Fails(row, $"“{text}” under “{header}” is no number from 0 to 100.");
                    break;
                case ColumnTarget.DoNotCall:
                    row = CellText.YesOrNo(text) is { } call ? row with { DoNotCall = call } : Fails(row, $"“{text}” under “{header}” is neither yes nor no.");
                    break;
                case ColumnTarget.DoNotMail:
                    row = CellText.YesOrNo(text) is { } mail ? row with { DoNotMail = mail } : Fails(row, $"“{text}” under “{header}” is neither yes nor no.");
                    break;
                case ColumnTarget.Name or ColumnTarget.Ignore:
                    break;
            }

            // What is no country, language or time zone is no reason to lose the lead, and is not lost either.
            string? Known(string? code)
            {
                if (code is null)
                {
                    further.Add(new(header, text));
                }

                return code;
            }
        }

        return row with
        {
            Details = (details with { Emails = emails, Phones = phones }).Tidied(),
            Tags = [.. tags.Distinct(StringComparer.OrdinalIgnoreCase)],
            Further = further,
        };
    }

    private static ImportRow Fails(ImportRow row, string why) => row with { Trouble = row.Trouble ?? why };

    private string At(string[] cells, int column) => column < cells.Length && !_nothing.Contains(cells[column]) ? cells[column] : "";

    private static string? Says(string text) => text.Length == 0 ? null : text;

    /// <summary>Trimmed, without the mark that keeps a spreadsheet from running a cell, and without what no database takes.</summary>
    private static string Clean(string cell)
    {
        var text = cell.AsSpan().Trim();
        if (text.Length > 1 && text[0] == '\'' && text[1] is '=' or '+' or '-' or '@')
        {
            text = text[1..];
        }

        return text.Length == cell.Length && !cell.Contains('\0', StringComparison.Ordinal) ? cell : text.ToString().Replace("\0", "", StringComparison.Ordinal).Trim();
    }
}
