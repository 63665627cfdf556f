using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Notifications;

/// <summary>For the inbox's own reader; ids of others are as if they were not there.</summary>
public sealed class MarkRead(Transactor transactor)
{
    public Task<Outcome> RunAsync(IReadOnlyCollection<long> ids, Actor by, CancellationToken ct = default) => RunAsync(by, unread => unread.Where(n => ids.Contains(n.Id)), ct);

    /// <param name="upTo">The newest that was seen: what came later stays unread.</param>
    public Task<Outcome> AllAsync(long upTo, Actor by, CancellationToken ct = default) => RunAsync(by, unread => unread.Where(n => n.Id <= upTo), ct);

    private Task<Outcome> RunAsync(Actor by, Func<IQueryable<Notification>, IQueryable<Notification>> which, CancellationToken ct) => transactor.RunAsync(by, async work =>
    {
        if (work.By.Id is not { } me)
        {
            return Outcome.NothingToDo;
        }

        var read = await which(work.Db.Notifications.Where(n => n.EmployeeId == me && n.ReadAt == null)).ExecuteUpdateAsync(s => s.SetProperty(n => n.ReadAt, work.Now), work.Ct);
        if (read == 0)
        {
            return Outcome.NothingToDo;
        }

        work.Tell(Topic.Inbox(me));
        return Outcome.Done;
    }, ct);
}
