using Bunit;
using LeadDesk.App.Shell;
using LeadDesk.App.Ui;
using LeadDesk.Tests.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Shell;

public sealed class FrameTests : IAsyncLifetime
{
    private static readonly SignedIn Maya = new("Maya Keller", "Sales Manager", false, false, true, false);

    private readonly UiPage _page = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => _page.DisposeAsync();

    [Fact]
    public void A_page_fills_the_bar_with_its_title_its_fact_and_its_acts()
    {
        var frame = Show(b =>
        {
            b.OpenComponent<PageHead>(0);
            b.AddComponentParameter(1, "Title", "Board");
            b.AddComponentParameter(2, "Fact", "180 open leads in North");
            b.CloseComponent();
        });

        Assert.Equal("Board", frame.Find(".ld-bar h1").TextContent);
        Assert.Equal("180 open leads in North", frame.Find(".ld-bar .ld-quiet").TextContent);
        Assert.Equal("Live", frame.Find(".ld-bar [data-connection-word]").TextContent);
    }

    [Fact]
    public void More_opens_the_navigation_and_a_choice_closes_it()
    {
        var frame = Show(_ => { });
        bool Open() => frame.Find(".ld-nav").HasAttribute("data-open");
        Assert.False(Open());

        frame.Find(".ld-foot button").Click();
        Assert.True(Open());

        _page.Services.GetRequiredService<NavigationManager>().NavigateTo("leads");
        Assert.False(Open());
    }

    [Fact]
    public void A_broken_screen_says_so_and_the_frame_stays()
    {
        var broken = true;
        var frame = Show(b =>
        {
            b.OpenComponent<Breaks>(0);
            b.AddComponentParameter(1, "Now", () => broken);
            b.CloseComponent();
        });
        Assert.Contains("This screen could not be shown.", frame.Find("[data-testid=failed]").TextContent, StringComparison.Ordinal);
        Assert.NotEmpty(frame.FindAll(".ld-nav-item"));

        broken = false;
        frame.Find("[data-testid=failed] button").Click();

        Assert.Equal("whole", frame.Find("main p").TextContent);
    }

    [Fact]
    public void A_stranger_sees_no_navigation()
    {
        var frame = _page.Render<MainLayout>(p => p.Add(l => l.Body, b => b.AddContent(0, "x")));

        Assert.Empty(frame.FindAll(".ld-nav, .ld-foot"));
    }

    [Fact]
    public async Task A_browser_that_answers_nothing_is_no_error()
    {
        var js = new SilentBrowser();
        await using var module = await BrowserModule.OpenAsync(js, "board.js");
        await module.CallAsync("init", 1);

        Assert.Equal(["import"], js.Asked);
    }

    private IRenderedComponent<MainLayout> Show(RenderFragment body)
    {
        _page.RenderTree.Add<CascadingValue<SignedIn>>(p => p.Add(c => c.Value, Maya));
        return _page.Render<MainLayout>(p => p.Add(l => l.Body, body));
    }

    private sealed class Breaks : ComponentBase
    {
        [Parameter] public Func<bool> Now { get; set; } = () => false;

        protected override void BuildRenderTree(Microsoft.AspNetCore.Components.Rendering.RenderTreeBuilder builder)
        {
            if (Now()) throw new InvalidOperationException("broken");
            builder.AddMarkupContent(0, "<p>whole</p>");
        }
    }

    private sealed class SilentBrowser : Microsoft.JSInterop.IJSRuntime
    {
        public List<string> Asked { get; } = [];

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, object?[]? args) => InvokeAsync<TValue>(identifier, default, args);

        public ValueTask<TValue> InvokeAsync<TValue>(string identifier, CancellationToken cancellationToken, object?[]? args)
        {
            Asked.Add(identifier);
            return ValueTask.FromResult<TValue>(default!);
        }
    }
}
