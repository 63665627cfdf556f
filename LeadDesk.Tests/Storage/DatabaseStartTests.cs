using LeadDesk.App.Storage;
using LeadDesk.Tests.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class DatabaseStartTests
{
    [Fact]
    public async Task A_lock_that_a_killed_migration_left_behind_does_not_keep_the_desk_from_starting()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using (var db = desk.Database())
        {
            await db.Database.ExecuteSqlRawAsync("""
                CREATE TABLE IF NOT EXISTS "__EFMigrationsLock" ("Id" INTEGER NOT NULL CONSTRAINT "PK___EFMigrationsLock" PRIMARY KEY, "Timestamp" TEXT NOT NULL);
                INSERT INTO "__EFMigrationsLock" ("Id", "Timestamp") VALUES (1, '2026-11-24 12:00:00+00:00');
                """);
        }

        using var start = NewStart(desk);
        await start.RunAsync().WaitAsync(TimeSpan.FromSeconds(20));

        await using var after = desk.Database();
        Assert.Equal(0, await after.Database.SqlQueryRaw<int>("SELECT count(*) AS \"Value\" FROM \"__EFMigrationsLock\"").SingleAsync());
    }

    [Fact]
    public async Task Only_one_process_has_the_database_and_the_next_gets_it_when_that_one_is_gone()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        using var second = NewStart(desk);
        using (var first = NewStart(desk))
        {
            await first.RunAsync();
            await first.RunAsync();
            var refused = await Assert.ThrowsAsync<DatabaseInUseException>(() => second.RunAsync());
            Assert.Contains(desk.Get<DatabaseOptions>().SqliteFile, refused.Message, StringComparison.Ordinal);
        }

        await second.RunAsync();
    }

    [Fact]
    public async Task A_second_process_says_so_in_one_sentence_and_exits_with_3()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        using var first = NewStart(desk);
        await first.RunAsync();

        await using var second = DeskProcess.Start(desk.Get<DatabaseOptions>().SqliteFile);

        Assert.Equal(3, await second.ExitAsync());
        var sentence = Assert.Single(second.Errors);
        Assert.Equal($"Another LeadDesk process has {desk.Get<DatabaseOptions>().SqliteFile} open. Stop it first.", sentence);
    }

    [Theory]
    [InlineData("3.40.1", false), InlineData("3.51.2", false), InlineData("3.51.3", true), InlineData("3.53.0", true), InlineData("4.0.0", true)]
    public void A_library_that_can_corrupt_the_file_is_refused(string version, bool isSafe)
    {
        if (isSafe)
        {
            DatabaseStart.RefuseLibraryWithWalResetBug(version);
        }
        else
        {
            Assert.Contains(version, Assert.Throws<InvalidOperationException>(() => DatabaseStart.RefuseLibraryWithWalResetBug(version)).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_library_that_comes_with_us_is_a_safe_one() => DatabaseStart.RefuseLibraryWithWalResetBug();

    [Fact]
    public async Task A_desk_that_was_never_started_gets_its_folder_its_tables_and_WAL()
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-test-").FullName;
        try
        {
            var file = Path.Combine(folder, "not", "there", "yet.db");
            var options = new DatabaseOptions { ConnectionString = $"Data Source={file};Pooling=False" };
            await using var services = StorageServices.Of(options);
            using var start = new DatabaseStart(services.Factory, options);

            await start.RunAsync();

            await using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA journal_mode";
            Assert.Equal("wal", await command.ExecuteScalarAsync());
            command.CommandText = "SELECT count(*) FROM sqlite_master WHERE name = 'Leads'";
            Assert.Equal(1L, await command.ExecuteScalarAsync());
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static DatabaseStart NewStart(TestDesk desk) => new(desk.Get<IDbContextFactory<LeadDeskDb>>(), desk.Get<DatabaseOptions>());
}
