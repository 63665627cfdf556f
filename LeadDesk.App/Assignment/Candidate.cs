using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Assignment;

/// <summary>Someone to whom leads can be assigned, or who still holds some.</summary>
/// <param name="Holds">Open leads.</param>
/// <param name="Pools">By name.</param>
public sealed record Candidate(Employee Who, int Holds, string? Team, IReadOnlyList<string> Pools)
{
    /// <summary>The active agents, and whoever else still holds leads; by name.</summary>
    public static IReadOnlyList<Candidate> Of(Desk desk, IReadOnlyDictionary<EmployeeId, int> loads) => [.. desk.Employees
        .Where(e => MayOwn(e) || loads.ContainsKey(e.Id))
        .Select(e => new Candidate(e, loads.GetValueOrDefault(e.Id), desk.Team(e.TeamId)?.Name, [.. desk.Pools.Where(p => p.Has(e.Id)).Select(p => p.Name)]))];

    public bool MayReceive => MayOwn(Who);

    /// <summary>"North · DACH, Export", "South · in no pool", "cannot own leads any more".</summary>
    public string About => MayReceive
        ? string.Join(" · ", new[] { Team, Pools.Count == 0 ? "in no pool" : string.Join(", ", Pools) }.OfType<string>())
        : "cannot own leads any more";

    private static bool MayOwn(Employee employee) => employee.IsActive && employee.Roles.HasFlag(Roles.Agent);
}
