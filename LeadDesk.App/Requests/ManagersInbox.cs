using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>What requests put into the inboxes of managers, and what they take out of them again.</summary>
internal static class ManagersInbox
{
    /// <summary>One unread line per manager counts all that came since they last looked.</summary>
    /// <param name="leadName">The lead's name, of the first of them.</param>
    public static async Task TellAsync(Work work, IReadOnlyList<DataChangeRequest> asked, string leadName)
    {
        var managers = Of(work).Select(e => e.Id).ToList();
        var unread = work.Db.Notifications.Where(n => n.ReadAt == null && n.Kind == NotificationKind.RequestWaiting && managers.Contains(n.EmployeeId));
        // Counted by the database: two who ask at once are both counted.
        await unread.ExecuteUpdateAsync(s => s.SetProperty(n => n.Count, n => n.Count + asked.Count).SetProperty(n => n.At, work.Now).SetProperty(n => n.MailedAt, (DateTimeOffset?)null), work.Ct);
        var told = await unread.Where(n => n.At == work.Now).Select(n => n.EmployeeId).ToListAsync(work.Ct);
        told.ForEach(m => work.Tell(Topic.Inbox(m)));
        foreach (var manager in managers.Except(told))
        {
            work.Notify(new(manager, NotificationKind.RequestWaiting, work.Now)
            {
                ById = work.By.Id,
                LeadId = asked[0].LeadId,
                LeadName = leadName,
                TagId = asked[0].TagId,
                Text = asked[0].PutsOn ? null : Notification.TakesOff,
                Count = asked.Count,
            });
        }
    }

    /// <summary>Where no request waits any more, no inbox says that one does. Call it after those of this act were ended.</summary>
    public static async Task SettleAsync(Work work)
    {
        var ended = work.Db.ChangeTracker.Entries<DataChangeRequest>().Where(e => e.Entity.State is not RequestState.Waiting).Select(e => e.Entity.Id).ToList();
        if (await work.Db.Requests.AnyAsync(r => r.State == RequestState.Waiting && !ended.Contains(r.Id), work.Ct))
        {
            return;
        }

        var over = work.Db.Notifications.Where(n => n.ReadAt == null && (n.Kind == NotificationKind.RequestWaiting || n.Kind == NotificationKind.RequestsOld));
        foreach (var manager in await over.Select(n => n.EmployeeId).Distinct().ToListAsync(work.Ct))
        {
            work.Tell(Topic.Inbox(manager));
        }

        await over.ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, work.Now), work.Ct);
    }

    public static IEnumerable<Employee> Of(Work work) => work.Desk.Employees.Where(e => e.IsActive && (e.Roles & (Roles.SalesManager | Roles.Admin)) != 0);
}
