namespace LeadDesk.Domain.People;

/// <summary>What an employee may hold; one employee may hold several.</summary>
[Flags]
public enum Roles
{
    None = 0,
    Agent = 1,
    TeamLead = 2,
    SalesManager = 4,
    Admin = 8,
}

public static class RoleWords
{
    private static readonly (Roles Role, string Word)[] _words =
        [(Roles.Admin, "Admin"), (Roles.SalesManager, "Sales Manager"), (Roles.TeamLead, "Team Lead"), (Roles.Agent, "Agent")];

    /// <summary>"Sales Manager, Agent"; highest role first. Empty without a role.</summary>
    public static string InWords(this Roles roles) => string.Join(", ", _words.Where(w => roles.HasFlag(w.Role)).Select(w => w.Word));
}
