using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LeadDesk.App.Storage;

/// <summary>
/// Writes many rows by one prepared statement, bound by position. The provider's own commands look every parameter up by its name for every
/// row, which costs as much again as the write itself.
/// </summary>
internal sealed class SqliteRows : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly IReadOnlyList<RowColumn> _columns;
    private readonly sqlite3_stmt _statement;
    private byte[] _text = new byte[1024];

    private SqliteRows(SqliteConnection connection, string sql, IReadOnlyList<RowColumn> columns)
    {
        (_connection, _columns) = (connection, columns);
        Check(raw.sqlite3_prepare_v2(connection.Handle, sql, out _statement), raw.SQLITE_OK);
    }

    /// <param name="connection">With a transaction open.</param>
    public static SqliteRows Inserting(SqliteConnection connection, RowPlan plan) => new(connection, $"""
        INSERT INTO "{plan.Table}" ({string.Join(", ", plan.Columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", plan.Columns.Select(_ => "?"))})
        """, plan.Columns);

    /// <param name="connection">With a transaction open.</param>
    public static SqliteRows Updating(SqliteConnection connection, string table, IReadOnlyList<RowColumn> changed) => new(connection, $"""
        UPDATE "{table}" SET {string.Join(", ", changed.Select(c => $"\"{c.Name}\" = ?"))} WHERE "Id" = ? AND "Version" = ?
        """, changed);

    public void Insert(object row)
    {
        BindColumns(row);
        Step();
    }

    /// <returns>Whether the row was still of that version.</returns>
    public bool Update(object row, long id, long version)
    {
        BindColumns(row);
        Check(raw.sqlite3_bind_int64(_statement, _columns.Count + 1, id), raw.SQLITE_OK);
        Check(raw.sqlite3_bind_int64(_statement, _columns.Count + 2, version), raw.SQLITE_OK);
        Step();
        return raw.sqlite3_changes(_connection.Handle) == 1;
    }

    public void Dispose() => _statement.Dispose();

    private void BindColumns(object row)
    {
        for (var i = 0; i < _columns.Count; i++)
        {
            Check(Bind(i + 1, _columns[i].ValueOf(row)), raw.SQLITE_OK);
        }
    }

    private void Step()
    {
        Check(raw.sqlite3_step(_statement), raw.SQLITE_DONE);
        Check(raw.sqlite3_reset(_statement), raw.SQLITE_OK);
    }

    private int Bind(int position, object? value) => value switch
    {
        null => raw.sqlite3_bind_null(_statement, position),
        long number => raw.sqlite3_bind_int64(_statement, position, number),
        int number => raw.sqlite3_bind_int(_statement, position, number),
        bool flag => raw.sqlite3_bind_int(_statement, position, flag ? 1 : 0),
        string text => BindText(position, text),
        DateOnly day => BindText(position, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        TimeOnly time => BindText(position, time.ToString(time.Ticks % TimeSpan.TicksPerSecond == 0 ? @"HH\:mm\:ss" : @"HH\:mm\:ss.fffffff", CultureInfo.InvariantCulture)),
        _ => throw new NotSupportedException($"{value.GetType().Name} in {_columns[position - 1].Name}."),
    };

    private int BindText(int position, string text)
    {
        if (text.Length == 0)
        {
            // No bytes have no address, which would be none instead of empty.
            return raw.sqlite3_bind_text(_statement, position, text);
        }

        var longest = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (_text.Length < longest)
        {
            _text = new byte[longest];
        }

        return raw.sqlite3_bind_text(_statement, position, _text.AsSpan(0, Encoding.UTF8.GetBytes(text, _text)));
    }

    private void Check(int answer, int expected)
    {
        if (answer != expected)
        {
            throw new SqliteException(raw.sqlite3_errmsg(_connection.Handle).utf8_to_string(), answer, raw.sqlite3_extended_errcode(_connection.Handle));
        }
    }
}
