using LeadDesk.App;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadDesk.Tests.Storage;

public sealed class SearchIndexTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_database_from_before_gets_the_index_with_all_its_leads(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (smoke, weber) = (await desk.LeadAsync("Søren Weiß"), await desk.LeadAsync("Lena Weber"));
        await using (var db = desk.Database())
        {
            await db.GetService<IMigrator>().MigrateAsync("RetiredSorts");
            await db.Database.ExecuteSqlAsync($"""UPDATE "Leads" SET "SearchText" = 'søren weiß', "SortName" = 'søren weiß' WHERE "Id" = {smoke.Id.Value}""");
            await db.Database.MigrateAsync();
        }

        Assert.Equal([smoke.Id], await FindAsync(desk, "weiss"));
        Assert.Equal([smoke.Id], await FindAsync(desk, "SØR"));
        Assert.Equal([smoke.Id, weber.Id], await FindAsync(desk, "we"));
        Assert.Equal(("soren weiss", "soren weiss"), await NamesAsync());

        async Task<(string, string)> NamesAsync()
        {
            var lead = await desk.ReadAsync(smoke.Id);
            return (lead.SearchText, lead.SortName);
        }
    }

    [Fact]
    public async Task Postgres_has_the_index_of_three_characters()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Postgres, cluster);

        Assert.Equal(1, await TrigramIndexesAsync(desk.Database()));
    }

    [Fact]
    public async Task Without_the_right_to_the_extension_searches_work_and_the_log_says_so_once()
    {
        await using var database = await cluster.EmptyAsync();
        var user = $"plain_{database.Name}";
        await ExecuteAsync(database.ConnectionString, $"CREATE ROLE {user} LOGIN");
        try
        {
            await ExecuteAsync(database.ConnectionString, $"GRANT ALL ON SCHEMA public TO {user}");
            var logs = new HeardLogs();
            var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = user }.ConnectionString;
            await using (var services = Services(connection, logs))
            {
                await DeskHost.PrepareAsync(services);
                await using var db = services.GetRequiredService<IDbContextFactory<LeadDeskDb>>().CreateDbContext();
                Assert.Equal(0, await TrigramIndexesAsync(db));
                Assert.Empty(await (await new LeadFilter { Search = "weber" }.MatchAsync(db, Actor.System("test"), await services.GetRequiredService<DeskDirectory>().GetAsync(), TestDesk.Tuesday)).ToListAsync());
            }

            Assert.Single(logs.Warnings, w => w.Contains("pg_trgm", StringComparison.Ordinal) && w.Contains("permission denied", StringComparison.Ordinal));

            // Someone with the right puts it in: the next start builds the index.
            await ExecuteAsync(database.ConnectionString, "CREATE EXTENSION pg_trgm");
            await using var again = Services(connection, logs);
            await DeskHost.PrepareAsync(again);
            await using var indexed = again.GetRequiredService<IDbContextFactory<LeadDeskDb>>().CreateDbContext();
            Assert.Equal(1, await TrigramIndexesAsync(indexed));
            Assert.Single(logs.Warnings, w => w.Contains("pg_trgm", StringComparison.Ordinal));
            PostgresCluster.ClearPool(connection);
        }
        finally
        {
            await ExecuteAsync(database.ConnectionString, $"DROP OWNED BY {user}; DROP ROLE {user}");
        }
    }

    private static Task<int> TrigramIndexesAsync(LeadDeskDb db) => db.Database.SqlQuery<int>($"""SELECT count(*)::int AS "Value" FROM pg_indexes WHERE indexname = 'IX_LeadSearch_Text'""").SingleAsync();

    private static async Task<List<LeadId>> FindAsync(TestDesk desk, string typed)
    {
        await using var db = desk.Database();
        var found = await new LeadFilter { Search = typed }.MatchAsync(db, await desk.As(desk.Meera), await desk.Get<DeskDirectory>().GetAsync(), desk.Now);
        return await found.OrderBy(l => l.Id).Select(l => l.Id).ToListAsync();
    }

    private static async Task ExecuteAsync(string connectionString, string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    private static ServiceProvider Services(string connection, HeardLogs logs)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = "Postgres",
            ["Database:ConnectionString"] = connection,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(TimeProvider.System);
        services.AddLogging(l => l.AddProvider(logs));
        DeskHost.AddDesk(services, configuration);
        return services.BuildServiceProvider();
    }
}
