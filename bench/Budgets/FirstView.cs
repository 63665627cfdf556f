using System.Diagnostics;
using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using Microsoft.Playwright;

namespace LeadDesk.Bench.Budgets;

/// <summary>The published program, a real browser with an empty cache, and everything the server sends until the board stands and is quiet.</summary>
public sealed class FirstView() : Budget("12", "first view of the board: bytes over the wire")
{
    private static readonly TimeSpan _quiet = TimeSpan.FromSeconds(2);

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-bench-published-").FullName;
        await using var desk = await store.CopyAsync(store.Options.Small);
        await desk.CloseAsync();
        Process? server = null;
        try
        {
            await PublishAsync(folder);
            var port = CountingProxy.FreePort();
            server = Serve(desk, folder, port);
            await ReadyAsync(port);
            var bytes = new List<double>();
            for (var n = 0; n < 3; n++)
            {
                await using var proxy = new CountingProxy(port);
                bytes.Add(await FirstAsync(proxy));
            }

            var kilobytes = new Times(bytes).Median / 1000;
            yield return new(Name, "first view of the board in a browser, published, empty cache, fonts included: bytes over the wire", $"{kilobytes:0} KB", "", kilobytes, 1_000, 400, "KB");
        }
        finally
        {
            server?.Kill(entireProcessTree: true);
            server?.Dispose();
            Directory.Delete(folder, true);
        }
    }

    private static async Task PublishAsync(string folder)
    {
        var root = Table.Repository() ?? throw new InvalidOperationException("The sources are not here, so nothing can be published.");
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", Path.Combine(root, "LeadDesk.App"), "-c", "Release", "-o", folder, "-v", "q", "-nologo"]) { RedirectStandardOutput = true })!;
        var said = await publish.StandardOutput.ReadToEndAsync();
        await publish.WaitForExitAsync();
        if (publish.ExitCode != 0)
        {
            throw new InvalidOperationException(said);
        }
    }

    private static Process Serve(BenchDesk desk, string folder, int port) => Process.Start(new ProcessStartInfo("dotnet",
    [
        Path.Combine(folder, "LeadDesk.App.dll"), "--urls", $"http://127.0.0.1:{port}", "--Database:Provider", desk.Provider.ToString(), "--Database:ConnectionString", desk.ConnectionString,
        "--Demo:Enabled", "true", "--Logging:LogLevel:Default", "Error",
    ])
    { WorkingDirectory = folder, RedirectStandardOutput = true })!;

    private static async Task ReadyAsync(int port)
    {
        using var http = new HttpClient();
        for (var attempt = 0; attempt < 120; attempt++)
        {
            try
            {
                if ((await http.GetAsync(new Uri($"http://127.0.0.1:{port}/health/ready"))).IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
            }

            await Task.Delay(500);
        }

        throw new InvalidOperationException("The published program did not come up.");
    }

    private static async Task<double> FirstAsync(CountingProxy proxy)
    {
        var program = Environment.GetEnvironmentVariable("LEADDESK_CHROMIUM") ?? "/usr/bin/chromium";
        var visitor = await Visitor.SignInAsync(proxy.Address, "agent@leaddesk.local", CircuitDesk.Password);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = program, Args = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"] });
        var context = await browser.NewContextAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await context.AddCookiesAsync(visitor.Cookies.GetCookies(proxy.Address).Select(c => new Cookie { Name = c.Name, Value = c.Value, Url = proxy.Address.ToString() }));
        var page = await context.NewPageAsync();
        var before = proxy.Bytes;
        await page.GotoAsync(new Uri(proxy.Address, "board").ToString());
        await page.Locator("[data-lead-id]").First.WaitForAsync();
        for (var (seen, since) = (proxy.Bytes, Stopwatch.GetTimestamp()); Stopwatch.GetElapsedTime(since) < _quiet; await Task.Delay(100))
        {
            if (proxy.Bytes != seen)
            {
                (seen, since) = (proxy.Bytes, Stopwatch.GetTimestamp());
            }
        }

        return proxy.Bytes - before;
    }
}
