using Bunit;
using LeadDesk.App.Notifications;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Requests;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LeadDesk.Tests.Notifications;

public sealed class BellTests
{
    [Fact]
    public async Task The_count_is_live_and_only_of_ones_own()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Asha);
        var bell = page.Render<Bell>();
        bell.WaitForElement("[data-testid=bell]");
        Assert.Equal("Notifications", bell.Find("[data-testid=bell]").GetAttribute("aria-label"));

        await desk.NotifyAsync(desk.Ravi, "Not mine");
        await desk.NotifyAsync(desk.Asha, "Lena Fischer");

        bell.WaitForAssertion(() => Assert.Equal(("Notifications, 1 unread", "1"), (bell.Find("[data-testid=bell]").GetAttribute("aria-label"), bell.Find("sup").TextContent)));
    }

    [Fact]
    public async Task An_empty_inbox_says_so()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Asha);

        var bell = await OpenAsync(page);

        Assert.Equal("Nothing new.", bell.Find("[data-testid=inbox] [data-testid=empty] p").TextContent);
        Assert.Equal("true", bell.Find("[data-testid=bell]").GetAttribute("aria-expanded"));
        await bell.Find(".ld-pop-veil").ClickAsync(new MouseEventArgs());
        Assert.Empty(bell.FindAll("[data-testid=inbox]"));
    }

    [Fact]
    public async Task The_keys_read_one_and_all_and_nothing_moves_while_it_is_open()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        foreach (var name in new[] { "Yesterday", "Lena", "Jonas" })
        {
            await desk.NotifyAsync(desk.Asha, name);
            desk.Wait(name == "Yesterday" ? TimeSpan.FromDays(1) : TimeSpan.FromMinutes(5));
        }

        await using var page = new DeskPage(desk, desk.Asha);
        var bell = await OpenAsync(page);
        Assert.Equal(["New today", "New yesterday"], bell.FindAll("h3").Select(h => h.TextContent));
        Assert.Equal(["Meera assigned you Jonas", "Meera assigned you Lena", "Meera assigned you Yesterday"], Sentences(bell));

        Assert.Equal("letters", bell.Find("[data-testid=inbox]").GetAttribute("data-walk"));
        await bell.FindAll("[data-testid=line] a[data-walk-to]")[1].FocusAsync(new FocusEventArgs());
        await KeyAsync(bell, "e");
        Assert.Equal(3, bell.FindAll("[data-testid=line]").Count);
        Assert.Equal(["unread", "", "unread"], bell.FindAll("[data-testid=line]").Select(l => l.GetAttribute("class") ?? ""));
        Assert.Equal("2", bell.Find("sup").TextContent);
        await KeyAsync(bell, "E");

        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll("sup, .unread")));
        Assert.All(await desk.InboxAsync(desk.Asha), n => Assert.NotNull(n.ReadAt));
    }

    [Fact]
    public async Task Opening_a_line_reads_it_and_its_link_leads_to_the_lead()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.NotifyAsync(desk.Asha, "Lena", NotificationKind.RequestApproved);
        await using var page = new DeskPage(desk, desk.Asha);
        var bell = await OpenAsync(page);
        Assert.Equal("leads/7", bell.Find("[data-testid=line] a").GetAttribute("href"));

        await bell.Find("[data-testid=line] a").ClickAsync(new MouseEventArgs());

        bell.WaitForAssertion(() => Assert.Empty(bell.FindAll("[data-testid=inbox], sup")));
        Assert.NotNull((await desk.InboxAsync(desk.Asha)).Single().ReadAt);
    }

    [Fact]
    public async Task What_comes_while_it_is_open_stands_on_top()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.NotifyAsync(desk.Asha, "First");
        await using var page = new DeskPage(desk, desk.Asha);
        var bell = await OpenAsync(page);
        desk.Wait(TimeSpan.FromMinutes(1));

        await desk.NotifyAsync(desk.Asha, "Second");

        bell.WaitForAssertion(() => Assert.Equal(["Meera assigned you Second", "Meera assigned you First"], Sentences(bell)));
    }

    [Fact]
    public async Task Mail_is_offered_only_where_there_is_a_mail_server()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using (var page = new DeskPage(desk, desk.Asha))
        {
            Assert.Empty((await OpenAsync(page)).FindAll("[data-testid=by-mail]"));
        }

        await using var other = new DeskPage(desk, desk.Asha);
        other.Services.GetRequiredService<IOptions<MailOptions>>().Value.Host = "mail.example";
        var bell = await OpenAsync(other);
        await bell.Find("[data-testid=by-mail]").ChangeAsync(new() { Value = true });

        Assert.True(await desk.Get<MailWishQuery>().IsOnAsync(await desk.As(desk.Asha)));
        Assert.False(await desk.Get<MailWishQuery>().IsOnAsync(await desk.As(desk.Ravi)));
    }

    private static async Task<IRenderedComponent<Bell>> OpenAsync(DeskPage page)
    {
        var bell = page.Render<Bell>();
        await bell.WaitForElementAsync("[data-testid=bell]");
        await bell.Find("[data-testid=bell]").ClickAsync(new MouseEventArgs());
        await bell.WaitForElementAsync("[data-testid=inbox]");
        return bell;
    }

    private static Task KeyAsync(IRenderedComponent<Bell> bell, string key) => bell.Find("[data-testid=inbox]").KeyDownAsync(new KeyboardEventArgs { Key = key });

    private static IEnumerable<string> Sentences(IRenderedComponent<Bell> bell) => bell.FindAll("[data-testid=line] .what").Select(w => w.TextContent.Replace("Unread: ", "", StringComparison.Ordinal).Trim());
}
