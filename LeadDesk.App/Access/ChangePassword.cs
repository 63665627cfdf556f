using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Access;

/// <summary>For everyone, their own. Ends every other sign-in of the person; the browser it is done from signs in anew.</summary>
public sealed class ChangePassword(Transactor transactor, DeskDirectory directory, CheckPassword check, Passwords passwords)
{
    public async Task<Outcome<Account>> RunAsync(string current, string next, EmployeeId who, CancellationToken ct = default)
    {
        if ((await directory.GetAsync(ct)).Employee(who) is not { } employee)
        {
            return new NotAllowed("You are signed out.");
        }

        if (Passwords.Check(next, employee.Email) is { } refusal)
        {
            return refusal;
        }

        if (next == current)
        {
            return new NotAcceptable("Password", "This is the password you have now. Choose another one.");
        }

        if ((await check.RunAsync(employee.Email, current, ct)).Refusal is { } wrong)
        {
            return wrong is WrongPassword { Pause: null, TriesLeft: var left }
                ? new NotAcceptable("Current", $"This is not your password. {left} {(left == 1 ? "try" : "tries")} left, then {CheckPassword.Pause.TotalMinutes:0} minutes pause.")
                : new NotAcceptable("Current", "Too many tries. Come back in 15 minutes.");
        }

        var hash = passwords.Hash(next);
        return await transactor.RunAsync<Account>(Actor.Person(employee, []), async work =>
        {
            var account = await work.Db.Users.FirstAsync(a => a.Id == who.Value, work.Ct);
            var self = await work.Db.Employees.FirstAsync(e => e.Id == who, work.Ct);
            await PutOut.NoteAsync(work, who);
            passwords.Set(account, hash);
            self.PasswordChanged();
            work.Db.DeskEvents.Add(new(work.Now, who, "Own password changed", null, null));
            return account;
        }, ct);
    }
}
