using System.Data.Common;
using LeadDesk.App;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace LeadDesk.Bench.Desks;

/// <summary>A generated desk, opened as the app opens it, and by hand for the baselines.</summary>
public sealed class BenchDesk : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly Func<Task> _end;
    private readonly string _connection;
    private bool _isClosed;

    private BenchDesk(DatabaseProvider provider, string connection, Func<Task> end)
    {
        (Provider, _connection, _end) = (provider, connection, end);
        _services = Services(provider, connection, Clock);
    }

    public DatabaseProvider Provider { get; }

    public string ConnectionString => _connection;

    public MovableClock Clock { get; } = new();

    public Desk Desk { get; private set; } = null!;

    /// <summary>One who sees their own leads.</summary>
    public Actor Agent { get; private set; } = null!;

    /// <summary>One who sees a team's.</summary>
    public Actor Lead { get; private set; } = null!;

    /// <summary>One who sees all.</summary>
    public Actor Manager { get; private set; } = null!;

    public IReadOnlyList<(string Word, Actor Actor)> Roles => [("agent", Agent), ("lead", Lead), ("manager", Manager)];

    public static async Task<BenchDesk> OpenAsync(DatabaseProvider provider, string connection, Func<Task> end)
    {
        var desk = new BenchDesk(provider, connection, end);
        await DeskHost.PrepareBareAsync(desk._services);
        await desk.ReadDeskAsync();
        return desk;
    }

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <summary>What a screen makes for itself, with the desk's services and what else is given.</summary>
    public T Make<T>(params object[] given) => ActivatorUtilities.CreateInstance<T>(_services, given);

    public LeadDeskDb Database() => Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();

    public async Task ReadDeskAsync()
    {
        Desk = await Get<DeskDirectory>().GetAsync();
        Actor Named(string door) => Desk.Actor(Desk.Employees.Single(e => e.Email == $"{door}@leaddesk.local").Id)!;
        (Agent, Lead, Manager) = (Named("agent"), Named("lead"), Named("manager"));
    }

    /// <summary>Screens that ask the same in one moment share an answer; as if something had been committed since, the database is asked again.</summary>
    public void ForgetAnswers() => Get<ChangeFeed>().Publish(new([], new HashSet<Topic>()));

    /// <summary>As durable as the app's own connections, and with as much cache.</summary>
    public async Task<DbConnection> ConnectAsync()
    {
        if (Provider is DatabaseProvider.Postgres)
        {
            var postgres = new NpgsqlConnection(_connection);
            await postgres.OpenAsync();
            return postgres;
        }

        var sqlite = new SqliteConnection(new SqliteConnectionStringBuilder(_connection) { ForeignKeys = true, DefaultTimeout = 30 }.ToString());
        await sqlite.OpenAsync();
        await sqlite.RunAsync("PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-32000;");
        return sqlite;
    }

    /// <summary>Lets go of the database, which another process opens; names and rights stay known.</summary>
    public async Task CloseAsync()
    {
        if (!_isClosed)
        {
            _isClosed = true;
            await _services.DisposeAsync();
            SqliteConnection.ClearAllPools();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await _end();
    }

    internal static ServiceProvider Services(DatabaseProvider provider, string connection, TimeProvider clock)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = connection,
            ["Demo:Enabled"] = "true",
            // A budget that retires a tenth of the desk at once would trip it.
            ["Retirement:BrakeShare"] = "1",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton(clock);
        services.AddLogging(l => l.AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace).SetMinimumLevel(LogLevel.Warning));
        DeskHost.AddDesk(services, configuration);
        return services.BuildServiceProvider();
    }
}
