using System.Data.Common;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using SQLitePCL;

namespace LeadDesk.App.Storage;

/// <summary>
/// Saved means saved: full durability on every connection. WAL is a property of the file and set once. The pool opens a connection for good and lends it
/// many times, with what was set.
/// </summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    private const string Sql = "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;";

    private static readonly ConditionalWeakTable<sqlite3, object> _set = [];

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        if (((SqliteConnection)connection).Handle is { } handle && !_set.TryGetValue(handle, out _))
        {
            using var command = connection.CreateCommand();
            command.CommandText = Sql;
            command.ExecuteNonQuery();
            _set.AddOrUpdate(handle, Sql);
        }
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        // The provider answers on the caller's thread either way.
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
