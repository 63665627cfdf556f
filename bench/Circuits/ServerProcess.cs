using System.Diagnostics;
using System.Globalization;
using LeadDesk.Bench.Budgets;

namespace LeadDesk.Bench.Circuits;

/// <summary>A server in a process of its own, which answers lines with lines.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _folder;

    private ServerProcess(Process process, string folder, Uri address) => (_process, _folder, Address) = (process, folder, address);

    public Uri Address { get; }

    public static async Task<ServerProcess> StartAsync(params string[] args)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-bench-server-").FullName;
        var process = Child.Start(folder, args);
        var address = await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The server did not start.");
        return new(process, folder, new(address.TrimEnd('/') + "/"));
    }

    public async Task<double> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        var answer = await _process.StandardOutput.ReadLineAsync();
        return double.TryParse(answer, CultureInfo.InvariantCulture, out var number) ? number : throw new InvalidOperationException($"{line}: {answer}");
    }

    /// <summary>What lives after everything dead is gone, in bytes.</summary>
    public Task<double> HeapAsync() => AskAsync("heap");

    /// <summary>Milliseconds of processor time so far.</summary>
    public Task<double> CpuAsync() => AskAsync("cpu");

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, true);
    }
}
