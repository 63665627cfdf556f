using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.People;

/// <summary>For admins. The employee is out at once, wherever they are signed in, and keeps their leads until someone reassigns them.</summary>
public sealed class DisableEmployee(Transactor transactor)
{
    public Task<Outcome> RunAsync(EmployeeId id, Actor by, CancellationToken ct = default) => transactor.StaffAsync(by, async work =>
    {
        if (await work.EmployeeAsync(id) is not { } employee)
        {
            return Staffing.Gone;
        }

        if (employee is { IsActive: true } && employee.Roles.HasFlag(Roles.Admin) && await work.IsLastAdminAsync(id))
        {
            return new NotAllowed($"{employee.FirstName} is the last admin. Make someone else an admin first.");
        }

        var before = Staffing.Words(employee, work.Desk);
        var outcome = employee.SetActive(false);
        await PutOut.NoteAsync(work, id);
        work.Note("Employee", before, Staffing.Words(employee, work.Desk));
        return outcome;
    }, ct);
}
