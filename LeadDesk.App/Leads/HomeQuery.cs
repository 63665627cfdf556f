using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>Where someone's day begins: with what waits for them, or on the board.</summary>
public sealed class HomeQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, TimeProvider clock)
{
    private const string Board = "board";
    private const string Retired = "retired";
    private const string Approvals = "approvals";

    public async Task<string> ForAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (actor.IsAdmin && !await db.Leads.AnyAsync(ct))
        {
            return "settings";
        }

        if (actor.MayDecideRequests && await db.Requests.AnyAsync(r => r.State == RequestState.Waiting, ct))
        {
            return Approvals;
        }

        if (actor.MaySeeRetired)
        {
            return await db.Leads.VisibleTo(actor).AnyAsync(l => l.RetiredAt != null, ct) ? Retired : Board;
        }

        var due = new LeadFilter { View = LeadView.FollowUps };
        return await due.Apply(db.Leads, actor, await directory.GetAsync(ct), clock.GetUtcNow()).AnyAsync(ct) ? $"leads{LeadAddress.Query(due)}" : Board;
    }
}
