using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.People;

/// <summary>
/// For admins, when someone forgot theirs: ends a pause and all sign-ins; the next one has to choose a new password.
/// </summary>
public sealed class SetOneTimePassword(Transactor transactor, Passwords passwords)
{
    /// <returns>The one-time password, told once and kept nowhere.</returns>
    public async Task<Outcome<string>> RunAsync(EmployeeId id, Actor by, CancellationToken ct = default)
    {
        var password = Passwords.OneTime();
        var hash = passwords.Hash(password);
        var outcome = await transactor.StaffAsync(by, async work =>
        {
            if (await work.EmployeeAsync(id) is not { } employee)
            {
                return Staffing.Gone;
            }

            if (await work.Db.Users.FirstOrDefaultAsync(a => a.Id == id.Value, work.Ct) is { } account)
            {
                passwords.Set(account, hash);
                await PutOut.NoteAsync(work, id);
            }
            else
            {
                work.Db.Users.Add(passwords.Open(employee, hash));
            }

            employee.AskForNewPassword();
            work.Note("One-time password", null, employee.Name);
            return Outcome.Done;
        }, ct);
        return outcome.Refusal is { } refusal ? refusal : password;
    }
}
