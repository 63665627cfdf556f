using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>A lead that has this address or number already.</summary>
public sealed record KnownLead(LeadId Id, string Name);

/// <summary>What the form of a new lead wants to know beforehand.</summary>
public sealed class NewLeadQuery(IDbContextFactory<LeadDeskDb> databases, PhoneNumbers phones)
{
    public Task<KnownLead?> WithEmailAsync(string typed, Actor actor, CancellationToken ct = default) =>
        WithAsync(ContactKind.Email, typed.Trim().ToLowerInvariant(), actor, ct);

    public Task<KnownLead?> WithPhoneAsync(string typed, string? country, Actor actor, CancellationToken ct = default) =>
        WithAsync(ContactKind.Phone, phones.Of(typed.Trim(), country).E164, actor, ct);

    /// <summary>The newest among those that the actor may see: of others nothing is told.</summary>
    private async Task<KnownLead?> WithAsync(ContactKind kind, string? comparable, Actor actor, CancellationToken ct)
    {
        if (string.IsNullOrEmpty(comparable))
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.Leads.AsNoTracking().VisibleTo(actor).Where(l => l.Contacts.Any(c => c.Kind == kind && c.Comparable == comparable))
            .OrderByDescending(l => l.Id).Select(l => new { l.Id, Name = l.Name ?? l.Company ?? l.Email ?? l.Phone ?? l.ExternalId }).FirstOrDefaultAsync(ct);
        return found is null ? null : new(found.Id, found.Name ?? $"Lead {found.Id}");
    }
}
