using System.Globalization;
using System.Security.Cryptography;
using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Identity;

namespace LeadDesk.App.Access;

/// <summary>Writes the sign-in of a browser. Only where there is an HTTP answer to write it on: the plain account pages.</summary>
public sealed class Entrance(SignInManager<Account> identity)
{
    public Task OpenAsync(Account account) => identity.SignInWithClaimsAsync(account, isPersistent: true,
        [new(SignIns.SessionClaim, RandomNumberGenerator.GetInt32(1, int.MaxValue).ToString(CultureInfo.InvariantCulture) + RandomNumberGenerator.GetInt32(100_000_000).ToString("D8", CultureInfo.InvariantCulture))]);

    public Task CloseAsync() => identity.SignOutAsync();

    /// <summary>Only an address of this desk; anything else leads to the person's first screen.</summary>
    public static string LocalOr(string? returnUrl) =>
        returnUrl is ['/', ..] && returnUrl is not ['/', '/' or '\\', ..] && !returnUrl.Any(char.IsControl) && !returnUrl.StartsWith("/account/", StringComparison.OrdinalIgnoreCase)
            ? returnUrl : "/";
}
