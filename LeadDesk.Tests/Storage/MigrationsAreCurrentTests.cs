using System.Text.RegularExpressions;
using LeadDesk.App.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Storage;

/// <summary>Needs no server: model and snapshot are compared.</summary>
public sealed partial class MigrationsAreCurrentTests
{
    [Theory]
    [InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.Postgres)]
    public async Task No_change_of_the_model_is_without_its_migration(DatabaseProvider provider)
    {
        await using var services = StorageServices.Of(Options(provider));
        await using var db = await services.Factory.CreateDbContextAsync();

        Assert.False(db.Database.HasPendingModelChanges(), $"Run LeadDesk.App/Storage/add-migration NAME: the migrations for {provider} are behind the model.");
    }

    [Theory]
    [InlineData(DatabaseProvider.Sqlite), InlineData(DatabaseProvider.Postgres)]
    public async Task A_model_that_is_ahead_is_noticed(DatabaseProvider provider)
    {
        await using var services = StorageServices.Of(Options(provider), s =>
        {
            s.ConfigureDbContext<SqliteLeadDeskDb>(o => o.ReplaceService<IModelCustomizer, Ahead>());
            s.ConfigureDbContext<PostgresLeadDeskDb>(o => o.ReplaceService<IModelCustomizer, Ahead>());
        });
        await using var db = await services.Factory.CreateDbContextAsync();

        Assert.True(db.Database.HasPendingModelChanges());
    }

    [Fact]
    public async Task Both_databases_have_the_same_migrations_in_the_same_order()
    {
        await using var sqlite = StorageServices.Of(Options(DatabaseProvider.Sqlite));
        await using var postgres = StorageServices.Of(Options(DatabaseProvider.Postgres));

        Assert.Equal(await NamesAsync(sqlite), await NamesAsync(postgres));

        static async Task<List<string>> NamesAsync(StorageServices services)
        {
            await using var db = await services.Factory.CreateDbContextAsync();
            return [.. db.Database.GetMigrations().Select(m => Stamp().Replace(m, ""))];
        }
    }

    private static DatabaseOptions Options(DatabaseProvider provider) =>
        new() { Provider = provider, ConnectionString = provider is DatabaseProvider.Sqlite ? "Data Source=never-opened.db" : "Host=nowhere;Database=never_opened" };

    [GeneratedRegex(@"^\d+_")]
    private static partial Regex Stamp();

    private sealed class Ahead(ModelCustomizerDependencies dependencies) : RelationalModelCustomizer(dependencies)
    {
        public override void Customize(ModelBuilder modelBuilder, DbContext context)
        {
            base.Customize(modelBuilder, context);
            modelBuilder.Entity<Domain.Leads.Lead>().Property<string?>("Nickname");
        }
    }
}
