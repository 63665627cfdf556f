using LeadDesk.App;
using LeadDesk.App.Demo.Generate;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace LeadDesk.Tests.Demo;

/// <summary>A database of its own that has nothing but what a new desk starts with.</summary>
internal sealed class EmptyDesk : IAsyncDisposable
{
    private readonly PostgresDatabase? _postgres;
    private readonly string _folder = Directory.CreateTempSubdirectory("leaddesk-empty-").FullName;
    private readonly ServiceProvider _services;

    private EmptyDesk(DatabaseProvider provider, PostgresDatabase? postgres, bool demo, Action<IServiceCollection>? adjust)
    {
        _postgres = postgres;
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = postgres?.ConnectionString ?? $"Data Source={File}",
            ["Demo:Enabled"] = demo.ToString(),
        }).Build();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(Clock);
        services.AddLogging();
        DeskHost.AddDesk(services, configuration);
        adjust?.Invoke(services);
        _services = services.BuildServiceProvider();
    }

    public FakeTimeProvider Clock { get; } = new(TestDesk.Tuesday);

    public string File => Path.Combine(_folder, "leaddesk.db");

    public static async Task<EmptyDesk> OpenAsync(DatabaseProvider provider, PostgresCluster? cluster = null, bool demo = false, Action<IServiceCollection>? adjust = null)
    {
        var desk = new EmptyDesk(provider, provider is DatabaseProvider.Postgres ? await cluster!.EmptyAsync() : null, demo, adjust);
        await DeskHost.PrepareBareAsync(desk._services);
        return desk;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public LeadDeskDb Database() => Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();

    public Task<Outcome<GeneratedDesk>> GenerateAsync(int leads, int agents, int seed = 1) => Get<GenerateDesk>().RunAsync(new(leads, agents, seed));

    /// <summary>Every index, trigger and constraint there is, as the database writes it.</summary>
    public async Task<IReadOnlyList<string>> ShapeAsync()
    {
        await using var db = Database();
        return await (_postgres is null
            ? db.Database.SqlQueryRaw<string>("SELECT type || ' ' || name || ' ' || sql AS \"Value\" FROM sqlite_master WHERE sql IS NOT NULL ORDER BY 1")
            : db.Database.SqlQueryRaw<string>("""
                SELECT indexdef AS "Value" FROM pg_indexes WHERE schemaname = 'public'
                UNION ALL SELECT conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
                UNION ALL SELECT pg_get_triggerdef(oid) || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
                ORDER BY 1
                """)).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        if (_postgres is not null)
        {
            await _postgres.DisposeAsync();
        }

        using (var connection = new SqliteConnection($"Data Source={File}"))
        {
            SqliteConnection.ClearPool(connection);
        }

        Directory.Delete(_folder, true);
    }
}
