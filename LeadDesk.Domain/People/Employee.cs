using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.People;

/// <summary>Someone who signs in.</summary>
public sealed class Employee
{
    private Employee() { }

    public EmployeeId Id { get; private set; }
    public string Name { get; private set; } = "";
    public string Email { get; private set; } = "";
    public Roles Roles { get; private set; }
    public TeamId? TeamId { get; private set; }

    /// <summary>IANA id; follow-ups fall due at this zone's midnight.</summary>
    public string TimeZone { get; private set; } = "UTC";

    /// <summary>A disabled employee cannot sign in, and is out at once where signed in.</summary>
    public bool IsActive { get; private set; } = true;

    /// <summary>Set with a one-time password; the next sign-in has to choose a new one.</summary>
    public bool MustChangePassword { get; private set; }

    public string FirstName => Name.Split(' ', 2)[0];

    public static Outcome<Employee> Create(EmployeeId id, string name, string email, Roles roles, TeamId? team, string timeZone)
    {
        var employee = new Employee { Id = id };
        var outcome = employee.Edit(name, email, roles, team, timeZone);
        return outcome.Refusal is { } refusal ? refusal : employee;
    }

    public Outcome Edit(string name, string email, Roles roles, TeamId? team, string timeZone)
    {
        name = name.Trim();
        email = email.Trim();
        if (name.Length is 0 or > 200)
        {
            return new NotAcceptable(nameof(Name), "A name has 1 to 200 characters.");
        }

        if (email.Length is < 3 or > 200 || email.IndexOf('@', StringComparison.Ordinal) is < 1)
        {
            return new NotAcceptable(nameof(Email), "This is not an e-mail address.");
        }

        if (roles is Roles.None)
        {
            return new NotAcceptable(nameof(Roles), "Choose at least one role.");
        }

        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out _))
        {
            return new NotAcceptable(nameof(TimeZone), $"“{timeZone}” is not a time zone.");
        }

        if ((Name, Email, Roles, TeamId, TimeZone) == (name, email, roles, team, timeZone))
        {
            return Outcome.NothingToDo;
        }

        (Name, Email, Roles, TeamId, TimeZone) = (name, email, roles, team, timeZone);
        return Outcome.Done;
    }

    public Outcome SetActive(bool active)
    {
        if (IsActive == active)
        {
            return Outcome.NothingToDo;
        }

        IsActive = active;
        return Outcome.Done;
    }

    public void AskForNewPassword() => MustChangePassword = true;

    public void PasswordChanged() => MustChangePassword = false;
}
