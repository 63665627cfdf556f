using System.Diagnostics;
using System.Globalization;
using LeadDesk.App;
using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Circuits.Bare;
using LeadDesk.Bench.Soak;
using LeadDesk.Domain.Basics;

namespace LeadDesk.Bench.Circuits;

/// <summary>The other end of <see cref="ServerProcess"/>: the desk, or the barest page there is.</summary>
internal static class Serving
{
    public static async Task<int> DeskAsync(string provider, string connection)
    {
        await using var app = await StartAsync(provider, connection, "12:00:00");
        await AnswerAsync(app, async words =>
        {
            var (lead, tag, by) = (new LeadId(long.Parse(words[1], CultureInfo.InvariantCulture)), new TagId(long.Parse(words[2], CultureInfo.InvariantCulture)),
                new EmployeeId(long.Parse(words[3], CultureInfo.InvariantCulture)));
            var (leads, actor) = (LeadSelection.Of(lead), (await app.Services.GetRequiredService<DeskDirectory>().ActorAsync(by))!);
            LeadOrder order = words[0] == "tag" ? new TagLeads(leads, tag) : new UntagLeads(leads, tag);
            var outcome = await app.Services.GetRequiredService<ActOnLeads>().RunAsync(order, actor);
            return outcome.Kind is OutcomeKind.Done ? 0 : throw new InvalidOperationException(outcome.Refusal?.Sentence ?? "nothing changed");
        });
        await app.StopAsync();
        return 0;
    }

    /// <summary>The desk with its sweeps, with people who work inside it, and with somebody who watches the thread pool.</summary>
    public static async Task<int> SoakAsync(string provider, string connection)
    {
        await using var app = await StartAsync(provider, connection, "00:00:03");
        var (writers, pool) = (new Writers(app.Services), new PoolWatch());
        await AnswerAsync(app, async words =>
        {
            switch (words[0])
            {
                case "work":
                    await writers.StartAsync();
                    return 0;
                case "rest":
                    await writers.StopAsync();
                    return 0;
                case "watch":
                    pool.Forget();
                    return 0;
                default:
                    return words[0] switch
                    {
                        "done" => writers.Done,
                        "refused" => writers.Refused,
                        "failed" => writers.Failed,
                        "p95" => writers.P95,
                        "lost" => await writers.LostAsync(),
                        "delay" => pool.LongestDelay,
                        "queue" => pool.LongestQueue,
                        "threads" => pool.MostThreads,
                        "resident" => Environment.WorkingSet,
                        _ => throw new InvalidOperationException("unknown"),
                    };
            }
        });
        await app.StopAsync();
        return 0;
    }

    public static async Task<int> BareAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.Services.AddRazorComponents().AddInteractiveServerComponents();
        builder.Services.AddSingleton<BareNews>();
        await using var app = builder.Build();
        app.UseAntiforgery();
        app.MapRazorComponents<BareApp>().AddInteractiveServerRenderMode();
        await app.StartAsync();
        await AnswerAsync(app, _ =>
        {
            app.Services.GetRequiredService<BareNews>().Tell();
            return Task.FromResult(0.0);
        });
        await app.StopAsync();
        return 0;
    }

    private static async Task<WebApplication> StartAsync(string provider, string connection, string sweepInterval)
    {
        var app = DeskHost.Build(
        [
            "--urls", "http://127.0.0.1:0", "--Database:Provider", provider, "--Database:ConnectionString", connection, "--Demo:Enabled", "true",
            "--Retirement:SweepInterval", sweepInterval, "--Logging:LogLevel:Default", "Error", "--Logging:Console:LogToStandardErrorThreshold", "Trace",
        ]);
        await DeskHost.PrepareAsync(app.Services);
        await app.StartAsync();
        return app;
    }

    private static async Task AnswerAsync(WebApplication app, Func<string[], Task<double>> act)
    {
        Console.WriteLine(app.Urls.First());
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string answer;
            try
            {
                answer = (line switch
                {
                    "heap" => Heap(),
                    "cpu" => Cpu(),
                    _ => await act(line.Split(' ')),
                }).ToString(CultureInfo.InvariantCulture);
            }
            catch (InvalidOperationException e)
            {
                answer = e.Message;
            }

            Console.WriteLine(answer);
        }
    }

    private static double Heap()
    {
        for (var i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    private static double Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime.TotalMilliseconds;
    }
}
