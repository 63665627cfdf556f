using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.People;

/// <summary>
/// A person or the system, with what each may do (the table "Who may do what" of the product page).
/// Passed as a parameter to everything that reads or changes leads; never ambient.
/// </summary>
public sealed class Actor
{
    private Actor(EmployeeId? id, string name, Roles roles, TeamId? team, IReadOnlyList<TeamId> leads, bool isSystem, string timeZone) =>
        (Id, Name, Roles, TeamId, LeadsTeams, IsSystem, TimeZone) = (id, name, roles, team, leads, isSystem, timeZone);

    /// <summary>None for the system.</summary>
    public EmployeeId? Id { get; }

    public string Name { get; }
    public Roles Roles { get; }
    public TeamId? TeamId { get; }

    /// <summary>The teams whose lead this person is; empty without the role.</summary>
    public IReadOnlyList<TeamId> LeadsTeams { get; }

    public bool IsSystem { get; }

    /// <summary>IANA id.</summary>
    public string TimeZone { get; }

    public static Actor System(string name) => new(null, name, Roles.None, null, [], true, "UTC");

    public static Actor Person(Employee employee, IEnumerable<TeamId> leadsTeams) =>
        new(employee.Id, employee.Name, employee.Roles, employee.TeamId, employee.Roles.HasFlag(Roles.TeamLead) ? [.. leadsTeams] : [], false, employee.TimeZone);

    public bool IsAgent => Roles.HasFlag(Roles.Agent);
    public bool IsTeamLead => Roles.HasFlag(Roles.TeamLead);
    public bool IsManager => Roles.HasFlag(Roles.SalesManager) || IsAdmin;
    public bool IsAdmin => Roles.HasFlag(Roles.Admin);

    public bool MaySeeAllLeads => IsSystem || IsManager;

    /// <summary>Assign, unassign, reassign, revoke, hand over.</summary>
    public bool MayAssign => IsSystem || IsManager;

    public bool MayImport => IsSystem || IsManager;

    /// <summary>Sources, pools, stages, tags, call tags.</summary>
    public bool MaySetUpDesk => IsSystem || IsManager;

    public bool MaySeePeople => IsManager;
    public bool MayManagePeople => IsAdmin;
    public bool MaySeeUnassigned => MaySeeAllLeads;
    public bool MaySeeRetired => MaySeeAllLeads || IsTeamLead;

    /// <summary>The inactivity period and what belongs to it. Granting it to Sales Managers comes with its settings page.</summary>
    public bool MaySetRetirement => IsAdmin;

    public bool MayUseNonModifiableTags => IsSystem || IsManager;
    public bool MayDecideRequests => IsManager;
}
