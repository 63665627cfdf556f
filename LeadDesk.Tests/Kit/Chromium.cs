using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace LeadDesk.Tests.Kit;

/// <summary>
/// One installed Chromium for the whole test run, started when a test first asks for a person; nothing is downloaded.
/// <c>LEADDESK_CHROMIUM</c> names another program than Debian's. A test that asks where there is none is skipped, with the reason.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage"
    ];

    private readonly Lazy<Task<(IPlaywright Driver, IBrowser Browser)>> _started = new(StartAsync);

    /// <summary>A browser of one person's own: own cookies, own storage. A narrow look has a finger instead of a mouse.</summary>
    /// <param name="look">Size and colours.</param>
    /// <param name="address">What relative addresses start with, such as <c>http://127.0.0.1:5080</c>.</param>
    /// <param name="adjust">Anything else about the browser: script off, another zone or language.</param>
    public async Task<Person> PersonAsync(Look look, string? address = null, Action<BrowserNewContextOptions>? adjust = null)
    {
        Assert.SkipWhen(Program is null, "Chromium is not installed: apt-get install chromium");
        var (_, browser) = await _started.Value;
        var options = new BrowserNewContextOptions
        {
            BaseURL = address,
            ViewportSize = look.Size,
            ColorScheme = look.Scheme,
            HasTouch = !look.Wide,
            IsMobile = !look.Wide,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            TimezoneId = "Etc/UTC"
        };
        adjust?.Invoke(options);
        var context = await browser.NewContextAsync(options);
        return new Person(look, context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully)
            return;

        var (driver, browser) = await _started.Value;
        await browser.CloseAsync();
        driver.Dispose();
    }

    private static string? Program { get; } =
        Environment.GetEnvironmentVariable("LEADDESK_CHROMIUM") is { Length: > 0 } named
            ? named
            : new[] { "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome" }.FirstOrDefault(File.Exists);

    private static async Task<(IPlaywright, IBrowser)> StartAsync()
    {
        var driver = await Playwright.CreateAsync();
        return (driver, await driver.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags, Headless = true }));
    }
}
