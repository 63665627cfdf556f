using LeadDesk.App.Notifications;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Requests;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using MimeKit;

namespace LeadDesk.Tests.Notifications;

public sealed class NotificationMailTests : IAsyncLifetime
{
    private readonly FakeSmtp _smtp = new();
    private TestDesk _desk = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var options = _desk.Get<IOptions<MailOptions>>().Value;
        (options.Host, options.Port, options.Security, options.From, options.DeskAddress) = ("127.0.0.1", _smtp.Port, MailSecurity.None, "desk@leaddesk.test", "https://desk.example/");
    }

    public async ValueTask DisposeAsync()
    {
        await _desk.DisposeAsync();
        await _smtp.DisposeAsync();
    }

    [Fact]
    public async Task A_waiting_request_reaches_managers_who_want_mail_once_and_is_remembered()
    {
        await WishAsync(_desk.Meera);
        await _desk.AskAsync(await _desk.LeadAsync("Lena Fischer", _desk.Asha));

        Assert.Equal(1, await SendAsync());
        Assert.Equal(0, await SendAsync());

        var (to, mail) = Read(Assert.Single(_smtp.Taken));
        Assert.Equal(("meera@leaddesk.test", "Asha asks to put VIP on Lena Fischer"), (to, mail.Subject));
        Assert.Contains("https://desk.example/approvals", mail.TextBody, StringComparison.Ordinal);
        Assert.Equal(_desk.Now, (await _desk.InboxAsync(_desk.Meera)).Single().MailedAt);
        Assert.Null((await _desk.InboxAsync(_desk.Iris)).Single().MailedAt);
    }

    [Fact]
    public async Task One_more_of_the_same_is_mailed_again_and_several_are_one_mail()
    {
        await WishAsync(_desk.Meera);
        await _desk.AskAsync(await _desk.LeadAsync("Lena Fischer", _desk.Asha));
        await SendAsync();
        await _desk.AskAsync(await _desk.LeadAsync("Jonas Weber", _desk.Asha));
        await _desk.NotifyAsync(_desk.Meera, "", NotificationKind.SweepStopped);

        Assert.Equal(1, await SendAsync());

        var mail = Read(_smtp.Taken[1]).Mail;
        Assert.Equal("2 notices from LeadDesk", mail.Subject);
        Assert.Contains("2 requests came in", mail.TextBody, StringComparison.Ordinal);
        Assert.Contains("Sweep stopped: it would retire 1 lead. Let it run or drop it.", mail.TextBody, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_read_what_is_no_warning_and_what_came_before_the_wish_is_not_mailed()
    {
        await _desk.NotifyAsync(_desk.Asha, "Before", NotificationKind.GoingStale);
        _desk.Wait(TimeSpan.FromMinutes(1));
        await WishAsync(_desk.Asha);
        await _desk.NotifyAsync(_desk.Asha, "Read", NotificationKind.GoingStale);
        await _desk.Get<MarkRead>().AllAsync(long.MaxValue, await _desk.As(_desk.Asha));
        await _desk.NotifyAsync(_desk.Asha, "No warning");

        Assert.Equal(0, await SendAsync());
        await _desk.NotifyAsync(_desk.Asha, "Lena Fischer", NotificationKind.GoingStale);
        Assert.Equal(1, await SendAsync());

        Assert.Equal("Lena Fischer was going stale", Read(Assert.Single(_smtp.Taken)).Mail.Subject);
        Assert.Equal(OutcomeKind.Done, (await _desk.Get<WishForMail>().RunAsync(false, await _desk.As(_desk.Asha))).Kind);
        await _desk.NotifyAsync(_desk.Asha, "Jonas Weber", NotificationKind.GoingStale);
        Assert.Equal(0, await SendAsync());
    }

    [Fact]
    public async Task Who_cannot_sign_in_any_more_gets_no_mail()
    {
        await WishAsync(_desk.Asha);
        await _desk.NotifyAsync(_desk.Asha, "Lena", NotificationKind.GoingStale);
        await _desk.Get<Transactor>().RunAsync(Actor.System("test"), async work => (await work.Db.Employees.FirstAsync(e => e.Id == _desk.Asha.Id)).SetActive(false));

        Assert.Equal(0, await SendAsync());
        Assert.Empty(_smtp.Taken);
    }

    [Fact]
    public async Task One_recipient_who_is_refused_does_not_stop_the_others_and_is_tried_again()
    {
        await WishAsync(_desk.Meera);
        await WishAsync(_desk.Iris);
        await _desk.AskAsync(await _desk.LeadAsync("Lena Fischer", _desk.Asha));
        _smtp.Refuses.Add("meera@leaddesk.test");

        Assert.Equal(1, await SendAsync());
        Assert.Null((await _desk.InboxAsync(_desk.Meera)).Single().MailedAt);
        _smtp.Refuses.Clear();
        Assert.Equal(1, await SendAsync());

        Assert.Equal(["iris@leaddesk.test", "meera@leaddesk.test"], _smtp.Taken.Select(m => m.To));
        await _desk.AskAsync(await _desk.LeadAsync("Jonas Weber", _desk.Asha));
        _desk.Wait(TimeSpan.FromDays(1) + TimeSpan.FromSeconds(1));
        Assert.Equal(0, await SendAsync());
    }

    [Fact]
    public async Task A_server_that_is_not_there_leaves_everything_for_the_next_look()
    {
        await WishAsync(_desk.Meera);
        await _desk.AskAsync(await _desk.LeadAsync("Lena Fischer", _desk.Asha));
        var options = _desk.Get<IOptions<MailOptions>>().Value;
        options.Port = 1;

        await Assert.ThrowsAnyAsync<Exception>(SendAsync);
        options.Port = _smtp.Port;

        Assert.Equal(1, await SendAsync());
    }

    [Fact]
    public async Task Names_with_line_ends_end_no_header()
    {
        await WishAsync(_desk.Meera);
        await _desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            var meera = await work.Db.Employees.FirstAsync(e => e.Id == _desk.Meera.Id);
            return meera.Edit("Meera\r\nBcc: evil@example.com\r\n\r\nHello", meera.Email, meera.Roles, meera.TeamId, meera.TimeZone);
        });
        await _desk.AskAsync(await _desk.LeadAsync("Lena\r\nBcc: evil@example.com", _desk.Asha));

        await SendAsync();

        var (to, mail) = Read(Assert.Single(_smtp.Taken));
        Assert.Equal("meera@leaddesk.test", to);
        Assert.Empty(mail.Bcc);
        Assert.Equal("Asha asks to put VIP on Lena  Bcc: evil@example.com", mail.Subject);
        Assert.Equal("Meera  Bcc: evil@example.com    Hello", Assert.IsType<MailboxAddress>(Assert.Single(mail.To)).Name);
        Assert.DoesNotContain("\nBcc:", _smtp.Taken[0].Text, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Without_a_server_nothing_is_looked_for()
    {
        _desk.Get<IOptions<MailOptions>>().Value.Host = "";
        await WishAsync(_desk.Meera);
        await _desk.AskAsync(await _desk.LeadAsync("Lena Fischer", _desk.Asha));

        Assert.Equal(0, await SendAsync());
        Assert.Empty(_smtp.Taken);
    }

    [Fact]
    public async Task The_server_looks_by_itself_once_a_minute()
    {
        await using var server = await DeskServer.StartAsync(new Dictionary<string, string> { ["Mail:Host"] = "127.0.0.1", ["Mail:Port"] = $"{_smtp.Port}", ["Mail:Security"] = "None", ["Mail:From"] = "desk@leaddesk.test" });
        await server.Get<WishForMail>().RunAsync(true, await server.Desk.As(server.Desk.Meera));
        await server.Desk.AskAsync(await server.Desk.LeadAsync("Lena Fischer", server.Desk.Asha));

        await server.AdvanceAsync(TimeSpan.FromMinutes(1));

        await Until.TrueAsync(() => _smtp.Taken.Count == 1, "the mail to Meera");
    }

    private async Task WishAsync(Employee who) => Assert.Equal(OutcomeKind.Done, (await _desk.Get<WishForMail>().RunAsync(true, await _desk.As(who))).Kind);

    private Task<int> SendAsync() => _desk.Get<NotificationMail>().RunAsync();

    private static (string To, MimeMessage Mail) Read((string To, string Text) taken)
    {
        using var stream = new MemoryStream(System.Text.Encoding.Latin1.GetBytes(taken.Text));
        return (taken.To, MimeMessage.Load(stream));
    }
}
