using System.Collections.Concurrent;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Access;

/// <summary>What the person is told, the same whether the address exists or not.</summary>
public sealed record WrongPassword(int TriesLeft, TimeSpan? Pause) : Refusal(Words(TriesLeft, Pause))
{
    private static string Words(int left, TimeSpan? pause) => pause is { } p
        ? $"E-mail or password is not right. Try again in {Math.Max(1, (int)Math.Ceiling(p.TotalMinutes))} min."
        : $"E-mail or password is not right. {left} {(left == 1 ? "try" : "tries")} left, then {CheckPassword.Pause.TotalMinutes:0} minutes pause.";
}

/// <summary>
/// Whether e-mail and password belong together. Five wrong tries in a row pause the address. What is unknown is counted in memory
/// and answered alike, so nobody learns who exists.
/// </summary>
public sealed class CheckPassword(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, Transactor transactor, Passwords passwords, TimeProvider clock)
{
    public const int Tries = 5;
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(15);

    private const int UnknownKept = 10_000;
    private static readonly Actor _system = Actor.System("sign-in");

    private readonly ConcurrentDictionary<string, (int Failed, DateTimeOffset? Until)> _unknown = new();

    public async Task<Outcome<Account>> RunAsync(string email, string password, CancellationToken ct = default)
    {
        var name = passwords.Normalize(email);
        var account = await FindAsync(name, ct);
        var isRight = passwords.IsRight(account, password);
        if (account is null)
        {
            return CountUnknown(name);
        }

        if (!isRight)
        {
            return await CountAsync(account, ct);
        }

        // Read again: wrong tries beside this one may have paused the address while the hash was computed.
        if (await FindAsync(name, ct) is not { } now || now.LockoutEnd > clock.GetUtcNow())
        {
            return Paused(account.LockoutEnd);
        }

        if (now.AccessFailedCount > 0)
        {
            await ForgetTriesAsync(now, ct);
        }

        return now;
    }

    /// <summary>Someone disabled is as unknown as someone who was never there.</summary>
    private async Task<Account?> FindAsync(string name, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var account = await db.Users.AsNoTracking().FirstOrDefaultAsync(a => a.NormalizedEmail == name, ct);
        return account is not null && await directory.ActorAsync(new(account.Id), ct) is not null ? account : null;
    }

    private async Task<WrongPassword> CountAsync(Account account, CancellationToken ct)
    {
        var counted = await transactor.RunAsync<Count>(_system, async work =>
        {
            var row = work.Db.Users.Where(a => a.Id == account.Id);
            var rows = await row.Where(a => a.LockoutEnd == null || a.LockoutEnd <= work.Now)
                .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, a => a.AccessFailedCount + 1), work.Ct);
            if (rows == 0)
            {
                return new(OutcomeKind.NothingToDo, new(0, await row.Select(a => a.LockoutEnd).FirstOrDefaultAsync(work.Ct) - work.Now ?? Pause));
            }

            var failed = await row.Select(a => a.AccessFailedCount).FirstAsync(work.Ct);
            if (failed < Tries)
            {
                return new Count(Tries - failed, null);
            }

            var until = work.Now + Pause;
            await row.ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, until), work.Ct);
            return new Count(0, Pause);
        }, ct);
        return new(counted.Value!.Left, counted.Value.Pause);
    }

    private Task ForgetTriesAsync(Account account, CancellationToken ct) => transactor.RunAsync(_system, async work =>
    {
        await work.Db.Users.Where(a => a.Id == account.Id)
            .ExecuteUpdateAsync(s => s.SetProperty(a => a.AccessFailedCount, 0).SetProperty(a => a.LockoutEnd, (DateTimeOffset?)null), work.Ct);
        return Outcome.Done;
    }, ct);

    private WrongPassword CountUnknown(string name)
    {
        if (_unknown.Count >= UnknownKept)
        {
            _unknown.Clear();
        }

        var now = clock.GetUtcNow();
        var after = _unknown.AddOrUpdate(name, _ => (1, null), (_, known) =>
            known.Until > now ? known : known.Failed + 1 < Tries ? (known.Failed + 1, null) : (0, now + Pause));
        return after.Until is { } until && until > now ? new(0, until - now) : new(Tries - after.Failed, null);
    }

    private WrongPassword Paused(DateTimeOffset? until) => new(0, until is { } u && u > clock.GetUtcNow() ? u - clock.GetUtcNow() : Pause);

    private sealed record Count(int Left, TimeSpan? Pause);
}
