using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>Another process has the database.</summary>
public sealed class DatabaseInUseException(string file) : Exception($"Another LeadDesk process has {file} open. Stop it first.");

/// <summary>Brings the database to where the app can use it: one process, a safe library, all migrations, the settings a new one starts with.</summary>
public sealed class DatabaseStart(IDbContextFactory<LeadDeskDb> databases, DatabaseOptions options, ILogger<DatabaseStart>? log = null) : IDisposable
{
    private static readonly Version _firstWithoutWalReset = new(3, 51, 3);

    // None at all would not wait for the file of another connection.
    private static readonly TimeSpan _asLongAsItTakes = TimeSpan.FromHours(6);

    private FileStream? _onlyProcess;

    /// <summary>Throws <see cref="DatabaseInUseException"/> when another process has the file.</summary>
    public async Task RunAsync(CancellationToken ct = default)
    {
        if (options.Provider is DatabaseProvider.Sqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(options.SqliteFile)!);
            _onlyProcess ??= Lock(options.SqliteFile);
            RefuseLibraryWithWalResetBug();
            await ClearAbandonedMigrationLockAsync(ct);
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        db.Database.SetCommandTimeout(_asLongAsItTakes);
        await db.Database.MigrateAsync(ct);
        if (options.Provider is DatabaseProvider.Sqlite)
        {
            // A property of the file, which a killed `generate` or a copy may have left otherwise.
            await db.Database.ExecuteSqlAsync($"PRAGMA journal_mode=WAL", ct);
        }

        if (await db.PrepareSearchAsync(ct) is { } why)
        {
            log?.LogWarning("Searches read the table of search texts, because the extension pg_trgm is missing: {Why}.", why.TrimEnd('.'));
        }
    }

    public void Dispose() => _onlyProcess?.Dispose();

    private static FileStream Lock(string file)
    {
        try
        {
            return new(file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new DatabaseInUseException(file);
        }
    }

    /// <summary>SQLite before 3.51.3 can corrupt a WAL database when it is reset while read.</summary>
    internal static void RefuseLibraryWithWalResetBug(string? version = null)
    {
        version ??= SqliteVersion();
        if (Version.Parse(version) < _firstWithoutWalReset)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture,
                $"SQLite {version} can corrupt a database (fixed in {_firstWithoutWalReset}). LeadDesk does not start on it."));
        }
    }

    private static string SqliteVersion()
    {
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        return connection.ServerVersion;
    }

    /// <summary>A process killed while migrating leaves its row, and EF waits for it forever. Holding the file lock proves that nobody else is at it.</summary>
    private async Task ClearAbandonedMigrationLockAsync(CancellationToken ct)
    {
        if (!File.Exists(options.SqliteFile))
        {
            return;
        }

        await using var connection = new SqliteConnection(options.SqliteConnectionString);
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if ((long)(await command.ExecuteScalarAsync(ct))! > 0)
        {
            command.CommandText = "DELETE FROM \"__EFMigrationsLock\"";
            await command.ExecuteNonQueryAsync(ct);
        }
    }
}
