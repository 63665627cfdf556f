using System.Collections.Concurrent;
using System.Diagnostics;
using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace LeadDesk.Tests.Kit;

/// <summary>
/// One throw-away PostgreSQL for the whole test run, on a socket of its own, started when a test first asks for a database.
/// A test that asks where PostgreSQL is not installed is skipped, with the reason.
/// </summary>
public sealed class PostgresCluster : IAsyncDisposable
{
    // The shell outlives us by the length of its clean-up: when this process ends, however it ends, its input closes
    // and the shell stops the server and removes the folder.
    private const string Lifetime = """
        trap : INT TERM HUP
        cd /
        dir=$(mktemp -d /tmp/leaddesk-postgres-XXXXXX) || exit 1
        fail() { cat "$dir/log" >&2; rm -rf "$dir"; exit 1; }
        "$1/initdb" -D "$dir/data" -U leaddesk -A trust -E UTF8 --locale=C.UTF-8 --no-sync >"$dir/log" 2>&1 || fail
        cat >>"$dir/data/postgresql.conf" <<END
        listen_addresses = ''
        unix_socket_directories = '$dir'
        fsync = off
        synchronous_commit = off
        full_page_writes = off
        max_connections = 500
        timezone = 'UTC'
        END
        "$1/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start >/dev/null 2>&1 || fail
        echo "$dir"
        read -r _
        "$1/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1
        rm -rf "$dir"
        """;

    private readonly Lazy<Task<Process>> _shell;
    private readonly ConcurrentDictionary<string, Lazy<Task<string>>> _templates = new();
    private string _socketFolder = "";
    private int _handedOut;

    public PostgresCluster() => _shell = new(StartAsync);

    /// <summary>A database without tables.</summary>
    public async Task<PostgresDatabase> EmptyAsync() => await CreateAsync("template0");

    /// <summary>A copy of the template of this name, which <paramref name="fill"/> fills once per run, given a connection string.</summary>
    public async Task<PostgresDatabase> CopyAsync(string template, Func<string, Task> fill)
    {
        await ServerAsync();
        var source = await _templates.GetOrAdd(template, _ => new(async () =>
        {
            var database = await CreateAsync("template0");
            await fill(database.ConnectionString);
            ClearPool(database.ConnectionString);
            return database.Name;
        })).Value;
        return await CreateAsync(source);
    }

    /// <summary>One statement on the server itself, outside the databases handed out.</summary>
    internal async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_shell.IsValueCreated || !_shell.Value.IsCompletedSuccessfully)
            return;

        NpgsqlConnection.ClearAllPools();
        using var shell = await _shell.Value;
        shell.StandardInput.Close();
        await shell.WaitForExitAsync();
    }

    internal static void ClearPool(string connectionString)
    {
        foreach (var used in new[] { connectionString, StorageRegistration.PlannedForDisksOfToday(connectionString) })
        {
            using var connection = new NpgsqlConnection(used);
            NpgsqlConnection.ClearPool(connection);
        }
    }

    private async Task<PostgresDatabase> CreateAsync(string template)
    {
        await ServerAsync();
        var name = $"desk_{Interlocked.Increment(ref _handedOut)}";
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE {template}");
        return new PostgresDatabase(this, name, ConnectionTo(name));
    }

    private Task<Process> ServerAsync()
    {
        Assert.SkipWhen(Programs is null, "PostgreSQL is not installed: apt-get install postgresql");
        return _shell.Value;
    }

    private string ConnectionTo(string database) =>
        new NpgsqlConnectionStringBuilder { Host = _socketFolder, Username = "leaddesk", Database = database, IncludeErrorDetail = true }.ConnectionString;

    private async Task<Process> StartAsync()
    {
        var start = new ProcessStartInfo { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        string[] command = ["sh", "-c", Lifetime, "leaddesk-postgres", Programs!];
        // PostgreSQL refuses to run as root.
        string[] line = Environment.IsPrivilegedProcess ? ["runuser", "-u", Unprivileged(), "--", .. command] : command;
        start.FileName = line[0];
        foreach (var argument in line[1..])
            start.ArgumentList.Add(argument);

        var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadLineAsync();
        if (said is null)
            throw new InvalidOperationException("PostgreSQL did not start: " + await shell.StandardError.ReadToEndAsync());

        _socketFolder = said;
        return shell;
    }

    private static string Unprivileged() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    private static string? Programs { get; } = FindPrograms();

    private static string? FindPrograms()
    {
        // Debian keeps the server's own programs off the PATH, a folder for each version.
        const string Debian = "/usr/lib/postgresql";
        var versions = Directory.Exists(Debian)
            ? Directory.GetDirectories(Debian).OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), out var version) ? version : 0)
            : Enumerable.Empty<string>();
        var path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);
        return versions.Select(folder => Path.Combine(folder, "bin")).Concat(path)
            .FirstOrDefault(folder => File.Exists(Path.Combine(folder, "initdb")) && File.Exists(Path.Combine(folder, "pg_ctl")));
    }
}
