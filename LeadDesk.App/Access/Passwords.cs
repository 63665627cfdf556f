using System.Security.Cryptography;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.App.Access;

/// <summary>
/// Accounts and their passwords, as entities of the transaction that changes the employee: both are there or neither.
/// Hashing takes a moment on purpose, so it belongs before the transaction.
/// </summary>
public sealed class Passwords(IPasswordHasher<Account> hasher, ILookupNormalizer normalizer)
{
    public const int Shortest = 10;
    public const int Longest = 200;

    private const string OneTimeLetters = "abcdefghjkmnpqrstuvwxyz23456789";
    private static readonly Account _nobody = new();

    private readonly Lazy<string> _hashOfNothing = new(() => hasher.HashPassword(_nobody, Convert.ToBase64String(RandomNumberGenerator.GetBytes(24))));

    /// <summary>Whether a person may choose this password.</summary>
    public static Refusal? Check(string? password, string email) => password switch
    {
        null or { Length: < Shortest } => new NotAcceptable("Password", $"A password has at least {Shortest} characters."),
        { Length: > Longest } => new NotAcceptable("Password", $"A password has at most {Longest} characters."),
        _ when string.Equals(password, email, StringComparison.OrdinalIgnoreCase) => new NotAcceptable("Password", "A password is not the e-mail address."),
        _ when password.Distinct().Count() < 4 => new NotAcceptable("Password", "A password has at least 4 different characters."),
        _ => null,
    };

    /// <summary>To be said once and typed once: four groups of four, without letters that look alike.</summary>
    public static string OneTime() =>
        string.Join('-', Enumerable.Range(0, 4).Select(_ => RandomNumberGenerator.GetString(OneTimeLetters, 4)));

    public string Hash(string password) => hasher.HashPassword(_nobody, password);

    /// <summary>Takes as long for an account that does not exist as for one that does.</summary>
    public bool IsRight(Account? account, string password) =>
        hasher.VerifyHashedPassword(_nobody, account?.PasswordHash ?? _hashOfNothing.Value, password) is not PasswordVerificationResult.Failed
        && account?.PasswordHash is not null;

    public string Normalize(string email) => normalizer.NormalizeEmail(email.Trim());

    /// <summary>The account of a new employee.</summary>
    public Account Open(Employee employee, string hash)
    {
        var account = new Account { Id = employee.Id.Value, PasswordHash = hash, LockoutEnabled = true, SecurityStamp = Stamp() };
        Follow(account, employee);
        return account;
    }

    /// <summary>The e-mail address is what a person signs in with.</summary>
    public void Follow(Account account, Employee employee)
    {
        account.Email = account.UserName = employee.Email;
        account.NormalizedEmail = account.NormalizedUserName = Normalize(employee.Email);
        account.ConcurrencyStamp = Stamp();
    }

    public void Set(Account account, string hash)
    {
        (account.PasswordHash, account.AccessFailedCount, account.LockoutEnd) = (hash, 0, null);
        EndSignIns(account);
    }

    /// <summary>Every sign-in of this account ends when the transaction has committed and <see cref="Live.Topic.Desk"/> was told.</summary>
    public static void EndSignIns(Account account) => (account.SecurityStamp, account.ConcurrencyStamp) = (Stamp(), Stamp());

    private static string Stamp() => Convert.ToHexString(RandomNumberGenerator.GetBytes(20));
}
