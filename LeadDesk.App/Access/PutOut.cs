using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Access;

/// <summary>Ends all sign-ins of a person, and keeps who did it, so that the person is told.</summary>
public sealed class PutOut(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    private const string Provider = "LeadDesk";
    private const string Name = "put-out";
    private static readonly object _item = new();

    /// <summary>Part of the transaction that is the reason: disabled, another role, another password.</summary>
    public static async Task NoteAsync(Work work, EmployeeId whom)
    {
        if (await work.Db.Users.FindAsync([whom.Value], work.Ct) is not { } account)
        {
            return;
        }

        Passwords.EndSignIns(account);
        var value = string.Create(CultureInfo.InvariantCulture, $"{work.By.Id?.Value ?? 0} {work.Now.UtcTicks}");
        if (await work.Db.UserTokens.FindAsync([whom.Value, Provider, Name], work.Ct) is { } known)
        {
            known.Value = value;
        }
        else
        {
            work.Db.UserTokens.Add(new IdentityUserToken<long> { UserId = whom.Value, LoginProvider = Provider, Name = Name, Value = value });
        }

        work.Tell(Live.Topic.Desk);
    }

    /// <summary>"You were signed out by Iris Aydin at 14:20." None for a browser that holds no ended sign-in.</summary>
    public async Task<string?> SentenceAsync(HttpContext request)
    {
        if (request.Items[_item] is not EmployeeId id)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(request.RequestAborted);
        var value = await db.UserTokens.Where(t => t.UserId == id.Value && t.LoginProvider == Provider && t.Name == Name).Select(t => t.Value).FirstOrDefaultAsync(request.RequestAborted);
        if (value?.Split(' ') is not [var who, var ticks])
        {
            return null;
        }

        var desk = await directory.GetAsync(request.RequestAborted);
        var by = new EmployeeId(long.Parse(who, CultureInfo.InvariantCulture));
        var zone = TimeZoneInfo.FindSystemTimeZoneById(desk.Employee(id)?.TimeZone ?? "UTC");
        var at = TimeZoneInfo.ConvertTime(new DateTimeOffset(long.Parse(ticks, CultureInfo.InvariantCulture), TimeSpan.Zero), zone).ToString("HH:mm", CultureInfo.InvariantCulture);
        return by == id ? $"You changed your password at {at}. Sign in with the new one." : $"You were signed out by {desk.Employee(by)?.Name ?? "the system"} at {at}.";
    }

    /// <summary>The request brought a sign-in that does not hold any more.</summary>
    internal static void Remember(HttpContext request, EmployeeId id) => request.Items[_item] = id;
}
