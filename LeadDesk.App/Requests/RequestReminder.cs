using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Requests;

/// <summary>Settings under <c>Requests</c>.</summary>
public sealed class RequestOptions
{
    /// <summary>Managers are reminded, once, of a request that waits longer.</summary>
    public TimeSpan RemindAfter { get; set; } = TimeSpan.FromHours(4);
}

/// <summary>Reminds managers of requests that wait too long: one line per manager and look, not one per request.</summary>
public sealed class RequestReminder(Transactor transactor, IOptions<RequestOptions> options)
{
    private static readonly Actor _system = Actor.System("requests");

    /// <returns>How many requests managers were reminded of.</returns>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        var reminded = await transactor.RunAsync<int>(_system, async work =>
        {
            var before = work.Now - options.Value.RemindAfter;
            var old = await work.Db.Requests.Where(r => r.State == RequestState.Waiting && r.RemindedAt == null && r.AskedAt <= before)
                .ExecuteUpdateAsync(s => s.SetProperty(r => r.RemindedAt, work.Now).SetProperty(r => r.Version, r => r.Version + 1), work.Ct);
            if (old == 0)
            {
                return new(OutcomeKind.NothingToDo, 0);
            }

            foreach (var manager in ManagersInbox.Of(work))
            {
                work.Notify(new(manager.Id, NotificationKind.RequestsOld, work.Now) { Count = old });
            }

            work.Tell(Topic.Requests);
            return old;
        }, ct);
        return reminded.Value;
    }
}

/// <summary>Keeps time around the reminder, and nothing else.</summary>
internal sealed class RequestReminderTimer(RequestReminder reminder, TimeProvider clock, ILogger<RequestReminderTimer> log) : BackgroundService
{
    private static readonly TimeSpan _interval = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(_interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await reminder.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogError(e, "Managers could not be reminded of old requests; the next look tries again");
            }
        }
    }
}
