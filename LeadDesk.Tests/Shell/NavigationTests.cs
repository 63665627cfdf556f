using Bunit;
using LeadDesk.App.Shell;
using LeadDesk.Tests.Ui;
using Microsoft.AspNetCore.Http;

namespace LeadDesk.Tests.Shell;

public sealed class NavigationTests : IAsyncLifetime
{
    private static readonly SignedIn Ana = new("Ana Costa", "Agent, team North", true, false, false, false);
    private static readonly SignedIn Otto = new("Otto Thorsen", "Team Lead, team North", false, true, false, false);
    private static readonly SignedIn Maya = new("Maya Keller", "Sales Manager", false, false, true, false);
    private static readonly SignedIn Iris = new("Iris Aydin", "Admin", false, false, false, true);

    private readonly UiPage _page = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public void Each_role_has_its_own_screens_in_order()
    {
        string[] all = ["Board", "Leads", "Going stale", "Approvals", "Retired", "Assign", "Import", "Settings", "People"];

        Assert.Equal(["Board", "Leads", "Going stale"], Words(Ana));
        Assert.Equal(["Board", "Leads", "Going stale", "Retired"], Words(Otto));
        Assert.Equal(all, Words(Maya));
        Assert.Equal(all, Words(Iris));
        Assert.Equal(["Board", "Leads", "Going stale", "Retired"], Words(Ana with { IsTeamLead = true }));
    }

    [Fact]
    public void A_counter_shows_what_waits_and_nothing_at_zero()
    {
        var nav = _page.Render<NavMenu>(p => p.Add(n => n.Me, Maya).Add(n => n.Counters, new Dictionary<string, int> { ["retired"] = 23, ["leads"] = 0, ["import"] = 40, ["nothing"] = 9 }));

        Assert.Equal(["23", "40 %"], nav.FindAll(".ld-count").Select(c => c.TextContent));
        Assert.Equal("Retired23", nav.Find("[href=retired]").TextContent.Trim());
    }

    [Fact]
    public void The_foot_has_four_screens_and_more()
    {
        var more = 0;
        var foot = _page.Render<FootMenu>(p => p.Add(f => f.Me, Maya).Add(f => f.OnMore, () => more++));
        foot.Find("button").Click();

        Assert.Equal(["Board", "Leads", "Going stale", "Approvals", "More"], foot.FindAll(".ld-foot-item").Select(i => i.TextContent.Trim()));
        Assert.Equal(1, more);
    }

    [Fact]
    public void The_way_out_is_a_form_that_posts()
    {
        var nav = _page.Render<NavMenu>(p => p.Add(n => n.Me, Ana));
        Assert.Empty(nav.FindAll("form"));

        nav.Find("[data-testid=account]").Click();

        Assert.Equal(("post", "account/sign-out"), (nav.Find("form").GetAttribute("method"), nav.Find("form").GetAttribute("action")));
        Assert.Contains("Agent, team North", nav.Find("[data-testid=account]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void The_theme_of_the_cookie_is_the_one_shown_as_chosen()
    {
        _page.RenderTree.Add<Microsoft.AspNetCore.Components.CascadingValue<Look>>(p => p.Add(c => c.Value, new Look("dark", null, false)));
        var nav = _page.Render<NavMenu>(p => p.Add(n => n.Me, Ana));
        nav.Find("[data-testid=account]").Click();

        Assert.Equal("dark", nav.Find("[data-theme-set][aria-pressed=true]").GetAttribute("data-theme-set"));
        Assert.Equal("false", nav.Find("[data-keys-set]").GetAttribute("aria-pressed"));
        Assert.Equal("on", nav.Find("[data-keys-set]").GetAttribute("data-keys-set"));

        nav.Find("[data-theme-set=light]").Click();
        Assert.Equal("light", nav.Find("[data-theme-set][aria-pressed=true]").GetAttribute("data-theme-set"));
    }

    [Theory]
    [InlineData(null, "system")]
    [InlineData("dark", "dark")]
    [InlineData("light", "light")]
    [InlineData("\"><script>", "system")]
    public void A_cookie_names_a_theme_or_none(string? cookie, string theme)
    {
        var context = new DefaultHttpContext();
        if (cookie is not null) context.Request.Headers.Cookie = $"ld-theme={Uri.EscapeDataString(cookie)}; ld-nav=rail; ld-keys=off";

        var look = Look.Of(context.Request.Cookies);

        Assert.Equal(theme, look.Theme);
        Assert.Equal(cookie is null ? null : "rail", look.Nav);
        Assert.Equal(cookie is null, look.SingleKeys);
    }

    private IEnumerable<string> Words(SignedIn me) => _page.Render<NavMenu>(p => p.Add(n => n.Me, me)).FindAll(".ld-nav-item .ld-word").Select(w => w.TextContent);
}
