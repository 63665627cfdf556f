using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Imports;

/// <summary>One column of the file, by its header, and what it becomes.</summary>
public sealed record ImportColumn(string Header, ColumnTarget Target);

/// <summary>How the rows of a file become leads: a guess that a person or a mapping file may correct.</summary>
public sealed record ImportMapping
{
    public const string StandardSource = "Import";

    /// <summary>One for each column of the file, in its order.</summary>
    public IReadOnlyList<ImportColumn> Columns { get; init; } = [];

    /// <summary>Cells that say as much as empty ones; compared without case.</summary>
    public IReadOnlyList<string> MeansNothing { get; init; } = ["Select"];

    /// <summary>The source of rows that name none: every lead has one.</summary>
    public string SourceOfTheRest { get; init; } = StandardSource;

    public static ImportMapping Guess(IReadOnlyList<string> headers) =>
        new() { Columns = [.. headers.Zip(ColumnGuess.For(headers), (header, target) => new ImportColumn(header, header == RowReader.ReasonHeader ? ColumnTarget.Ignore : target))] };

    public bool Maps(ColumnTarget target) => Columns.Any(c => c.Target == target);

    /// <summary>The same columns with other words for one of them.</summary>
    public ImportMapping With(int column, ColumnTarget target) =>
        this with { Columns = [.. Columns.Select((c, i) => i == column ? c with { Target = target } : c)] };

    public Refusal? Check()
    {
        if (!Columns.Any(c => c.Target.MakesALead()))
        {
            return new NotAcceptable(nameof(Columns), "No column is a name, company, e-mail, phone or external id. Say which one is.");
        }

        var twice = Columns.Where(c => !c.Target.TakesSeveral()).GroupBy(c => c.Target).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
        {
            return new NotAcceptable(nameof(Columns), $"{string.Join(" and ", twice.Select(c => $"“{c.Header}”"))} are both {twice.Key.Word()}. Choose one.");
        }

        return SourceOfTheRest.Trim().Length is 0 or > 100 ? new NotAcceptable(nameof(SourceOfTheRest), "A source name has 1 to 100 characters.") : null;
    }
}
