using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.People;

/// <summary>What every act on employees and teams has in common.</summary>
internal static class Staffing
{
    private static readonly NotAllowed _notAllowed = new("Only admins change employees, roles and teams.");

    public static Task<Outcome> StaffAsync(this Transactor transactor, Actor by, Func<Work, Task<Outcome>> act, CancellationToken ct) =>
        transactor.RunAsync(by, async work =>
        {
            if (!work.By.MayManagePeople)
            {
                return _notAllowed;
            }

            // One at a time, on both databases: two admins who take the role from each other would leave none.
            await work.Db.IdBlocks.Where(b => b.Kind == nameof(EmployeeId)).ExecuteUpdateAsync(s => s.SetProperty(b => b.Next, b => b.Next), work.Ct);
            return await act(work);
        }, ct);

    public static NotFound Gone { get; } = new("No such employee here.");

    public static Task<Employee?> EmployeeAsync(this Work work, EmployeeId id) => work.Db.Employees.FirstOrDefaultAsync(e => e.Id == id, work.Ct);

    public static async Task<bool> IsLastAdminAsync(this Work work, EmployeeId id) =>
        !(await work.Db.Employees.Where(e => e.Id != id && e.IsActive).Select(e => e.Roles).ToListAsync(work.Ct)).Exists(r => r.HasFlag(Roles.Admin));

    public static async Task<NotAcceptable?> AddressTakenAsync(this Work work, Passwords passwords, string email, EmployeeId? but)
    {
        var name = passwords.Normalize(email);
        var owner = await work.Db.Users.Where(a => a.NormalizedEmail == name).Select(a => (long?)a.Id).FirstOrDefaultAsync(work.Ct)
            ?? work.Desk.Employees.FirstOrDefault(e => passwords.Normalize(e.Email) == name)?.Id.Value;
        return owner is null || owner == but?.Value ? null
            : new(nameof(Employee.Email), $"{work.Desk.Employee(new(owner.Value))?.Name ?? "Somebody"} signs in with this address already.");
    }

    public static void Note(this Work work, string what, string? from, string? to) => work.Db.DeskEvents.Add(new(work.Now, work.By.Id, what, from, to));

    public static string Words(Employee employee, Desk desk) =>
        $"{employee.Name}, {employee.Email}, {employee.Roles.InWords()}, team {desk.Team(employee.TeamId)?.Name ?? "none"}, {employee.TimeZone}{(employee.IsActive ? "" : ", disabled")}";

    /// <summary>The leads go where their owner is. Who is retired from whom, and from which team, stays as it was.</summary>
    public static async Task MoveLeadsAsync(this Work work, EmployeeId owner, TeamId? from, TeamId? to)
    {
        await work.Db.Leads.Where(l => l.OwnerId == owner && l.TeamId != to).ExecuteUpdateAsync(s => s.SetProperty(l => l.TeamId, to), work.Ct);
        work.Tell(Topic.Owner(owner));
        work.Tell(Topic.AllLeads);
        foreach (var team in new[] { from, to }.OfType<TeamId>())
        {
            work.Tell(Topic.Team(team));
        }
    }
}
