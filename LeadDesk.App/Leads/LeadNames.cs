using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Leads;

/// <summary><see cref="Lead.DisplayName"/> for rows that a query projects.</summary>
public static class LeadNames
{
    public static string Of(LeadId id, string? name, string? company, string? email, string? phone, string? externalId) =>
        name ?? company ?? email ?? phone ?? externalId ?? $"Lead {id.Value}";
}
