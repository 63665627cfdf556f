using LeadDesk.App;
using LeadDesk.App.Demo.Generate;
using LeadDesk.App.Storage;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace LeadDesk.Bench.Desks;

/// <summary>Desks of the two sizes, generated once. Budgets that change something get a copy of their own.</summary>
public sealed class DeskStore(BenchOptions options) : IAsyncDisposable
{
    private readonly Dictionary<int, string> _made = [];
    private readonly Dictionary<int, BenchDesk> _read = [];
    private readonly string _folder = Path.Combine(Path.GetTempPath(), options.Keep ? "leaddesk-bench" : $"leaddesk-bench-{Environment.ProcessId}");
    private PostgresServer? _postgres;
    private int _copies;

    public BenchOptions Options => options;

    /// <summary>For reading: one for all.</summary>
    public async Task<BenchDesk> ReadAsync(int leads)
    {
        if (!_read.TryGetValue(leads, out var desk))
        {
            _read[leads] = desk = await CopyAsync(leads);
        }

        return desk;
    }

    /// <summary>For changing: the caller's own.</summary>
    /// <param name="isDurable">Whether a commit waits for a disk. SQLite lies in memory where not.</param>
    public async Task<BenchDesk> CopyAsync(int leads, bool isDurable = true)
    {
        var source = await MadeAsync(leads);
        var name = $"copy_{Environment.ProcessId}_{++_copies}";
        if (options.Provider is DatabaseProvider.Postgres)
        {
            await _postgres!.ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {source}");
            return await BenchDesk.OpenAsync(options.Provider, _postgres.ConnectionTo(name, isDurable), () => _postgres.ExecuteAsync($"DROP DATABASE {name} WITH (FORCE)"));
        }

        var folder = isDurable ? Path.Combine(_folder, name) : Path.Combine("/dev/shm", $"leaddesk-bench-{name}");
        Directory.CreateDirectory(folder);
        var file = Path.Combine(folder, "leaddesk.db");
        File.Copy(source, file, overwrite: true);
        return await BenchDesk.OpenAsync(options.Provider, $"Data Source={file}", () =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, true);
            return Task.CompletedTask;
        });
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var desk in _read.Values)
        {
            await desk.DisposeAsync();
        }

        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        if (Directory.Exists(_folder) && !options.Keep)
        {
            Directory.Delete(_folder, true);
        }
    }

    private async Task<string> MadeAsync(int leads)
    {
        if (_made.TryGetValue(leads, out var made))
        {
            return made;
        }

        if (options.Provider is DatabaseProvider.Postgres)
        {
            _postgres ??= await PostgresServer.StartAsync();
            made = $"desk_{leads}";
            await _postgres.ExecuteAsync($"CREATE DATABASE {made} TEMPLATE template0");
            await GenerateAsync(leads, _postgres.ConnectionTo(made));
            NpgsqlConnection.ClearAllPools();
        }
        else
        {
            // Another build may generate something else.
            made = Path.Combine(_folder, $"{leads}-{options.Agents}-{typeof(DeskHost).Assembly.ManifestModule.ModuleVersionId:N}.db");
            Directory.CreateDirectory(_folder);
            if (!File.Exists(made))
            {
                await GenerateAsync(leads, $"Data Source={made}.new");
                SqliteConnection.ClearAllPools();
                File.Move(made + ".new", made);
            }
        }

        return _made[leads] = made;
    }

    private async Task GenerateAsync(int leads, string connection)
    {
        Console.Error.WriteLine($"  generating {leads:N0} leads for {options.Agents} agents");
        await using var desk = BenchDesk.Services(options.Provider, connection, TimeProvider.System);
        await DeskHost.PrepareBareAsync(desk);
        var made = await desk.GetRequiredService<GenerateDesk>().RunAsync(new(leads, options.Agents, 1));
        if (made.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Sentence);
        }
    }
}
