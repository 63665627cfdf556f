using LeadDesk.Domain.Leads;

namespace LeadDesk.Domain.Imports;

/// <summary>What became of a row, or would.</summary>
public enum RowVerdict
{
    New,
    Update,
    AlreadyThere,
    Fails,
}

/// <summary>One row as the mapping reads it. What is none was not said, so an update leaves it alone.</summary>
public sealed record ImportRow
{
    /// <summary>As a spreadsheet counts: the header is row 1.</summary>
    public required int Number { get; init; }

    /// <summary>The cells as they stand in the file; kept for the file of the rows that failed.</summary>
    public required IReadOnlyList<string> Cells { get; init; }

    public required string ContentKey { get; init; }

    /// <summary>Do-not-call and do-not-mail are beside it, since a row may be silent about them.</summary>
    public LeadDetails Details { get; init; } = new();

    public bool? DoNotCall { get; init; }
    public bool? DoNotMail { get; init; }
    public int? Score { get; init; }
    public string? Source { get; init; }
    public string? Pool { get; init; }

    /// <summary>An e-mail address or a full name.</summary>
    public string? Owner { get; init; }

    public IReadOnlyList<string> Tags { get; init; } = [];
    public IReadOnlyList<FieldText> Further { get; init; } = [];

    /// <summary>Why it cannot be a lead; null where it can.</summary>
    public string? Trouble { get; init; }

    public LeadDetails ForNewLead => Details with { DoNotCall = DoNotCall ?? false, DoNotMail = DoNotMail ?? false };

    /// <summary>What a lead would be after this row: what it says wins, what it is silent about stays, and no address or number is lost.</summary>
    public LeadDetails Over(LeadDetails known) => new()
    {
        Name = Details.Name ?? known.Name,
        Company = Details.Company ?? known.Company,
        Emails = Ahead(Details.Emails, known.Emails, e => e.ToLowerInvariant()),
        Phones = Ahead(Details.Phones, known.Phones, p => p.E164 ?? p.Typed),
        ExternalId = Details.ExternalId ?? known.ExternalId,
        Country = Details.Country ?? known.Country,
        City = Details.City ?? known.City,
        Language = Details.Language ?? known.Language,
        TimeZone = Details.TimeZone ?? known.TimeZone,
        ValueMinor = Details.ValueMinor ?? known.ValueMinor,
        DoNotCall = DoNotCall ?? known.DoNotCall,
        DoNotMail = DoNotMail ?? known.DoNotMail,
    };

    /// <summary>New ones in front; known ones stay where they are.</summary>
    private static IReadOnlyList<T> Ahead<T>(IReadOnlyList<T> said, IReadOnlyList<T> known, Func<T, string> key)
    {
        var keys = known.Select(key).ToHashSet();
        return [.. said.Where(s => !keys.Contains(key(s))), .. known];
    }
}

/// <summary>Name and text of a column that nobody mapped, or of a cell that could not be read as what it was mapped to.</summary>
public sealed record FieldText(string Name, string Text);
