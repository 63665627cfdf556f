using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Access;

/// <summary>For whoever installed an empty desk, once: as soon as there is an employee it refuses.</summary>
public sealed class SetUpFirstAdmin(Transactor transactor, IdSource ids, Passwords passwords)
{
    private static readonly NotAllowed _tooLate = new("This desk has its first admin. Sign in.");

    public async Task<Outcome<Account>> RunAsync(string name, string email, string password, string timeZone, CancellationToken ct = default)
    {
        if (Passwords.Check(password, email.Trim()) is { } refusal)
        {
            return refusal;
        }

        await ids.ReserveAsync<EmployeeId>(1, ct);
        var hash = passwords.Hash(password);
        return await transactor.RunAsync<Account>(Actor.System("set-up"), async work =>
        {
            // Two at once: the second waits here until the first has committed, on both databases.
            await work.Db.IdBlocks.Where(b => b.Kind == nameof(EmployeeId)).ExecuteUpdateAsync(s => s.SetProperty(b => b.Next, b => b.Next), work.Ct);
            if (await work.Db.Employees.AnyAsync(work.Ct))
            {
                return _tooLate;
            }

            var created = Employee.Create(work.NewId<EmployeeId>(), name, email, Roles.Admin, null, timeZone);
            if (created.Value is not { } admin)
            {
                return created.Refusal!;
            }

            work.Db.Employees.Add(admin);
            work.Db.DeskEvents.Add(new(work.Now, null, "First admin", null, admin.Name));
            return work.Db.Users.Add(passwords.Open(admin, hash)).Entity;
        }, ct);
    }
}
