using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Leads;

/// <summary>A phone number as it was typed, and in international form where it is one.</summary>
public sealed record Phone(string Typed, string? E164);

/// <summary>What a person may type about a lead. Country is an ISO 3166 code, language a BCP 47 tag, value in minor units of the desk's currency.</summary>
public sealed record LeadDetails
{
    public string? Name { get; init; }
    public string? Company { get; init; }
    public IReadOnlyList<string> Emails { get; init; } = [];
    public IReadOnlyList<Phone> Phones { get; init; } = [];
    public string? ExternalId { get; init; }
    public string? Country { get; init; }
    public string? City { get; init; }
    public string? Language { get; init; }
    public string? TimeZone { get; init; }
    public long? ValueMinor { get; init; }
    public bool DoNotCall { get; init; }
    public bool DoNotMail { get; init; }

    /// <summary>Trimmed, with empty texts as none; what the lead stores.</summary>
    public LeadDetails Tidied() => this with
    {
        Name = Tidy(Name),
        Company = Tidy(Company),
        Emails = [.. Emails.Select(e => e.Trim()).Where(e => e.Length > 0).Distinct(StringComparer.OrdinalIgnoreCase)],
        Phones = [.. Phones.Select(p => p with { Typed = p.Typed.Trim() }).Where(p => p.Typed.Length > 0).DistinctBy(p => p.E164 ?? p.Typed)],
        ExternalId = Tidy(ExternalId),
        Country = Tidy(Country)?.ToUpperInvariant(),
        City = Tidy(City),
        Language = Tidy(Language),
        TimeZone = Tidy(TimeZone),
    };

    /// <summary>Says of tidied details whether a lead can have them.</summary>
    public Refusal? Check()
    {
        if (Name is null && Company is null && Emails.Count == 0 && Phones.Count == 0 && ExternalId is null)
        {
            return new NotAcceptable(nameof(Name), "A lead needs a name, a company, an e-mail, a phone number or an external id.");
        }

        return TooLong(Name, nameof(Name), "name", 200)
            ?? TooLong(Company, nameof(Company), "company", 200)
            ?? TooLong(ExternalId, nameof(ExternalId), "external id", 200)
            ?? TooLong(City, nameof(City), "city", 100)
            ?? Emails.Select(CheckEmail).FirstOrDefault(r => r is not null)
            ?? Phones.Select(p => TooLong(p.Typed, nameof(Phones), "phone number", 50)).FirstOrDefault(r => r is not null)
            ?? (Country is { Length: not 2 } ? new NotAcceptable(nameof(Country), $"“{Country}” is not a country code of two letters.") : null)
            ?? (Language is { Length: > 35 } ? new NotAcceptable(nameof(Language), $"“{Language}” is not a language tag.") : null)
            ?? (TimeZone is not null && !TimeZoneInfo.TryFindSystemTimeZoneById(TimeZone, out _) ? new NotAcceptable(nameof(TimeZone), $"“{TimeZone}” is not a time zone.") : null)
            ?? (ValueMinor is < 0 ? new NotAcceptable(nameof(ValueMinor), "A value is not below zero.") : null);
    }

    private static string? Tidy(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static NotAcceptable? TooLong(string? text, string field, string word, int limit) =>
        text?.Length > limit ? new NotAcceptable(field, $"This {word} is longer than {limit} characters.") : null;

    private static NotAcceptable? CheckEmail(string email) =>
        email.Length > 254 || email.IndexOf('@', StringComparison.Ordinal) is < 1 || email.EndsWith('@') || email.Contains(' ', StringComparison.Ordinal)
            ? new NotAcceptable(nameof(Emails), $"“{email}” is not an e-mail address.") : null;
}
