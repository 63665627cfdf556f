using LeadDesk.App;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LeadDesk.Tests.Kit;

/// <summary>
/// A small world on a fixed Tuesday, on a real database of its own: the cast, two pools, the pipeline of a new desk. Time moves only by <see cref="Wait"/>.
/// </summary>
public sealed class TestDesk : IAsyncDisposable
{
    /// <summary>Tuesday noon in UTC.</summary>
    public static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    private static readonly Actor _builder = Actor.System("test");
    private static readonly Lazy<Task<string>> _sqliteTemplate = new(MakeSqliteTemplateAsync);

    private readonly IServiceProvider _services;
    private readonly IAsyncDisposable? _database;
    private readonly string? _folder;

    private TestDesk(IServiceProvider services, FakeTimeProvider clock, IAsyncDisposable? database, string? folder) =>
        (_services, Clock, _database, _folder) = (services, clock, database, folder);

    /// <summary>For theories that run on both databases.</summary>
    public static TheoryData<DatabaseProvider> BothDatabases => [DatabaseProvider.Sqlite, DatabaseProvider.Postgres];

    public FakeTimeProvider Clock { get; }

    public DateTimeOffset Now => Clock.GetUtcNow();

    /// <summary>Agent in team Pune, in pools Inbound and VIP.</summary>
    public Employee Asha { get; private set; } = null!;

    /// <summary>Agent in team Pune, in pool Inbound.</summary>
    public Employee Ravi { get; private set; } = null!;

    /// <summary>Agent in team Delhi, in pool Inbound.</summary>
    public Employee Omar { get; private set; } = null!;

    /// <summary>Leads team Pune.</summary>
    public Employee Tara { get; private set; } = null!;

    /// <summary>Leads team Delhi.</summary>
    public Employee Nils { get; private set; } = null!;

    /// <summary>Sales Manager.</summary>
    public Employee Meera { get; private set; } = null!;

    /// <summary>Admin.</summary>
    public Employee Iris { get; private set; } = null!;

    public Team Pune { get; private set; } = null!;
    public Team Delhi { get; private set; } = null!;
    public Pool Inbound { get; private set; } = null!;
    public Pool Vip { get; private set; } = null!;

    /// <summary>Nobody but managers may put it on.</summary>
    public Tag Restricted { get; private set; } = null!;

    public Tag French { get; private set; } = null!;
    public IReadOnlyList<Stage> Stages { get; private set; } = [];
    public IReadOnlyList<CallTag> CallTags { get; private set; } = [];
    public Source WebForm { get; private set; } = null!;

    /// <param name="now">What time it is there, if not noon of the fixed Tuesday: for a desk that a real process goes on with.</param>
    public static async Task<TestDesk> OpenAsync(
        DatabaseProvider provider, PostgresCluster? cluster = null, Action<IServiceCollection>? adjust = null, DateTimeOffset? now = null)
    {
        var clock = new FakeTimeProvider(now ?? Tuesday);
        if (provider is DatabaseProvider.Postgres)
        {
            var database = await cluster!.CopyAsync("desk", FillTemplateAsync);
            return await LoadAsync(new(Services(provider, database.ConnectionString, clock, adjust), clock, database, null));
        }

        var folder = Directory.CreateTempSubdirectory("leaddesk-test-").FullName;
        File.Copy(await _sqliteTemplate.Value, Path.Combine(folder, "leaddesk.db"));
        return await LoadAsync(new(Services(provider, $"Data Source={Path.Combine(folder, "leaddesk.db")}", clock, adjust), clock, null, folder));

        async Task FillTemplateAsync(string connection)
        {
            await using var services = Services(DatabaseProvider.Postgres, connection, clock, null);
            await FillAsync(services);
        }
    }

    /// <summary>The same world on the services of a server that runs on a copy of <see cref="TemplateAsync"/>; the server owns them.</summary>
    internal static Task<TestDesk> OnAsync(IServiceProvider services, FakeTimeProvider clock) => LoadAsync(new(services, clock, null, null));

    /// <summary>A SQLite file of this world, to be copied.</summary>
    internal static Task<string> TemplateAsync() => _sqliteTemplate.Value;

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    public void Wait(TimeSpan time) => Clock.Advance(time);

    public Stage Stage(string name) => Stages.Single(s => s.Name == name);

    public CallTag CallTag(string name) => CallTags.Single(t => t.Name == name);

    public async Task<Actor> As(Employee employee) => await Get<DeskDirectory>().ActorAsync(employee.Id) ?? throw new InvalidOperationException($"{employee.Name} is not active.");

    public LeadDeskDb Database() => Get<IDbContextFactory<LeadDeskDb>>().CreateDbContext();

    /// <summary>A lead as the test needs it; it got its owner <paramref name="idleFor"/> ago, and nobody worked it since.</summary>
    public async Task<Lead> LeadAsync(
        string name = "Lena Fischer", Employee? ownedBy = null, TimeSpan idleFor = default, Pool? pool = null, Stage? stage = null, long? value = null, bool inPool = true,
        LeadDetails? details = null)
    {
        await Get<IdSource>().ReserveAsync<LeadId>(1, default);
        var at = Now - idleFor;
        var id = default(LeadId);
        await Get<Transactor>().RunAsync(_builder, async work =>
        {
            var created = Lead.Create(
                work.NewId<LeadId>(), details ?? new LeadDetails { Name = name, ValueMinor = value }, WebForm.Id, inPool ? (pool ?? Inbound).Id : null, (stage ?? Stages[0]).Id,
                work.By, Cause.System, at);
            var lead = created.Value ?? throw new InvalidOperationException(created.Refusal!.Sentence);
            work.Db.Leads.Add(lead);
            if (ownedBy is not null && lead.Assign(ownedBy, await work.Db.Pools.Include(p => p.Members).FirstAsync(p => p.Id == lead.PoolId), work.By, Cause.System, at).Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.Sentence);
            }

            id = lead.Id;
            return Outcome.Done;
        });
        return await ReadAsync(id);
    }

    /// <summary>Sets period, window, brake or grant, by the admin unless another is named.</summary>
    public async Task<Outcome> SetRetirementAsync(Func<RetirementForm, RetirementForm> change, Employee? by = null)
    {
        var rule = RetirementRule.Of(await Get<DeskDirectory>().GetAsync());
        return await Get<ChangePeriod>().RunAsync(change(rule.Form), rule, await As(by ?? Iris));
    }

    /// <summary>The lead as it stands in the database now.</summary>
    public async Task<Lead> ReadAsync(LeadId id)
    {
        await using var db = Database();
        return await db.Leads.AsNoTracking().Include(l => l.Tags).Include(l => l.Contacts).AsSplitQuery().FirstAsync(l => l.Id == id);
    }

    public async Task<IReadOnlyList<LeadEvent>> HistoryAsync(LeadId id)
    {
        await using var db = Database();
        return await db.LeadEvents.AsNoTracking().Where(e => e.LeadId == id).OrderBy(e => e.Id).ToListAsync();
    }

    public async ValueTask DisposeAsync()
    {
        var isSqlite = _folder is not null;
        if (_services is IAsyncDisposable owned && (_folder ?? (object?)_database) is not null)
        {
            await owned.DisposeAsync();
        }

        if (_database is not null)
        {
            await _database.DisposeAsync();
        }

        if (isSqlite)
        {
            using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder!, "leaddesk.db")}");
            SqliteConnection.ClearPool(connection);
            Directory.Delete(_folder!, true);
        }
    }

    private static ServiceProvider Services(DatabaseProvider provider, string connection, FakeTimeProvider clock, Action<IServiceCollection>? adjust)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = provider.ToString(),
            ["Database:ConnectionString"] = connection,
            // Small worlds are often due as a whole; tests of the brake set it themselves.
            ["Retirement:BrakeFloor"] = "1000000",
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(clock);
        services.AddLogging();
        services.AddSingleton(p => new ChangeFeed(p.GetRequiredService<ILogger<ChangeFeed>>(), new LaterEachTime()));
        DeskHost.AddDesk(services, configuration);
        adjust?.Invoke(services);
        return services.BuildServiceProvider();
    }

    private static async Task<string> MakeSqliteTemplateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        var file = Path.Combine(folder, "template.db");
        await using (var services = Services(DatabaseProvider.Sqlite, $"Data Source={file};Pooling=False", new(Tuesday), null))
        {
            await FillAsync(services);
        }

        return file;
    }

    private static async Task FillAsync(ServiceProvider services)
    {
        await DeskHost.PrepareAsync(services);
        var ids = services.GetRequiredService<IdSource>();
        await ids.ReserveAsync<EmployeeId>(10, default);
        await ids.ReserveAsync<TeamId>(2, default);
        await ids.ReserveAsync<PoolId>(2, default);
        await ids.ReserveAsync<TagId>(2, default);
        await services.GetRequiredService<Transactor>().RunAsync(_builder, async work =>
        {
            var pune = Team.Create(work.NewId<TeamId>(), "Pune", null).Value!;
            var delhi = Team.Create(work.NewId<TeamId>(), "Delhi", null).Value!;
            work.Db.Teams.AddRange(pune, delhi);
            var asha = Person("Asha Rao", Roles.Agent, pune);
            var ravi = Person("Ravi Nair", Roles.Agent, pune);
            var omar = Person("Omar Khan", Roles.Agent, delhi);
            var tara = Person("Tara Bose", Roles.TeamLead, pune);
            var nils = Person("Nils Berg", Roles.TeamLead, delhi);
            Person("Meera Shah", Roles.SalesManager, null);
            Person("Iris Aydin", Roles.Admin, null);
            await work.Db.SaveChangesAsync();
            pune.Edit("Pune", tara.Id);
            delhi.Edit("Delhi", nils.Id);
            var inbound = Pool.Create(work.NewId<PoolId>(), "Inbound").Value!;
            var vip = Pool.Create(work.NewId<PoolId>(), "VIP").Value!;
            inbound.SetMembers([asha.Id, ravi.Id, omar.Id]);
            vip.SetMembers([asha.Id]);
            work.Db.Pools.AddRange(inbound, vip);
            work.Db.Tags.AddRange(Tag.Create(work.NewId<TagId>(), "VIP", isModifiable: false).Value!, Tag.Create(work.NewId<TagId>(), "French").Value!);
            return Outcome.Done;

            Employee Person(string name, Roles roles, Team? team)
            {
                var employee = Employee.Create(work.NewId<EmployeeId>(), name, $"{name.Split(' ')[0].ToLowerInvariant()}@leaddesk.test", roles, team?.Id, "UTC").Value!;
                work.Db.Employees.Add(employee);
                return employee;
            }
        });
    }

    private static async Task<TestDesk> LoadAsync(TestDesk desk)
    {
        var read = await desk.Get<DeskDirectory>().GetAsync();
        Employee Person(string first) => read.Employees.Single(e => e.FirstName == first);
        (desk.Asha, desk.Ravi, desk.Omar, desk.Tara, desk.Nils) = (Person("Asha"), Person("Ravi"), Person("Omar"), Person("Tara"), Person("Nils"));
        (desk.Meera, desk.Iris) = (Person("Meera"), Person("Iris"));
        (desk.Pune, desk.Delhi) = (read.Teams.Single(t => t.Name == "Pune"), read.Teams.Single(t => t.Name == "Delhi"));
        (desk.Inbound, desk.Vip) = (read.Pools.Single(p => p.Name == "Inbound"), read.Pools.Single(p => p.Name == "VIP"));
        (desk.Restricted, desk.French) = (read.Tags.Single(t => t.Name == "VIP"), read.Tags.Single(t => t.Name == "French"));
        (desk.Stages, desk.CallTags, desk.WebForm) = (read.Stages, read.CallTags, read.Sources.Single(s => s.Name == "Web form"));
        return desk;
    }
}
