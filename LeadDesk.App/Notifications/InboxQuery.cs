using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Notifications;

/// <summary>Someone's own inbox; nobody reads another's.</summary>
public sealed class InboxQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, TimeProvider clock)
{
    public const int PageSize = 40;

    /// <summary>More than this is shown as "99+".</summary>
    public const int CountedTo = 99;

    private const int MostUnread = 200;

    /// <summary>From so many on, the same news within a minute of each other are one line.</summary>
    private const int Burst = 3;

    private static readonly TimeSpan _burst = TimeSpan.FromMinutes(1);

    public async Task<int> UnreadAsync(Actor actor, CancellationToken ct = default)
    {
        var me = actor.Id ?? default;
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Notifications.Where(n => n.EmployeeId == me && n.ReadAt == null).OrderBy(n => n.EmployeeId).Take(CountedTo + 1).CountAsync(ct);
    }

    /// <param name="before">Read ones older than this; none for the newest.</param>
    public async Task<InboxPage> ReadAsync(Actor actor, long? before = null, CancellationToken ct = default)
    {
        var (me, desk, now) = (actor.Id ?? default, await directory.GetAsync(ct), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        var mine = db.Notifications.AsNoTracking().Where(n => n.EmployeeId == me);
        var unread = before is null ? await mine.Where(n => n.ReadAt == null).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(MostUnread).ToListAsync(ct) : [];
        var end = before ?? long.MaxValue;
        var read = await mine.Where(n => n.ReadAt != null && n.Id < end).OrderByDescending(n => n.Id).Take(PageSize + 1).ToListAsync(ct);
        long? older = read.Count > PageSize ? read[PageSize - 1].Id : null;
        read = [.. read.Take(PageSize).OrderByDescending(n => n.At).ThenByDescending(n => n.Id)];
        var facts = await FactsAsync(db, [.. unread, .. read], me, ct);
        var words = new NotificationWords(desk, TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone), now);
        return new([.. Fold(unread).Select(Line)], [.. Fold(read).Select(Line)], older);

        InboxLine Line(IReadOnlyList<Notification> folded)
        {
            var (newest, count) = (folded[0], folded.Sum(n => n.Count));
            var known = facts(newest);
            return new([.. folded.Select(n => n.Id)], newest.Kind, words.Sentence(newest, count, known), NotificationWords.Icon(newest.Kind), words.Href(newest, count, known), newest.At, newest.ReadAt is null);
        }
    }

    /// <summary>What the words of these need, read at once.</summary>
    internal static async Task<Func<Notification, NoticeFacts>> FactsAsync(LeadDeskDb db, IReadOnlyList<Notification> notifications, EmployeeId me, CancellationToken ct)
    {
        var ids = notifications.Where(n => n.Kind is NotificationKind.GoingStale or NotificationKind.Nudged).Select(n => n.LeadId).OfType<LeadId>().Distinct().ToList();
        var leads = ids.Count == 0 ? [] : await db.Leads.Where(l => ids.Contains(l.Id) && l.OwnerId == me)
            .Select(l => new NoticedLead(l.Id, l.StageId, l.ClockStart, l.WarnedAt)).ToDictionaryAsync(l => l.Id, ct);
        var jobs = notifications.Where(n => n.Kind is NotificationKind.JobDone or NotificationKind.ImportDone).Select(n => n.BatchId).OfType<BatchId>().Distinct().ToList();
        var batches = jobs.Count == 0 ? [] : await db.Batches.AsNoTracking().Where(b => jobs.Contains(b.Id)).ToDictionaryAsync(b => b.Id, ct);
        var moments = notifications.Where(n => n.Kind is NotificationKind.SweepStopped).Select(n => n.At).Distinct().ToList();
        var stops = moments.Count == 0 ? [] : await db.SweepStops.AsNoTracking().Where(s => moments.Contains(s.At)).ToListAsync(ct);
        return n => new(
            n.LeadId is { } lead ? leads.GetValueOrDefault(lead) : null,
            n.BatchId is { } batch ? batches.GetValueOrDefault(batch) : null,
            n.Kind is NotificationKind.SweepStopped ? stops.Find(s => s.At == n.At) : null);
    }

    /// <summary>A burst of the same news is one line. They come newest first, and stay so.</summary>
    internal static IEnumerable<IReadOnlyList<Notification>> Fold(IReadOnlyList<Notification> notifications)
    {
        for (var i = 0; i < notifications.Count;)
        {
            var length = 1;
            while (i + length < notifications.Count && Belongs(notifications[i + length - 1], notifications[i + length]))
            {
                length++;
            }

            var run = notifications.Skip(i).Take(length).ToList();
            i += length;
            if (length >= Burst)
            {
                yield return run;
                continue;
            }

            foreach (var one in run)
            {
                yield return [one];
            }
        }
    }

    private static bool Belongs(Notification newer, Notification older) =>
        newer.Kind == older.Kind && newer.ById == older.ById && newer.Text == older.Text && newer.At - older.At <= _burst
        && newer.Kind is not (NotificationKind.SweepStopped or NotificationKind.PeriodChanged or NotificationKind.ImportDone or NotificationKind.JobDone or NotificationKind.RequestWaiting or NotificationKind.RequestsOld);
}
