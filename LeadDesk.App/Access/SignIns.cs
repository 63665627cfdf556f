using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Access;

public enum SignInState
{
    /// <summary>Nobody, someone disabled, a password or role changed meanwhile, or signed out.</summary>
    Ended,

    /// <summary>Signed in with a one-time password: nothing opens before a new one is chosen.</summary>
    NeedsPassword,
    Holds,
}

/// <summary>
/// Whether a sign-in still holds. Asked on every request and on every event of every screen, so what it needs is kept in memory until
/// the desk changes: someone who is put out is out at once.
/// </summary>
public sealed class SignIns : IDisposable
{
    /// <summary>Tells the sign-ins of one person apart: a browser that signs out closes its own screens only.</summary>
    public const string SessionClaim = "leaddesk:session";

    private readonly IDbContextFactory<LeadDeskDb> _databases;
    private readonly DeskDirectory _directory;
    private readonly ChangeFeed _feed;
    private readonly string _stampClaim;
    private readonly ConcurrentDictionary<EmployeeId, Known> _known = new();
    private readonly ConcurrentDictionary<long, byte> _ended = new();
    private long _generation;

    public SignIns(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, ChangeFeed feed, IOptions<IdentityOptions> identity)
    {
        (_databases, _directory, _feed, _stampClaim) = (databases, directory, feed, identity.Value.ClaimsIdentity.SecurityStampClaimType);
        _feed.Committed += Hear;
    }

    public void Dispose() => _feed.Committed -= Hear;

    public async ValueTask<SignInState> StateAsync(ClaimsPrincipal principal, CancellationToken ct = default)
    {
        if (principal.EmployeeId() is not { } id || _ended.ContainsKey(Session(principal)))
        {
            return SignInState.Ended;
        }

        var employee = (await _directory.GetAsync(ct)).Employee(id);
        if (employee is not { IsActive: true } || await StampAsync(id, ct) is not { } stamp || stamp != principal.FindFirstValue(_stampClaim))
        {
            return SignInState.Ended;
        }

        return employee.MustChangePassword ? SignInState.NeedsPassword : SignInState.Holds;
    }

    /// <summary>0 where the sign-in carries none.</summary>
    public static long Session(ClaimsPrincipal principal) =>
        long.TryParse(principal.FindFirstValue(SessionClaim), NumberStyles.None, CultureInfo.InvariantCulture, out var session) ? session : 0;

    /// <summary>Closes the screens of one browser.</summary>
    public void End(ClaimsPrincipal principal)
    {
        if (Session(principal) is not 0 and var session)
        {
            _ended[session] = 0;
            _feed.Publish(new([], [Topic.Session(session)]));
        }
    }

    private async ValueTask<string?> StampAsync(EmployeeId id, CancellationToken ct)
    {
        if (_known.TryGetValue(id, out var known) && known.Generation == Interlocked.Read(ref _generation))
        {
            return known.Stamp;
        }

        var generation = Interlocked.Read(ref _generation);
        await using var db = await _databases.CreateDbContextAsync(ct);
        var stamp = await db.Users.Where(a => a.Id == id.Value).Select(a => a.SecurityStamp).FirstOrDefaultAsync(ct);
        _known[id] = new(stamp, generation);
        return stamp;
    }

    private void Hear(Commit commit)
    {
        if (commit.Topics.Contains(Topic.Desk))
        {
            Interlocked.Increment(ref _generation);
        }
    }

    private sealed record Known(string? Stamp, long Generation);
}
