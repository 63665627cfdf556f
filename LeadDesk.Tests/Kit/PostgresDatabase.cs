namespace LeadDesk.Tests.Kit;

/// <summary>A database of one test's own; disposing drops it, whoever is still connected.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private readonly PostgresCluster _cluster;

    internal PostgresDatabase(PostgresCluster cluster, string name, string connectionString)
    {
        _cluster = cluster;
        Name = name;
        ConnectionString = connectionString;
    }

    public string Name { get; }

    public string ConnectionString { get; }

    public async ValueTask DisposeAsync()
    {
        PostgresCluster.ClearPool(ConnectionString);
        await _cluster.ExecuteAsync($"DROP DATABASE {Name} WITH (FORCE)");
    }
}
