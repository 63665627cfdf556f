using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Demo.Generate;

/// <summary>As many agents as were asked for, in teams of eight, with their leads, managers and an admin.</summary>
internal sealed class GeneratedStaff
{
    public const string Admin = "admin@leaddesk.local";

    private const int TeamSize = 8;
    private const int AgentsPerManager = 50;

    private static readonly string[] _doors = [Admin, "manager@leaddesk.local", "lead@leaddesk.local", "agent@leaddesk.local", "agent2@leaddesk.local"];

    private readonly Work _work;
    private readonly Random _chance;
    private readonly List<Employee> _people = [];
    private readonly HashSet<string> _names = [];
    private readonly HashSet<string> _addresses = [.. _doors];

    private GeneratedStaff(Work work, int seed) => (_work, _chance) = (work, new(seed));

    public static async Task ReserveAsync(IdSource ids, GenerateOrder order, CancellationToken ct)
    {
        await ids.ReserveAsync<EmployeeId>(1 + Managers(order) + Teams(order) + order.Agents, ct);
        await ids.ReserveAsync<TeamId>(Teams(order), ct);
        await ids.ReserveAsync<PoolId>(DemoPlaces.Pools.Count, ct);
        await ids.ReserveAsync<SourceId>(DemoCast.SourceNames.Count, ct);
        await ids.ReserveAsync<TagId>(DemoCast.TagNames.Count + DemoCast.ManagersTagNames.Count, ct);
    }

    /// <param name="isKnown">Whether everyone has this password. Otherwise it is the admin's alone, for one time, and nobody else can sign in until given one.</param>
    public static async Task<DemoCast> HireAsync(Work work, Passwords passwords, string hash, bool isKnown, GenerateOrder order)
    {
        var staff = new GeneratedStaff(work, order.Seed);
        var admin = staff.Person(Roles.Admin, null, Admin);
        var managers = Enumerable.Range(0, Managers(order)).Select(i => staff.Person(Roles.SalesManager, null, i == 0 ? _doors[1] : null)).ToList();
        var teams = Enumerable.Range(1, Teams(order)).Select(i => Team.Create(work.NewId<TeamId>(), $"Team {i}", null).Value!).ToList();
        var leads = teams.Select((t, i) => staff.Person(Roles.TeamLead, t, i == 0 ? _doors[2] : null)).ToList();
        var agents = Enumerable.Range(0, order.Agents).Select(i => staff.Person(Roles.Agent, teams[i / TeamSize], i < 2 ? _doors[3 + i] : null)).ToList();

        work.Db.Teams.AddRange(teams);
        work.Db.Employees.AddRange(staff._people);
        await work.Db.SaveChangesAsync(work.Ct);
        foreach (var (team, lead) in teams.Zip(leads))
        {
            team.Edit(team.Name, lead.Id);
        }

        if (isKnown)
        {
            work.Db.Users.AddRange(staff._people.Select(p => passwords.Open(p, hash)));
        }
        else
        {
            work.Db.Users.Add(passwords.Open(admin, hash));
            admin.AskForNewPassword();
        }

        var pools = staff.Pools(agents);
        var tags = DemoCast.TagNames.Select(n => Tag.Create(work.NewId<TagId>(), n).Value!).ToList();
        var managersTags = DemoCast.ManagersTagNames.Select(n => Tag.Create(work.NewId<TagId>(), n, isModifiable: false).Value!).ToList();
        var sources = DemoCast.SourceNames.Select(n => Source.Create(work.NewId<SourceId>(), n).Value!).ToList();
        work.Db.Pools.AddRange(pools);
        work.Db.Tags.AddRange([.. tags, .. managersTags]);
        work.Db.Sources.AddRange(sources);
        await work.Db.SaveChangesAsync(work.Ct);
        return new DemoCast
        {
            Agents = agents,
            Managers = managers,
            Teams = teams,
            Pools = pools,
            Sources = [.. work.Desk.Sources, .. sources],
            Tags = tags,
            ManagersTags = managersTags,
            OpenStages = [.. work.Desk.Stages.Where(s => s.Kind is StageKind.Open)],
            Won = work.Desk.Stages.First(s => s.Kind is StageKind.Won),
            Lost = work.Desk.Stages.First(s => s.Kind is StageKind.Lost),
            CallTags = work.Desk.CallTags,
        }.Meet(staff._people);
    }

    private static int Teams(GenerateOrder order) => (order.Agents + TeamSize - 1) / TeamSize;

    private static int Managers(GenerateOrder order) => 2 + (order.Agents / AgentsPerManager);

    /// <summary>Everyone is in one to three, and nobody's pool is empty.</summary>
    private List<Pool> Pools(List<Employee> agents)
    {
        var members = DemoPlaces.Pools.Select(_ => new HashSet<EmployeeId>()).ToList();
        for (var i = 0; i < Math.Max(agents.Count, members.Count); i++)
        {
            var agent = agents[i % agents.Count].Id;
            members[i % members.Count].Add(agent);
            for (var more = _chance.Next(3); more > 0; more--)
            {
                members[_chance.Next(members.Count)].Add(agent);
            }
        }

        var pools = DemoPlaces.Pools.Select(n => Pool.Create(_work.NewId<PoolId>(), n).Value!).ToList();
        foreach (var (pool, those) in pools.Zip(members))
        {
            pool.SetMembers(those);
        }

        return pools;
    }

    private Employee Person(Roles roles, Team? team, string? address)
    {
        var place = DemoPlaces.Of(_chance.Of(DemoPlaces.Pools), _chance);
        var plain = $"{_chance.Of(place.First)} {_chance.Of(place.Last)}";
        var name = plain;
        for (var n = 2; !_names.Add(name); n++)
        {
            name = $"{plain} {n}";
        }

        var person = Employee.Create(_work.NewId<EmployeeId>(), name, address ?? Address(name), roles, team?.Id, place.Zone).Value!;
        _people.Add(person);
        return person;
    }

    private string Address(string name)
    {
        var plain = string.Concat(SearchFold.Text(name).Replace(' ', '.').Where(c => char.IsAsciiLetterOrDigit(c) || c == '.'));
        var address = $"{plain}@leaddesk.local";
        for (var n = 2; !_addresses.Add(address); n++)
        {
            address = $"{plain}.{n}@leaddesk.local";
        }

        return address;
    }
}
