using LeadDesk.App.Live;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;

namespace LeadDesk.App.Storage;

public static class StorageRegistration
{
    /// <summary>Everything that reads or writes the database, for the app, its tools and its tests alike.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services, DatabaseOptions options)
    {
        services.AddSingleton(options);
        services.AddIdentityModel();
        if (options.Provider is DatabaseProvider.Sqlite)
        {
            services.AddSingleton<WriterGate>();
            services.AddPooledDbContextFactory<SqliteLeadDeskDb>((provider, builder) => builder
                .UseSqlite(options.SqliteConnectionString, sqlite => sqlite
                    .MigrationsHistoryTable("__Migrations")
                    .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter))
                .ConfigureWarnings(CountsStopAtALimit)
                .AddInterceptors(new SqlitePragmas(), new WriterGateInterceptor(provider.GetRequiredService<WriterGate>()))
                .ReplaceService<IRelationalTransactionFactory, GatedTransactionFactory>());
            services.AddSingleton<IDbContextFactory<LeadDeskDb>, Factory<SqliteLeadDeskDb>>();
        }
        else
        {
            services.AddPooledDbContextFactory<PostgresLeadDeskDb>(builder => builder
                .ConfigureWarnings(CountsStopAtALimit)
                .UseNpgsql(PlannedForDisksOfToday(options.ConnectionString), postgres => postgres
                    .MigrationsHistoryTable("__Migrations")
                    .UseParameterizedCollectionMode(ParameterTranslationMode.Parameter)));
            services.AddSingleton<IDbContextFactory<LeadDeskDb>, Factory<PostgresLeadDeskDb>>();
        }

        services.AddScoped(provider => provider.GetRequiredService<IDbContextFactory<LeadDeskDb>>().CreateDbContext());
        services.AddSingleton<IdSource>();
        services.AddSingleton<DeskDirectory>();
        services.AddSingleton<Transactor>();
        services.AddSingleton<DatabaseStart>();
        services.AddLive();
        return services;
    }

    /// <summary>
    /// A page by its index costs little more than the next page, and compiling a plan costs more than answering a screen: without knowing so, the planner
    /// reads a table of leads to save a thousand look-ups. Options of the connection string come first.
    /// </summary>
    internal static string PlannedForDisksOfToday(string connectionString)
    {
        var connection = new NpgsqlConnectionStringBuilder(connectionString);
        connection.Options ??= "-c random_page_cost=1.1 -c jit=off";
        return connection.ConnectionString;
    }

    /// <summary>"10,000+" is a limit without an order, and meant so.</summary>
    private static void CountsStopAtALimit(WarningsConfigurationBuilder warnings) => warnings.Ignore(CoreEventId.RowLimitingOperationWithoutOrderByWarning);

    /// <summary>The account model depends on these options, so tools and tests have to have them too.</summary>
    private static void AddIdentityModel(this IServiceCollection services) =>
        services.Configure<Microsoft.AspNetCore.Identity.IdentityOptions>(o => o.Stores.SchemaVersion = Microsoft.AspNetCore.Identity.IdentitySchemaVersions.Version3);

    /// <summary>EF's factory interface is not covariant.</summary>
    private sealed class Factory<TContext>(IDbContextFactory<TContext> inner) : IDbContextFactory<LeadDeskDb> where TContext : LeadDeskDb
    {
        public LeadDeskDb CreateDbContext() => inner.CreateDbContext();

        public async Task<LeadDeskDb> CreateDbContextAsync(CancellationToken cancellationToken = default) => await inner.CreateDbContextAsync(cancellationToken);
    }
}
