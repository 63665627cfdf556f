using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.People;

/// <summary>For admins. The new employee signs in with a one-time password, which is told to the admin once and kept nowhere.</summary>
public sealed class AddEmployee(Transactor transactor, IdSource ids, Passwords passwords)
{
    /// <returns>The one-time password.</returns>
    public async Task<Outcome<string>> RunAsync(EmployeeForm form, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<EmployeeId>(1, ct);
        var password = Passwords.OneTime();
        var hash = passwords.Hash(password);
        var outcome = await transactor.StaffAsync(by, async work =>
        {
            if (await work.AddressTakenAsync(passwords, form.Email, null) is { } taken)
            {
                return taken;
            }

            var created = Employee.Create(work.NewId<EmployeeId>(), form.Name, form.Email, form.Roles, form.TeamId, form.TimeZone);
            if (created.Value is not { } employee)
            {
                return created.Plain;
            }

            employee.AskForNewPassword();
            work.Db.Employees.Add(employee);
            work.Db.Users.Add(passwords.Open(employee, hash));
            work.Note("Employee", null, Staffing.Words(employee, work.Desk));
            return Outcome.Done;
        }, ct);
        return outcome.Refusal is { } refusal ? refusal : password;
    }
}
