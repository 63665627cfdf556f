using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Batches;

/// <summary>
/// The leads that an act is about: ticked ones by id, or "all that match" as the filter itself, which is run again inside the act.
/// </summary>
public sealed record LeadSelection
{
    public IReadOnlyList<long>? Ids { get; init; }
    public LeadFilter? Filter { get; init; }

    /// <summary>With a filter: leads that came later than the order are not meant.</summary>
    public long? UpTo { get; init; }

    public bool IsOne => Ids is { Count: 1 };

    public static LeadSelection Of(params IEnumerable<LeadId> leads) => new() { Ids = [.. leads.Select(l => l.Value).Distinct().Order()] };

    public static LeadSelection All(LeadFilter filter) => new() { Filter = filter };

    /// <summary>The next leads after the cursor, in the order of their ids.</summary>
    internal async Task<List<LeadId>> NextAsync(LeadDeskDb db, Actor actor, Desk desk, DateTimeOffset now, long cursor, int count, CancellationToken ct)
    {
        if (Ids is { } ids)
        {
            return [.. ids.Where(i => i > cursor).Order().Take(count).Select(i => new LeadId(i))];
        }

        var after = new LeadId(cursor);
        var query = (await Filter!.MatchAsync(db, actor, desk, now, ct)).Where(l => l.Id > after);
        if (UpTo is { } last)
        {
            var upTo = new LeadId(last);
            query = query.Where(l => l.Id <= upTo);
        }

        return await query.OrderBy(l => l.Id).Take(count).Select(l => l.Id).ToListAsync(ct);
    }
}
