using Bunit;
using LeadDesk.App.Live;
using LeadDesk.Tests.Ui;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadDesk.Tests.Live;

public sealed class ListenToTests
{
    private static readonly Topic Asha = Topic.Owner(new(7));
    private static readonly Topic Ravi = Topic.Owner(new(8));

    [Fact]
    public async Task It_calls_on_the_circuit_and_renders_nothing()
    {
        await using var page = new UiPage();
        var (feed, heard) = (Feed(page), new TaskCompletionSource<bool>());
        IRenderedComponent<ListenTo> listener = null!;
        listener = page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, _ =>
        {
            heard.TrySetResult(page.Renderer.Dispatcher.CheckAccess());
            return Task.CompletedTask;
        }));

        feed.Publish(Commits.Comment(1, owner: 7));

        Assert.True(await heard.Task.WaitAsync(Xunit.TestContext.Current.CancellationToken));
        Assert.Equal("", listener.Markup);
        Assert.Equal(1, listener.RenderCount);
    }

    [Fact]
    public async Task It_listens_anew_when_its_topics_change_and_not_when_they_are_the_same()
    {
        await using var page = new UiPage();
        var (feed, heard) = (Feed(page), new Heard());
        var listener = page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, heard.Of("first")));

        listener.Render(p => p.Add(l => l.Topics, new HashSet<Topic> { Asha }));
        Assert.Equal(1, feed.ListenerCount(Asha));
        listener.Render(p => p.Add(l => l.Topics, [Ravi]).Add(l => l.OnChange, heard.Of("second")));

        Assert.Equal((0, 1), (feed.ListenerCount(Asha), feed.ListenerCount(Ravi)));
        feed.Publish(Commits.Comment(1, owner: 8));
        Assert.Equal("second", await heard.NextAsync());
    }

    [Fact]
    public async Task What_was_committed_while_the_screen_read_for_its_new_topics_wakes_it_once_more()
    {
        await using var page = new UiPage();
        var (feed, heard) = (Feed(page), new Heard());
        var listener = page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, heard.Of("read again")));

        feed.Publish(Commits.Comment(1, owner: 8));
        listener.Render(p => p.Add(l => l.Topics, [Ravi]));

        Assert.Equal("read again", await heard.NextAsync());
    }

    [Fact]
    public async Task What_was_committed_while_the_screen_opened_wakes_it_once_more()
    {
        await using var page = new UiPage();
        var (feed, heard) = (Feed(page), new Heard());

        feed.Publish(Commits.Comment(1, owner: 7));
        page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, heard.Of("read again")));

        Assert.Equal("read again", await heard.NextAsync());
    }

    [Fact]
    public async Task After_dispose_it_is_not_called_and_nobody_listens()
    {
        await using var page = new UiPage();
        var (feed, heard) = (Feed(page), new Heard());
        var screen = page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, heard.Of("screen")));
        using var witness = feed.Subscribe([Topic.Retired], heard.Of("witness"));

        // Woken while the circuit is busy, gone before its turn comes.
        await screen.InvokeAsync(() =>
        {
            feed.Publish(Commits.Comment(1, owner: 7));
            screen.Instance.Dispose();
        });
        feed.Publish(Commits.Comment(2, owner: 7));
        feed.Publish(Commits.Of(Topic.Retired));

        Assert.Equal("witness", await heard.NextAsync());
        feed.Publish(Commits.Of(Topic.Retired));
        Assert.Equal("witness", await heard.NextAsync());
        Assert.Equal(0, feed.ListenerCount(Asha));
    }

    [Fact]
    public async Task A_screen_that_is_gone_can_be_collected()
    {
        var feed = new ChangeFeed(NullLogger<ChangeFeed>.Instance, TimeProvider.System);
        var screen = await OpenAndLeaveAsync(feed);

        for (var i = 0; i < 20 && screen.IsAlive; i++)
        {
            feed.Publish(Commits.Comment(i, owner: 7));
            await Task.Yield();
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(screen.IsAlive);
        Assert.Equal(0, feed.TopicCount);

        static async Task<WeakReference> OpenAndLeaveAsync(ChangeFeed feed)
        {
            await using var page = new UiPage();
            page.Services.AddSingleton(feed);
            var heard = new Heard();
            page.Render<ListenTo>(p => p.Add(l => l.Topics, [Asha]).Add(l => l.OnChange, heard.Of("screen")));
            feed.Publish(Commits.Comment(1, owner: 7));
            await heard.NextAsync();
            return new(heard);
        }
    }

    private static ChangeFeed Feed(UiPage page)
    {
        var feed = new ChangeFeed(NullLogger<ChangeFeed>.Instance, TimeProvider.System);
        page.Services.AddSingleton(feed);
        return feed;
    }

    private sealed class Heard
    {
        private readonly System.Threading.Channels.Channel<string> _calls = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public Func<Wave, Task> Of(string who) => wave => _calls.Writer.WriteAsync(who).AsTask();

        public async Task<string> NextAsync() => await _calls.Reader.ReadAsync(Xunit.TestContext.Current.CancellationToken);
    }
}
