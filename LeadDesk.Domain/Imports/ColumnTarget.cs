namespace LeadDesk.Domain.Imports;

/// <summary>What the cells of an imported column become.</summary>
public enum ColumnTarget
{
    /// <summary>Kept with the lead as name and text: what happens to a column that nobody mapped.</summary>
    FurtherDetail,
    Ignore,
    Name,
    Company,
    Email,
    Phone,
    ExternalId,
    Source,
    Tag,
    Pool,
    Owner,
    Country,
    City,
    Language,
    TimeZone,
    Value,
    Score,
    DoNotCall,
    DoNotMail,
}

public static class ColumnTargets
{
    private static readonly Dictionary<ColumnTarget, string> _words = new()
    {
        [ColumnTarget.FurtherDetail] = "further detail",
        [ColumnTarget.Ignore] = "ignore",
        [ColumnTarget.Name] = "name",
        [ColumnTarget.Company] = "company",
        [ColumnTarget.Email] = "e-mail",
        [ColumnTarget.Phone] = "phone",
        [ColumnTarget.ExternalId] = "external id",
        [ColumnTarget.Source] = "source",
        [ColumnTarget.Tag] = "tag",
        [ColumnTarget.Pool] = "pool",
        [ColumnTarget.Owner] = "owner",
        [ColumnTarget.Country] = "country",
        [ColumnTarget.City] = "city",
        [ColumnTarget.Language] = "language",
        [ColumnTarget.TimeZone] = "time zone",
        [ColumnTarget.Value] = "value",
        [ColumnTarget.Score] = "score",
        [ColumnTarget.DoNotCall] = "do not call",
        [ColumnTarget.DoNotMail] = "do not mail",
    };

    private static readonly Dictionary<string, ColumnTarget> _byWord = _words.ToDictionary(w => Folded.Of(w.Value), w => w.Key);

    /// <summary>In the order in which they are offered.</summary>
    public static IReadOnlyList<ColumnTarget> All { get; } = [.. Enum.GetValues<ColumnTarget>()];

    /// <summary>As mapping files and screens call it: "external id".</summary>
    public static string Word(this ColumnTarget target) => _words[target];

    /// <summary>Reads the word in any spelling of case, spaces and hyphens; null where it is none.</summary>
    public static ColumnTarget? Of(string word) => _byWord.TryGetValue(Folded.Of(word), out var target) ? target : null;

    /// <summary>Whether several columns may become this: names are joined, the others are all kept.</summary>
    public static bool TakesSeveral(this ColumnTarget target) =>
        target is ColumnTarget.FurtherDetail or ColumnTarget.Ignore or ColumnTarget.Name or ColumnTarget.Email or ColumnTarget.Phone or ColumnTarget.Tag;

    /// <summary>A lead needs at least one of these.</summary>
    public static bool MakesALead(this ColumnTarget target) =>
        target is ColumnTarget.Name or ColumnTarget.Company or ColumnTarget.Email or ColumnTarget.Phone or ColumnTarget.ExternalId;
}
