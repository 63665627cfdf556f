using Npgsql;

namespace LeadDesk.Tests.Kit;

public sealed class PostgresClusterTests(PostgresCluster cluster)
{
    [Fact]
    public async Task A_copy_has_the_tables_of_its_template_and_a_life_of_its_own()
    {
        await using var first = await cluster.CopyAsync("kit", FillAsync);
        await using var second = await cluster.CopyAsync("kit", _ => throw new InvalidOperationException("Filled twice."));

        await AskAsync(first, "INSERT INTO greetings VALUES ('namaste') RETURNING 1");

        Assert.Equal(2L, await AskAsync(first, "SELECT count(*) FROM greetings"));
        Assert.Equal(1L, await AskAsync(second, "SELECT count(*) FROM greetings"));
    }

    [Fact]
    public async Task A_disposed_database_is_gone_even_when_someone_is_connected()
    {
        var database = await cluster.EmptyAsync();
        await using var connection = new NpgsqlConnection(database.ConnectionString);
        await connection.OpenAsync(TestContext.Current.CancellationToken);

        await database.DisposeAsync();

        await using var other = await cluster.EmptyAsync();
        Assert.Equal(0L, await AskAsync(other, $"SELECT count(*) FROM pg_database WHERE datname = '{database.Name}'"));
    }

    private static async Task FillAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand("CREATE TABLE greetings (said text); INSERT INTO greetings VALUES ('hello')");
        await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
    }

    private static async Task<object?> AskAsync(PostgresDatabase database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
    }
}
