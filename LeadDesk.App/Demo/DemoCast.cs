using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Demo;

/// <summary>Who works on the demo desk, and with what.</summary>
internal sealed class DemoCast
{
    public const string Password = "LeadDesk!2026";
    public const int Employees = 31;

    private static readonly (string Team, string Lead, string Zone, string[] Agents)[] _teams =
    [
        ("North", "Otto Thorsen", "Europe/Copenhagen", ["Ana Costa", "Ben Hartmann", "Jana Horák", "Luca Bianchi", "Sven Albers", "Paula Reyes"]),
        ("South", "Marco Conti", "Europe/Madrid", ["Elena Ruiz", "Tomás Pinto", "Giulia Ferri", "Hugo Navarro", "Inês Matos", "Pablo Serra"]),
        ("East", "Zofia Lis", "Europe/Warsaw", ["Jakub Wrona", "Petra Dvořák", "Mihai Stan", "Eszter Nagy", "Luka Babić", "Katya Ilieva"]),
        ("West", "Claire Dubois", "Europe/Paris", ["Rita Kraus", "Émile Garnier", "Sanne Visser", "Liam Byrne", "Noor Haddad", "Jonas Meier"]),
    ];

    private static readonly (string Pool, string[] Members)[] _pools =
    [
        ("DACH", ["Ana Costa", "Jana Horák", "Sven Albers", "Paula Reyes", "Rita Kraus", "Jonas Meier", "Petra Dvořák", "Eszter Nagy"]),
        ("Nordics", ["Ben Hartmann", "Jana Horák", "Luca Bianchi", "Sven Albers", "Sanne Visser", "Liam Byrne"]),
        ("Iberia", ["Ben Hartmann", "Paula Reyes", "Elena Ruiz", "Tomás Pinto", "Hugo Navarro", "Inês Matos", "Pablo Serra"]),
        ("Francophone", ["Luca Bianchi", "Giulia Ferri", "Émile Garnier", "Sanne Visser", "Liam Byrne", "Noor Haddad"]),
        ("Export", ["Ana Costa", "Luca Bianchi", "Giulia Ferri", "Jakub Wrona", "Petra Dvořák", "Mihai Stan", "Eszter Nagy", "Luka Babić", "Katya Ilieva", "Noor Haddad"]),
        ("VIP", ["Ana Costa", "Ben Hartmann", "Elena Ruiz", "Jakub Wrona", "Rita Kraus"]),
    ];

    private static readonly string[] _tags = ["Retailer", "French", "Spanish", "Trade fair", "Deposit promised", "Price list sent", "Sample sent", "Newsletter"];
    private static readonly string[] _managersTags = ["VIP", "Key account"];
    private static readonly string[] _sources = ["Trade fair", "Partner", "Organic search"];

    private static readonly Dictionary<string, string> _addresses = new()
    {
        ["Iris Aydin"] = "admin@leaddesk.local",
        ["Maya Keller"] = "manager@leaddesk.local",
        ["Otto Thorsen"] = "lead@leaddesk.local",
        ["Ana Costa"] = "agent@leaddesk.local",
        ["Ben Hartmann"] = "agent2@leaddesk.local",
    };

    private readonly Dictionary<string, Employee> _byName = [];
    private readonly Dictionary<EmployeeId, Actor> _actors = [];
    private readonly Dictionary<EmployeeId, Employee> _leadOf = [];
    private readonly Dictionary<EmployeeId, IReadOnlyList<Pool>> _poolsOf = [];
    private readonly Dictionary<PoolId, IReadOnlyList<Employee>> _agentsOf = [];

    public static IReadOnlyList<string> TagNames => _tags;

    public static IReadOnlyList<string> ManagersTagNames => _managersTags;

    public static IReadOnlyList<string> SourceNames => _sources;

    /// <summary>The five that the sign-in page offers.</summary>
    public static IReadOnlyList<DemoAccount> Doors { get; } =
    [
        new("Sales Manager", "manager@leaddesk.local", Password),
        new("Team Lead", "lead@leaddesk.local", Password),
        new("Agent", "agent@leaddesk.local", Password),
        new("Second Agent", "agent2@leaddesk.local", Password),
        new("Admin", "admin@leaddesk.local", Password),
    ];

    /// <summary>Everyone; the first of each team's agents in a row, then the second ones, so that what is dealt out in turn reaches every team.</summary>
    public required IReadOnlyList<Employee> Agents { get; init; }

    public required IReadOnlyList<Employee> Managers { get; init; }
    public required IReadOnlyList<Pool> Pools { get; init; }
    public required IReadOnlyList<Source> Sources { get; init; }
    public required IReadOnlyList<Tag> Tags { get; init; }
    public required IReadOnlyList<Tag> ManagersTags { get; init; }
    public required IReadOnlyList<Stage> OpenStages { get; init; }
    public required Stage Won { get; init; }
    public required Stage Lost { get; init; }
    public required IReadOnlyList<CallTag> CallTags { get; init; }
    public required IReadOnlyList<Team> Teams { get; init; }

    public Employee Named(string name) => _byName[name];

    public Actor As(Employee employee) => _actors[employee.Id];

    public Actor As(EmployeeId employee) => _actors[employee];

    public Employee LeadOf(Employee agent) => _leadOf[agent.Id];

    public IReadOnlyList<Pool> PoolsOf(Employee agent) => _poolsOf[agent.Id];

    public IReadOnlyList<Employee> AgentsOf(Pool pool) => _agentsOf[pool.Id];

    public Pool PoolOf(Lead lead) => Pools.First(p => p.Id == lead.PoolId);

    /// <summary>Looks everyone up once: a million leads ask.</summary>
    public DemoCast Meet(IReadOnlyList<Employee> people)
    {
        var byId = people.ToDictionary(p => p.Id);
        foreach (var person in people)
        {
            _byName[person.Name] = person;
            _actors[person.Id] = Actor.Person(person, Teams.Where(t => t.LeadId == person.Id).Select(t => t.Id));
        }

        foreach (var agent in Agents)
        {
            _leadOf[agent.Id] = byId[Teams.Single(t => t.Id == agent.TeamId).LeadId!.Value];
            _poolsOf[agent.Id] = [.. Pools.Where(p => p.Has(agent.Id))];
        }

        foreach (var pool in Pools)
        {
            _agentsOf[pool.Id] = [.. Agents.Where(a => pool.Has(a.Id))];
        }

        return this;
    }

    /// <summary>Ids for what <see cref="HireAsync"/> makes.</summary>
    public static async Task ReserveAsync(IdSource ids, CancellationToken ct)
    {
        await ids.ReserveAsync<EmployeeId>(Employees, ct);
        await ids.ReserveAsync<TeamId>(_teams.Length, ct);
        await ids.ReserveAsync<PoolId>(_pools.Length, ct);
        await ids.ReserveAsync<SourceId>(10, ct);
        await ids.ReserveAsync<TagId>(20, ct);
    }

    /// <summary>Puts everyone on an empty desk that has its stages, call tags and first sources.</summary>
    public static async Task<DemoCast> HireAsync(Work work, Passwords passwords, string hash)
    {
        var people = new List<Employee> { Person("Iris Aydin", Roles.Admin, null, "Europe/Berlin"), Person("Maya Keller", Roles.SalesManager, null, "Europe/Zurich"), Person("Omar Tazi", Roles.SalesManager, null, "Europe/Brussels") };
        var teams = new List<Team>();
        foreach (var (name, lead, zone, agents) in _teams)
        {
            var team = Team.Create(work.NewId<TeamId>(), name, null).Value!;
            teams.Add(team);
            people.Add(Person(lead, Roles.TeamLead, team, zone));
            people.AddRange(agents.Select(a => Person(a, Roles.Agent, team, zone)));
        }

        work.Db.Teams.AddRange(teams);
        work.Db.Employees.AddRange(people);
        await work.Db.SaveChangesAsync(work.Ct);
        work.Db.Users.AddRange(people.Select(p => passwords.Open(p, hash)));
        foreach (var (team, plan) in teams.Zip(_teams))
        {
            team.Edit(team.Name, people.Single(p => p.Name == plan.Lead).Id);
        }

        var pools = _pools.Select(p => Pool.Create(work.NewId<PoolId>(), p.Pool).Value!).ToList();
        foreach (var (pool, plan) in pools.Zip(_pools))
        {
            pool.SetMembers([.. plan.Members.Select(m => people.Single(p => p.Name == m).Id)]);
        }

        var tags = _tags.Select(n => Tag.Create(work.NewId<TagId>(), n).Value!).ToList();
        var managersTags = _managersTags.Select(n => Tag.Create(work.NewId<TagId>(), n, isModifiable: false).Value!).ToList();
        var sources = _sources.Select(n => Source.Create(work.NewId<SourceId>(), n).Value!).ToList();
        work.Db.Pools.AddRange(pools);
        work.Db.Tags.AddRange([.. tags, .. managersTags]);
        work.Db.Sources.AddRange(sources);

        var stages = work.Desk.Stages;
        return new DemoCast
        {
            Agents = [.. Enumerable.Range(0, _teams[0].Agents.Length).SelectMany(i => _teams.Select(t => people.Single(p => p.Name == t.Agents[i])))],
            Managers = [.. people.Where(p => p.Roles.HasFlag(Roles.SalesManager))],
            Teams = teams,
            Pools = pools,
            Sources = [.. work.Desk.Sources, .. sources],
            Tags = tags,
            ManagersTags = managersTags,
            OpenStages = [.. stages.Where(s => s.Kind is StageKind.Open)],
            Won = stages.First(s => s.Kind is StageKind.Won),
            Lost = stages.First(s => s.Kind is StageKind.Lost),
            CallTags = work.Desk.CallTags,
        }.Meet(people);

        Employee Person(string name, Roles roles, Team? team, string zone)
        {
            var address = _addresses.GetValueOrDefault(name) ?? $"{SearchFold.Text(name.Split(' ')[0])}@leaddesk.local";
            return Employee.Create(work.NewId<EmployeeId>(), name, address, roles, team?.Id, zone).Value!;
        }
    }
}
