using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.People;

/// <summary>What an admin types about an employee.</summary>
/// <param name="TimeZone">IANA id.</param>
public sealed record EmployeeForm(string Name, string Email, Roles Roles, TeamId? TeamId, string TimeZone);
