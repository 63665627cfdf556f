using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>A lead that changes hands twice within ten minutes has two who may still say their last words; the history knows both.</summary>
internal static class Leavings
{
    /// <summary>Tells the lead when the actor lost it, where it does not know that itself and it was less than ten minutes ago.</summary>
    public static async Task RecallAsync(LeadDeskDb db, Lead lead, Actor actor, DateTimeOffset now, CancellationToken ct)
    {
        if (actor.Id is not { } me || lead.LeftId is null || lead.LeftId == me || lead.OwnerId == me || lead.MayBeSeenBy(actor))
        {
            return;
        }

        var (id, from, since) = (lead.Id, me.Value, now - Lead.LastWords);
        var events = db.LeadEvents.AsNoTracking().Where(e => e.LeadId == id);
        var leavings = await events.Where(e => e.FromId == from && e.At > since
            && (e.Kind == LeadEventKind.Retired || e.Kind == LeadEventKind.Unassigned || e.Kind == LeadEventKind.Reassigned)).OrderByDescending(e => e.Id).ToListAsync(ct);
        foreach (var left in leavings)
        {
            // A retired lead that is reassigned names who had it once: they lost it earlier.
            if (left.Kind is LeadEventKind.Reassigned
                && await events.Where(e => e.Id < left.Id).OrderByDescending(e => e.Id).Select(e => e.ClockStart).FirstOrDefaultAsync(ct) is null)
            {
                continue;
            }

            lead.RecallLeaving(me, left.At, left.Kind switch
            {
                LeadEventKind.Retired => LeaveReason.Retired,
                LeadEventKind.Reassigned => LeaveReason.Reassigned,
                _ => LeaveReason.Unassigned,
            });
            return;
        }
    }
}
