using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.People;

/// <summary>For admins. Other roles sign the employee out everywhere; another team takes their leads along.</summary>
public sealed class EditEmployee(Transactor transactor, Passwords passwords)
{
    public Task<Outcome> RunAsync(EmployeeId id, EmployeeForm form, Actor by, CancellationToken ct = default) => transactor.StaffAsync(by, async work =>
    {
        if (await work.EmployeeAsync(id) is not { } employee)
        {
            return Staffing.Gone;
        }

        if (await work.AddressTakenAsync(passwords, form.Email, id) is { } taken)
        {
            return taken;
        }

        if (employee.IsActive && employee.Roles.HasFlag(Roles.Admin) && !form.Roles.HasFlag(Roles.Admin) && await work.IsLastAdminAsync(id))
        {
            return new NotAcceptable(nameof(Roles), $"{employee.FirstName} is the last admin. Make someone else an admin first.");
        }

        if (!form.Roles.HasFlag(Roles.TeamLead) && await work.Db.Teams.FirstOrDefaultAsync(t => t.LeadId == id, work.Ct) is { } led)
        {
            return new NotAcceptable(nameof(Roles), $"{employee.FirstName} leads team {led.Name}. Give it another lead first.");
        }

        var (before, roles, team) = (Staffing.Words(employee, work.Desk), employee.Roles, employee.TeamId);
        var outcome = employee.Edit(form.Name, form.Email, form.Roles, form.TeamId, form.TimeZone);
        if (outcome.Kind is not OutcomeKind.Done)
        {
            return outcome;
        }

        if (await work.Db.Users.FirstOrDefaultAsync(a => a.Id == id.Value, work.Ct) is { } account)
        {
            passwords.Follow(account, employee);
        }

        if (employee.Roles != roles)
        {
            await PutOut.NoteAsync(work, id);
        }

        if (employee.TeamId != team)
        {
            await work.MoveLeadsAsync(id, team, employee.TeamId);
        }

        work.Note("Employee", before, Staffing.Words(employee, work.Desk));
        return outcome;
    }, ct);
}
