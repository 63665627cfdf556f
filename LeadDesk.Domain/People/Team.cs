using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.People;

/// <summary>Employees with one team lead.</summary>
public sealed class Team
{
    private Team() { }

    public TeamId Id { get; private set; }
    public string Name { get; private set; } = "";
    public EmployeeId? LeadId { get; private set; }

    public static Outcome<Team> Create(TeamId id, string name, EmployeeId? lead)
    {
        var team = new Team { Id = id };
        var outcome = team.Edit(name, lead);
        return outcome.Refusal is { } refusal ? refusal : team;
    }

    public Outcome Edit(string name, EmployeeId? lead)
    {
        name = name.Trim();
        if (name.Length is 0 or > 100)
        {
            return new NotAcceptable(nameof(Name), "A team name has 1 to 100 characters.");
        }

        if ((Name, LeadId) == (name, lead))
        {
            return Outcome.NothingToDo;
        }

        (Name, LeadId) = (name, lead);
        return Outcome.Done;
    }
}
