using Bunit;
using LeadDesk.App.Ui;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace LeadDesk.Tests.Ui;

public sealed class PiecesTests : IAsyncLifetime
{
    private readonly UiPage _page = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Theory]
    [InlineData("Ana Costa", "AC")]
    [InlineData("ben", "BE")]
    [InlineData("Maria del Carmen Ruiz", "MR")]
    [InlineData("ítalo Ñuñez", "ÍÑ")]
    [InlineData("x", "X")]
    [InlineData("", "")]
    [InlineData("👩‍💻 Lee", "👩‍💻L")]
    public void Initials_are_the_first_letters_of_the_first_and_last_word(string name, string initials) => Assert.Equal(initials, Initials.Of(name));

    [Fact]
    public void Initials_say_the_name_unless_it_stands_beside()
    {
        var alone = _page.Render<Initials>(p => p.Add(i => i.Name, "Ana Costa"));
        var beside = _page.Render<Initials>(p => p.Add(i => i.Name, "Ana Costa").Add(i => i.Beside, true));

        Assert.Equal("Ana Costa", alone.Find("span").GetAttribute("aria-label"));
        Assert.Equal("true", beside.Find("span").GetAttribute("aria-hidden"));
    }

    [Theory]
    [InlineData(0.153, TimeStep.Stale, "15%", "f4")]
    [InlineData(1.7, TimeStep.Plenty, "100%", "f1")]
    [InlineData(0.4, TimeStep.Due, "0%", "f5")]
    public void A_fuse_is_as_long_as_what_is_left(double share, TimeStep step, string width, string css)
    {
        var fuse = _page.Render<Fuse>(p => p.Add(f => f.Share, share).Add(f => f.Step, step));

        Assert.Equal(width, fuse.Find("rect").GetAttribute("width"));
        Assert.Contains(css, fuse.Find("svg").ClassList);
        Assert.Equal("true", fuse.Find("svg").GetAttribute("aria-hidden"));
    }

    [Fact]
    public void A_fuse_alone_is_read_out()
    {
        var fuse = _page.Render<Fuse>(p => p.Add(f => f.Share, 0.5).Add(f => f.Step, TimeStep.Ok).Add(f => f.Alone, "2 d 16 h left"));

        Assert.Equal("2 d 16 h left", fuse.Find("svg[role=img]").GetAttribute("aria-label"));
    }

    [Fact]
    public void A_countdown_carries_its_instants_and_the_words_of_the_first_paint()
    {
        var now = _page.Clock.GetUtcNow();
        var clock = new Countdown(now.AddDays(-6), now.AddDays(-1), now.AddHours(-1), now + new TimeSpan(18, 24, 0));
        var time = _page.Render<TimeLeft>(p => p.Add(t => t.Clock, clock).Add(t => t.Now, now).Add(t => t.Card, true)).Find("time");

        Assert.Equal("18 h", time.TextContent);
        Assert.Contains("t4", time.ClassList);
        Assert.Equal(clock.Due.ToUnixTimeMilliseconds().ToString(System.Globalization.CultureInfo.InvariantCulture), time.GetAttribute("data-due"));
        Assert.Equal("Retires tomorrow at 08:36", time.GetAttribute("data-says"));
    }

    [Fact]
    public void A_strip_is_there_only_when_something_waits()
    {
        var shown = 0;
        var strip = _page.Render<Strip>(p => p.Add(s => s.Count, 0).Add(s => s.OnShow, () => shown++));
        Assert.Empty(strip.FindAll("button"));

        strip.Render(p => p.Add(s => s.Count, 3));
        strip.Find("button").Click();

        Assert.Equal("3 new, show", strip.Find("button").TextContent.Trim());
        Assert.Equal(1, shown);
    }

    [Fact]
    public void The_bulk_bar_turns_into_the_query()
    {
        var bar = _page.Render<BulkBar>(p => p.Add(b => b.Count, 3).Add(b => b.AllText, "All 40 that match"));
        Assert.Contains("3 selected", bar.Find("[role=toolbar]").TextContent, StringComparison.Ordinal);
        Assert.Equal("All 40 that match", bar.Find(".ld-link").TextContent);

        bar.Render(p => p.Add(b => b.Count, 40).Add(b => b.AsFiltered, true));

        Assert.Contains("40 selected, as filtered", bar.Find("[role=toolbar]").TextContent, StringComparison.Ordinal);
        Assert.Empty(bar.FindAll(".ld-link"));
    }

    [Fact]
    public void A_failed_face_tries_again_once_at_a_time()
    {
        var again = new TaskCompletionSource();
        var calls = 0;
        var face = _page.Render<FailedFace>(p => p.Add(f => f.Sentence, "The board could not be read.").Add(f => f.OnAgain, () => { calls++; return again.Task; }));

        face.Find("button").Click();
        Assert.True(face.Find("button").HasAttribute("disabled"));

        again.SetResult();
        face.WaitForAssertion(() => Assert.False(face.Find("button").HasAttribute("disabled")));
        Assert.Equal(1, calls);
    }

    [Theory]
    [InlineData(Tone.Refused, "alert")]
    [InlineData(Tone.Failed, "alert")]
    [InlineData(Tone.Done, "status")]
    [InlineData(Tone.Kept, "status")]
    public void A_refusal_is_read_out_at_once(Tone tone, string role)
    {
        var said = _page.Render<Said>(p => p.Add(s => s.Sentence, "Sven is not in pool VIP.").Add(s => s.Tone, tone));

        Assert.Equal(role, said.Find(".ld-said").GetAttribute("role"));
        Assert.Contains("Sven is not in pool VIP.", said.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_said_shows_nothing() => Assert.Empty(_page.Render<Said>(p => p.Add(s => s.Sentence, null)).Markup.Trim());

    [Fact]
    public async Task The_region_speaks_at_once_and_then_sums_up()
    {
        var region = _page.Render<LiveRegion>();
        string Spoken() => region.Find("[aria-live]").TextContent;

        await region.Instance.SayAsync("Moved to Qualified.");
        Assert.Equal("Moved to Qualified.", Spoken());

        foreach (var n in Enumerable.Range(1, 3)) await region.Instance.SayAsync($"Change {n}.");
        _page.Clock.Advance(LiveRegion.Pause - TimeSpan.FromMilliseconds(1));
        Assert.Equal("Moved to Qualified.", Spoken());

        _page.Clock.Advance(TimeSpan.FromMilliseconds(1));
        region.WaitForAssertion(() => Assert.Equal("3 changes. Change 3.", Spoken()));
    }

    [Fact]
    public async Task A_question_is_answered_by_its_verbs()
    {
        var provider = _page.Render<MudDialogProvider>();
        var dialogs = _page.Services.GetRequiredService<IDialogService>();

        Task<bool> Ask() => provider.InvokeAsync(() => ConfirmDialog.AskAsync(dialogs, "Sign out Ana Costa", "Her 2 open screens close.", "Sign her out", danger: true));

        var yes = Ask();
        provider.WaitForElement(".ld-btn.danger").Click();
        Assert.True(await yes);

        var no = Ask();
        provider.WaitForElement(".ld-btn.danger");
        Assert.Equal("Leave it", provider.FindAll(".mud-dialog-actions button")[0].TextContent);
        provider.FindAll(".mud-dialog-actions button")[0].Click();
        Assert.False(await no);
    }
}
