using Microsoft.Data.Sqlite;

namespace LeadDesk.App.Storage;

public enum DatabaseProvider
{
    Sqlite,
    Postgres,
}

/// <summary>Settings under <c>Database</c>.</summary>
public sealed class DatabaseOptions
{
    public DatabaseProvider Provider { get; set; } = DatabaseProvider.Sqlite;

    /// <summary>A relative SQLite path counts from the working directory.</summary>
    public string ConnectionString { get; set; } = "Data Source=data/leaddesk.db";

    /// <summary>The database file, made absolute; only for SQLite.</summary>
    public string SqliteFile => Path.GetFullPath(new SqliteConnectionStringBuilder(ConnectionString).DataSource);

    /// <summary>Where the desk keeps files: beside the SQLite file, else in <c>data</c> under the working directory.</summary>
    public string DataFolder => Provider is DatabaseProvider.Sqlite ? Path.GetDirectoryName(SqliteFile)! : Path.GetFullPath("data");

    internal string SqliteConnectionString => new SqliteConnectionStringBuilder(ConnectionString)
    {
        DataSource = SqliteFile,
        ForeignKeys = true,
        DefaultTimeout = 30,
    }.ToString();
}
