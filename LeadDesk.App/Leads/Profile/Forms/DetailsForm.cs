using System.Globalization;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Leads.Profile.Forms;

/// <summary>What is typed into the form of the details. Several e-mails or numbers stand one per line.</summary>
public sealed class DetailsForm
{
    private DetailsForm() { }

    /// <summary>The lead's version that the form was filled from.</summary>
    public long Seen { get; private set; }

    public string Name { get; set; } = "";
    public string Company { get; set; } = "";
    public string Emails { get; set; } = "";
    public string Phones { get; set; } = "";
    public string ExternalId { get; set; } = "";
    public string Country { get; set; } = "";
    public string City { get; set; } = "";
    public string Language { get; set; } = "";
    public string TimeZone { get; set; } = "";
    public string Value { get; set; } = "";
    public bool DoNotCall { get; set; }
    public bool DoNotMail { get; set; }

    public static DetailsForm Of(LeadFacts facts) => new()
    {
        Seen = facts.Version,
        Name = facts.Name ?? "",
        Company = facts.Company ?? "",
        Emails = string.Join('\n', facts.Emails),
        Phones = string.Join('\n', facts.Phones.Select(p => p.Typed)),
        ExternalId = facts.ExternalId ?? "",
        Country = facts.CountryCode ?? "",
        City = facts.City ?? "",
        Language = facts.LanguageTag ?? "",
        TimeZone = facts.TimeZone ?? "",
        Value = facts.ValueMinor is { } minor ? (minor / 100m).ToString(minor % 100 == 0 ? "0" : "0.00", CultureInfo.CurrentCulture) : "",
        DoNotCall = facts.DoNotCall,
        DoNotMail = facts.DoNotMail,
    };

    /// <summary>Keeps what is typed, and decides on the lead as it is now.</summary>
    public void HaveSeen(long version) => Seen = version;

    public Outcome<LeadDetails> ToDetails()
    {
        long? minor = null;
        if (!string.IsNullOrWhiteSpace(Value))
        {
            if (!decimal.TryParse(Value, NumberStyles.Number, CultureInfo.CurrentCulture, out var value) || Math.Abs(value) > 1_000_000_000_000m)
            {
                return new NotAcceptable(nameof(LeadDetails.ValueMinor), $"“{Value}” is not a value.");
            }

            minor = (long)Math.Round(value * 100, MidpointRounding.AwayFromZero);
        }

        return new LeadDetails
        {
            Name = Name,
            Company = Company,
            Emails = Lines(Emails),
            Phones = [.. Lines(Phones).Select(p => new Phone(p, null))],
            ExternalId = ExternalId,
            Country = Country,
            City = City,
            Language = Language,
            TimeZone = TimeZone,
            ValueMinor = minor,
            DoNotCall = DoNotCall,
            DoNotMail = DoNotMail,
        };
    }

    private static string[] Lines(string text) => text.Split(['\n', '\r'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
