using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Leads;

/// <summary>What stands in the form of a new lead while it is typed.</summary>
public sealed class NewLeadForm
{
    public string? Name { get; set; }
    public string? Company { get; set; }
    public List<ContactField> Emails { get; } = [new()];
    public List<ContactField> Phones { get; } = [new()];
    public SourceId? SourceId { get; set; }
    public PoolId? PoolId { get; set; }
    public string? Country { get; set; }
    public string? City { get; set; }
    public string? Language { get; set; }

    /// <summary>In whole units of the desk's currency.</summary>
    public decimal? Value { get; set; }

    public bool DoNotCall { get; set; }
    public bool DoNotMail { get; set; }

    public LeadDetails Details => new()
    {
        Name = Name,
        Company = Company,
        Emails = [.. Emails.Select(e => e.Text ?? "")],
        Phones = [.. Phones.Select(p => new Phone(p.Text ?? "", null))],
        Country = Country,
        City = City,
        Language = Language,
        ValueMinor = Value is { } value ? (long)decimal.Round(value * 100, MidpointRounding.AwayFromZero) : null,
        DoNotCall = DoNotCall,
        DoNotMail = DoNotMail,
    };
}

/// <summary>One address or number, and who has it already.</summary>
public sealed class ContactField
{
    public string? Text { get; set; }
    public KnownLead? Known { get; set; }
}
