using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Pools;

/// <summary>A named group of leads, with the agents eligible to receive them.</summary>
public sealed class Pool
{
    private readonly List<PoolMember> _members = [];

    private Pool() { }

    public PoolId Id { get; private set; }
    public string Name { get; private set; } = "";
    public IReadOnlyList<PoolMember> Members => _members;

    public static Outcome<Pool> Create(PoolId id, string name)
    {
        var pool = new Pool { Id = id };
        var outcome = pool.Rename(name);
        return outcome.Refusal is { } refusal ? refusal : pool;
    }

    public Outcome Rename(string name)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100)
        {
            return new NotAcceptable(nameof(Name), "A pool name has 1 to 100 characters.");
        }

        if (Name == name)
        {
            return Outcome.NothingToDo;
        }

        Name = name;
        return Outcome.Done;
    }

    public bool Has(EmployeeId employee) => _members.Exists(m => m.EmployeeId == employee);

    /// <summary>Members that leave keep the leads they own; they receive no further ones.</summary>
    public Outcome SetMembers(IReadOnlyCollection<EmployeeId> employees)
    {
        var wanted = employees.ToHashSet();
        if (wanted.SetEquals(_members.Select(m => m.EmployeeId)))
        {
            return Outcome.NothingToDo;
        }

        _members.RemoveAll(m => !wanted.Contains(m.EmployeeId));
        _members.AddRange(wanted.Where(e => !Has(e)).Select(e => new PoolMember(Id, e)));
        return Outcome.Done;
    }
}

public sealed class PoolMember(PoolId poolId, EmployeeId employeeId)
{
    public PoolId PoolId { get; private set; } = poolId;
    public EmployeeId EmployeeId { get; private set; } = employeeId;
}
