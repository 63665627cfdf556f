using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using MailKit.Net.Smtp;
using MailKit.Security;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Notifications;

/// <summary>
/// Sends warnings and waiting requests to those who want them by mail too, and remembers what was sent. What was read meanwhile needs no mail;
/// what could not be sent is tried again, for a day.
/// </summary>
public sealed class NotificationMail(
    IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, Transactor transactor, IOptions<MailOptions> options, TimeProvider clock, ILogger<NotificationMail> log)
{
    private const int AtOnce = 500;

    private static readonly TimeSpan _triedFor = TimeSpan.FromDays(1);
    private static readonly Actor _system = Actor.System("mail");

    private static readonly NotificationKind[] _mailed = [NotificationKind.GoingStale, NotificationKind.RequestWaiting, NotificationKind.RequestsOld, NotificationKind.SweepStopped];

    /// <returns>How many mails the server took.</returns>
    public async Task<int> RunAsync(CancellationToken ct = default)
    {
        if (!options.Value.IsOn || await DueAsync(ct) is not { Count: > 0 } letters)
        {
            return 0;
        }

        var sent = 0;
        using var smtp = new SmtpClient();
        await ConnectAsync(smtp, ct);
        foreach (var letter in letters)
        {
            if (await SendAsync(smtp, letter, ct))
            {
                sent++;
                await MarkAsync(letter.Ids, ct);
            }
        }

        await smtp.DisconnectAsync(true, ct);
        return sent;
    }

    private async Task ConnectAsync(SmtpClient smtp, CancellationToken ct)
    {
        await smtp.ConnectAsync(options.Value.Host!, options.Value.Port, options.Value.Security switch
        {
            MailSecurity.None => SecureSocketOptions.None,
            MailSecurity.StartTls => SecureSocketOptions.StartTls,
            MailSecurity.Tls => SecureSocketOptions.SslOnConnect,
            MailSecurity.Auto => SecureSocketOptions.StartTlsWhenAvailable,
        }, ct);
        if (!string.IsNullOrEmpty(options.Value.User))
        {
            await smtp.AuthenticateAsync(options.Value.User, options.Value.Password ?? "", ct);
        }
    }

    /// <summary>False where the server does not take this one; the others are sent all the same.</summary>
    private async Task<bool> SendAsync(SmtpClient smtp, Letter letter, CancellationToken ct)
    {
        try
        {
            await smtp.SendAsync(MailLetter.Write(letter.To, letter.Lines, options.Value), ct);
            return true;
        }
        catch (Exception e) when (e is SmtpCommandException or FormatException or ArgumentException)
        {
            log.LogWarning(e, "The mail server did not take {Count} notices for employee {Employee}", letter.Ids.Count, letter.To.Id);
            return false;
        }
    }

    private async Task<List<Letter>> DueAsync(CancellationToken ct)
    {
        var (desk, now) = (await directory.GetAsync(ct), clock.GetUtcNow());
        await using var db = await databases.CreateDbContextAsync(ct);
        var wishes = await db.PersonalSettings.AsNoTracking().Where(s => s.Name == MailWish.Setting).ToListAsync(ct);
        var since = wishes.Select(s => (s.EmployeeId, Wish: MailWish.Read(s.Json))).Where(w => w.Wish is { On: true } && desk.Employee(w.EmployeeId) is { IsActive: true })
            .ToDictionary(w => w.EmployeeId, w => w.Wish!.Since);
        var (people, oldest) = (since.Keys.ToList(), now - _triedFor);
        var found = people.Count == 0 ? [] : await db.Notifications.AsNoTracking()
            .Where(n => n.ReadAt == null && n.MailedAt == null && n.At >= oldest && people.Contains(n.EmployeeId) && _mailed.Contains(n.Kind)).OrderBy(n => n.Id).Take(AtOnce).ToListAsync(ct);
        var letters = new List<Letter>();
        foreach (var theirs in found.Where(n => n.At >= since[n.EmployeeId]).GroupBy(n => n.EmployeeId))
        {
            var (to, notices) = (desk.Employee(theirs.Key)!, theirs.OrderByDescending(n => n.At).ThenByDescending(n => n.Id).ToList());
            var facts = await InboxQuery.FactsAsync(db, notices, theirs.Key, ct);
            var words = new NotificationWords(desk, TimeZoneInfo.FindSystemTimeZoneById(to.TimeZone), now);
            letters.Add(new(to, [.. notices.Select(n => n.Id)], [.. notices.Select(n => (words.Sentence(n, n.Count, facts(n)), words.Href(n, n.Count, facts(n))))]));
        }

        return letters;
    }

    private Task MarkAsync(IReadOnlyList<long> ids, CancellationToken ct) => transactor.RunAsync(_system, async work =>
    {
        await work.Db.Notifications.Where(n => ids.Contains(n.Id)).ExecuteUpdateAsync(s => s.SetProperty(n => n.MailedAt, work.Now), work.Ct);
        return Outcome.Done;
    }, ct);

    private sealed record Letter(Employee To, IReadOnlyList<long> Ids, IReadOnlyList<(string Sentence, string Href)> Lines);
}

/// <summary>Keeps time around the mail, and nothing else.</summary>
internal sealed class MailTimer(NotificationMail mail, IOptions<MailOptions> options, TimeProvider clock, ILogger<MailTimer> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.IsOn)
        {
            return;
        }

        using var timer = new PeriodicTimer(options.Value.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await mail.RunAsync(stoppingToken);
            }
            catch (Exception e) when (e is not OperationCanceledException)
            {
                log.LogWarning(e, "Mail could not be sent by {Host}; the next look tries again", options.Value.Host);
            }
        }
    }
}
