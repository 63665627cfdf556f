using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.People;

/// <summary>For admins: lets someone in again who was disabled, with the password they had.</summary>
public sealed class EnableEmployee(Transactor transactor)
{
    public Task<Outcome> RunAsync(EmployeeId id, Actor by, CancellationToken ct = default) => transactor.StaffAsync(by, async work =>
    {
        if (await work.EmployeeAsync(id) is not { } employee)
        {
            return Staffing.Gone;
        }

        var before = Staffing.Words(employee, work.Desk);
        var outcome = employee.SetActive(true);
        work.Note("Employee", before, Staffing.Words(employee, work.Desk));
        return outcome;
    }, ct);
}
