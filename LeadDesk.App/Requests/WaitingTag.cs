using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>A request that waits on a lead, as the lead shows it.</summary>
/// <param name="AskedBy">First name.</param>
public sealed record WaitingTag(RequestId Id, LeadId LeadId, TagId TagId, string Tag, bool PutsOn, EmployeeId AskedById, string AskedBy, DateTimeOffset AskedAt)
{
    /// <summary>On a chip: "VIP", or "VIP off" where it is to come off.</summary>
    public string Words => PutsOn ? Tag : $"{Tag} off";

    /// <summary>"VIP waits for a manager since 13:41, asked by Ana".</summary>
    public string Sentence(DateTimeOffset now, TimeZoneInfo zone, EmployeeId? reader) =>
        $"{(PutsOn ? Tag : $"Taking off {Tag}")} waits for a manager since {TimeWords.Moment(AskedAt, now, zone)}{(AskedById == reader ? "" : $", asked by {AskedBy}")}";

    /// <summary>For queries that show leads: what waits on each of these, oldest first. Whether the reader may see the leads is for the query to know.</summary>
    internal static async Task<ILookup<LeadId, WaitingTag>> OfAsync(LeadDeskDb db, Desk desk, IReadOnlyCollection<LeadId> leads, CancellationToken ct)
    {
        var found = leads.Count == 0 ? [] : await db.Requests.AsNoTracking().Where(r => r.State == RequestState.Waiting && leads.Contains(r.LeadId)).OrderBy(r => r.Id).ToListAsync(ct);
        return found.ToLookup(r => r.LeadId, r => new WaitingTag(
            r.Id, r.LeadId, r.TagId, RequestWords.Tag(r.TagId, desk), r.PutsOn, r.AskedById, desk.Employee(r.AskedById)?.FirstName ?? "somebody", r.AskedAt));
    }
}
