using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>
/// Which leads the rows of one chunk are already: by external id, e-mail, phone in international form, and by their whole content. One query
/// for each, whatever the number of rows. Leads made of earlier rows of the chunk are noted as they come.
/// </summary>
internal sealed class KnownLeads
{
    private readonly Dictionary<string, LeadId> _external = [];
    private readonly Dictionary<string, LeadId> _emails = [];
    private readonly Dictionary<string, LeadId> _phones = [];
    private readonly Dictionary<string, LeadId> _contents = [];

    public static async Task<KnownLeads> FindAsync(LeadDeskDb db, IReadOnlyCollection<ImportRow> rows, CancellationToken ct)
    {
        var known = new KnownLeads();
        var external = rows.Select(r => r.Details.ExternalId).OfType<string>().Distinct().ToList();
        if (external.Count > 0)
        {
            Keep(known._external, await db.Leads.Where(l => external.Contains(l.ExternalId!)).OrderBy(l => l.Id).Select(l => new Hit(l.ExternalId!, l.Id)).ToListAsync(ct));
        }

        var emails = rows.SelectMany(Emails).Distinct().ToList();
        if (emails.Count > 0)
        {
            Keep(known._emails, await ContactsAsync(db, ContactKind.Email, emails, ct));
        }

        var phones = rows.SelectMany(Phones).Distinct().ToList();
        if (phones.Count > 0)
        {
            Keep(known._phones, await ContactsAsync(db, ContactKind.Phone, phones, ct));
        }

        var contents = rows.Select(r => r.ContentKey).Distinct().ToList();
        Keep(known._contents, await db.Leads.Where(l => contents.Contains(l.ContentKey!)).OrderBy(l => l.Id).Select(l => new Hit(l.ContentKey!, l.Id)).ToListAsync(ct));
        return known;
    }

    public LeadId? Find(ImportRow row)
    {
        if (row.Details.ExternalId is { } external && _external.TryGetValue(external, out var lead))
        {
            return lead;
        }

        foreach (var email in Emails(row))
        {
            if (_emails.TryGetValue(email, out lead))
            {
                return lead;
            }
        }

        foreach (var phone in Phones(row))
        {
            if (_phones.TryGetValue(phone, out lead))
            {
                return lead;
            }
        }

        return _contents.TryGetValue(row.ContentKey, out lead) ? lead : null;
    }

    public void Note(ImportRow row, LeadId lead)
    {
        if (row.Details.ExternalId is { } external)
        {
            _external.TryAdd(external, lead);
        }

        foreach (var email in Emails(row))
        {
            _emails.TryAdd(email, lead);
        }

        foreach (var phone in Phones(row))
        {
            _phones.TryAdd(phone, lead);
        }

        _contents.TryAdd(row.ContentKey, lead);
    }

    internal static IEnumerable<string> Emails(ImportRow row) => row.Details.Emails.Select(e => e.ToLowerInvariant());

    internal static IEnumerable<string> Phones(ImportRow row) => row.Details.Phones.Select(p => p.E164).OfType<string>();

    private static Task<List<Hit>> ContactsAsync(LeadDeskDb db, ContactKind kind, List<string> comparable, CancellationToken ct) =>
        db.LeadContacts.Where(c => c.Kind == kind && comparable.Contains(c.Comparable!)).OrderBy(c => c.LeadId).Select(c => new Hit(c.Comparable!, c.LeadId)).ToListAsync(ct);

    private static void Keep(Dictionary<string, LeadId> known, List<Hit> hits)
    {
        foreach (var hit in hits)
        {
            known.TryAdd(hit.Key, hit.Lead);
        }
    }

    private sealed record Hit(string Key, LeadId Lead);
}
