using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>
/// The small tables that every screen needs for names and rights, read once and shared until one of them changes.
/// Reading it costs no query, so lists carry ids and screens look the words up.
/// </summary>
public sealed class DeskDirectory(IDbContextFactory<LeadDeskDb> databases)
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private readonly Lock _remembering = new();
    private volatile Desk? _desk;
    private int _generation;

    public async ValueTask<Desk> GetAsync(CancellationToken ct = default)
    {
        if (_desk is { } known)
        {
            return known;
        }

        await _loading.WaitAsync(ct);
        try
        {
            while (true)
            {
                if (_desk is { } meanwhile)
                {
                    return meanwhile;
                }

                var generation = Volatile.Read(ref _generation);
                var read = await ReadAsync(ct);
                lock (_remembering)
                {
                    if (generation == _generation)
                    {
                        return _desk = read;
                    }
                }
            }
        }
        finally
        {
            _loading.Release();
        }
    }

    /// <summary>None for someone who is not there or was disabled.</summary>
    public async ValueTask<Actor?> ActorAsync(EmployeeId id, CancellationToken ct = default) => (await GetAsync(ct)).Actor(id);

    internal void Forget()
    {
        lock (_remembering)
        {
            _generation++;
            _desk = null;
        }
    }

    private async Task<Desk> ReadAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return new(
            await db.Employees.AsNoTracking().ToListAsync(ct),
            await db.Teams.AsNoTracking().ToListAsync(ct),
            await db.Stages.AsNoTracking().OrderBy(s => s.Position).ThenBy(s => s.Id).ToListAsync(ct),
            await db.Sources.AsNoTracking().ToListAsync(ct),
            await db.Pools.AsNoTracking().Include(p => p.Members).ToListAsync(ct),
            await db.Tags.AsNoTracking().ToListAsync(ct),
            await db.CallTags.AsNoTracking().OrderBy(t => t.Position).ThenBy(t => t.Id).ToListAsync(ct),
            await db.RetirementSettings.AsNoTracking().OrderByDescending(s => s.Id).FirstOrDefaultAsync(ct));
    }
}

/// <summary>One reading of the desk's small tables. Never changes; a later reading is another object.</summary>
public sealed class Desk
{
    private readonly Dictionary<EmployeeId, Employee> _employees;
    private readonly Dictionary<EmployeeId, Actor> _actors;
    private readonly Dictionary<StageId, Stage> _stages;
    private readonly Dictionary<SourceId, Source> _sources;
    private readonly Dictionary<PoolId, Pool> _pools;
    private readonly Dictionary<TagId, Tag> _tags;
    private readonly Dictionary<CallTagId, CallTag> _callTags;
    private readonly Dictionary<TeamId, Team> _teams;

    internal Desk(
        IReadOnlyList<Employee> employees, IReadOnlyList<Team> teams, IReadOnlyList<Stage> stages, IReadOnlyList<Source> sources,
        IReadOnlyList<Pool> pools, IReadOnlyList<Tag> tags, IReadOnlyList<CallTag> callTags, RetirementSetting? retirement)
    {
        Employees = [.. employees.OrderBy(e => e.Name, StringComparer.CurrentCultureIgnoreCase)];
        Teams = [.. teams.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)];
        Stages = stages;
        Sources = [.. sources.OrderBy(s => s.Name, StringComparer.CurrentCultureIgnoreCase)];
        Pools = [.. pools.OrderBy(p => p.Name, StringComparer.CurrentCultureIgnoreCase)];
        Tags = [.. tags.OrderBy(t => t.Name, StringComparer.CurrentCultureIgnoreCase)];
        CallTags = callTags;
        Policy = retirement?.Policy ?? new(null, TimeSpan.Zero);
        Brake = retirement?.Brake ?? new(0, int.MaxValue);
        ManagersMaySetRetirement = retirement?.ManagersMaySet ?? false;
        _employees = employees.ToDictionary(e => e.Id);
        _actors = employees.Where(e => e.IsActive).ToDictionary(e => e.Id, e => Domain.People.Actor.Person(e, teams.Where(t => t.LeadId == e.Id).Select(t => t.Id)));
        _teams = teams.ToDictionary(t => t.Id);
        _stages = stages.ToDictionary(s => s.Id);
        _sources = sources.ToDictionary(s => s.Id);
        _pools = pools.ToDictionary(p => p.Id);
        _tags = tags.ToDictionary(t => t.Id);
        _callTags = callTags.ToDictionary(t => t.Id);
    }

    public IReadOnlyList<Employee> Employees { get; }
    public IReadOnlyList<Team> Teams { get; }

    /// <summary>In the order of the pipeline.</summary>
    public IReadOnlyList<Stage> Stages { get; }

    public IReadOnlyList<Source> Sources { get; }
    public IReadOnlyList<Pool> Pools { get; }
    public IReadOnlyList<Tag> Tags { get; }

    /// <summary>In the order of the call form.</summary>
    public IReadOnlyList<CallTag> CallTags { get; }

    public RetirementPolicy Policy { get; }
    public Brake Brake { get; }

    /// <summary>Whether an Admin granted Sales Managers the right to set the period.</summary>
    public bool ManagersMaySetRetirement { get; }

    public bool MaySetRetirement(Actor actor) => actor.MaySetRetirement || (ManagersMaySetRetirement && actor.IsManager);

    public Employee? Employee(EmployeeId? id) => id is { } i ? _employees.GetValueOrDefault(i) : null;
    public Team? Team(TeamId? id) => id is { } i ? _teams.GetValueOrDefault(i) : null;
    public Stage? Stage(StageId id) => _stages.GetValueOrDefault(id);
    public Source? Source(SourceId id) => _sources.GetValueOrDefault(id);
    public Pool? Pool(PoolId? id) => id is { } i ? _pools.GetValueOrDefault(i) : null;
    public Tag? Tag(TagId id) => _tags.GetValueOrDefault(id);
    public CallTag? CallTag(CallTagId? id) => id is { } i ? _callTags.GetValueOrDefault(i) : null;

    /// <summary>The same object as long as the reading is, so a screen sees by it whether rights may have changed. None for someone disabled.</summary>
    public Actor? Actor(EmployeeId id) => _actors.GetValueOrDefault(id);

    /// <summary>The active agents of a pool.</summary>
    public IEnumerable<Employee> Eligible(Pool pool) => Employees.Where(e => e.IsActive && e.Roles.HasFlag(Roles.Agent) && pool.Has(e.Id));

    public bool Retires(StageId id) => Stage(id)?.Retires ?? false;

    /// <summary>What the clock of a lead says; null where none runs.</summary>
    public ClockReading? Clock(DateTimeOffset? clockStart, StageId stage, DateTimeOffset asOf) => InactivityClock.Read(Policy, clockStart, Retires(stage), asOf);
}
