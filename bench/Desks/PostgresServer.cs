using System.Diagnostics;
using Npgsql;

namespace LeadDesk.Bench.Desks;

/// <summary>A throw-away PostgreSQL that writes through to the disk as a real one does. It ends with this process, however that ends.</summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Script = """
        cd / && dir=$(mktemp -d /tmp/leaddesk-bench-XXXXXX) || exit 1
        trap : INT TERM HUP
        "$1/initdb" -D "$dir/data" -U leaddesk -A trust -E UTF8 --locale=C.UTF-8 >"$dir/log" 2>&1 || { cat "$dir/log" >&2; rm -rf "$dir"; exit 1; }
        printf "%s\n" "listen_addresses = ''" "unix_socket_directories = '$dir'" "max_connections = 200" "shared_buffers = 1GB" "max_wal_size = 8GB" "timezone = 'UTC'" >>"$dir/data/postgresql.conf"
        "$1/pg_ctl" -D "$dir/data" -l "$dir/log" -w -t 60 start >/dev/null 2>&1 || { cat "$dir/log" >&2; rm -rf "$dir"; exit 1; }
        echo "$dir"
        read -r _
        "$1/pg_ctl" -D "$dir/data" -m immediate -w stop >/dev/null 2>&1
        rm -rf "$dir"
        """;

    private readonly Process _shell;
    private readonly string _folder;

    private PostgresServer(Process shell, string folder) => (_shell, _folder) = (shell, folder);

    public static async Task<PostgresServer> StartAsync()
    {
        var programs = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(d => Path.Combine(d, "bin")).Where(d => File.Exists(Path.Combine(d, "initdb"))).Order().LastOrDefault()
            : null;
        string[] command = ["sh", "-c", Script, "bench", programs ?? throw new InvalidOperationException("PostgreSQL is not installed: apt-get install postgresql")];
        // PostgreSQL refuses to run as root.
        string[] line = Environment.IsPrivilegedProcess ? ["runuser", "-u", "postgres", "--", .. command] : command;
        var shell = Process.Start(new ProcessStartInfo(line[0], line[1..]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        var folder = await shell.StandardOutput.ReadLineAsync();
        return folder is not null ? new(shell, folder) : throw new InvalidOperationException("PostgreSQL did not start: " + await shell.StandardError.ReadToEndAsync());
    }

    /// <param name="isDurable">Whether a commit waits for the disk.</param>
    public string ConnectionTo(string database, bool isDurable = true) => new NpgsqlConnectionStringBuilder
    {
        Host = _folder,
        Username = "leaddesk",
        Database = database,
        MaxPoolSize = 100,
        Options = isDurable ? null : "-c synchronous_commit=off",
    }.ConnectionString;

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionTo("postgres"));
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        NpgsqlConnection.ClearAllPools();
        _shell.StandardInput.Close();
        await _shell.WaitForExitAsync();
        _shell.Dispose();
    }
}
