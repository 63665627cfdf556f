using System.Collections.Concurrent;
using System.Diagnostics;

namespace LeadDesk.Tests.Kit;

/// <summary>The program itself in a process of its own, on a SQLite file, so that it can be killed. Ends with the test.</summary>
public sealed class DeskProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();
    private readonly ConcurrentQueue<string> _errors = new();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private DeskProcess(Process process) => _process = process;

    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>All that it said so far.</summary>
    public string Output => string.Join('\n', _output.Concat(_errors));

    public bool HasExited => _process.HasExited;

    /// <summary>Serves on a free port; <paramref name="settings"/> as in the settings file.</summary>
    public static DeskProcess Start(string databaseFile, IReadOnlyDictionary<string, string>? settings = null, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = Path.GetDirectoryName(databaseFile)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        string[] given = arguments.Length > 0 ? arguments : ["--urls", "http://127.0.0.1:0"];
        foreach (var argument in given.Prepend(Path.Combine(AppContext.BaseDirectory, "LeadDesk.App.dll")))
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["Database__ConnectionString"] = $"Data Source={databaseFile}";
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        start.Environment["Logging__LogLevel__Microsoft.Hosting.Lifetime"] = "Information";
        foreach (var (key, value) in settings ?? new Dictionary<string, string>())
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        var process = new Process { StartInfo = start };
        var desk = new DeskProcess(process);
        process.OutputDataReceived += (_, line) => desk.Hear(line.Data);
        process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data is not null)
            {
                desk._errors.Enqueue(line.Data);
            }
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return desk;
    }

    /// <summary>Where it serves, once it does.</summary>
    public async Task<Uri> AddressAsync()
    {
        var exited = _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (await Task.WhenAny(_address.Task, exited) == exited)
        {
            await exited;
            Assert.Fail($"The process ended with {_process.ExitCode}:\n{Output}");
        }

        return await _address.Task;
    }

    public async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = await AddressAsync() };
        await Until.TrueAsync(async () => (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).IsSuccessStatusCode, "the process to be ready");
    }

    /// <summary>As the power going: nothing of it gets to say goodbye.</summary>
    /// <param name="after">A moment later.</param>
    public async Task KillAsync(TimeSpan? after = null)
    {
        if (after is { } moment)
        {
            using var timer = new PeriodicTimer(moment);
            await timer.WaitForNextTickAsync();
        }

        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async Task<int> ExitAsync()
    {
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }

        _output.Enqueue(line);
        const string sign = "Now listening on: ";
        if (line.IndexOf(sign, StringComparison.Ordinal) is >= 0 and var at)
        {
            _address.TrySetResult(new Uri(line[(at + sign.Length)..].Trim()));
        }
    }
}
