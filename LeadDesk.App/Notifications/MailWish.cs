using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Notifications;

/// <summary>Whether someone wants warnings and waiting requests by mail too, and since when: what came before is not sent.</summary>
public sealed record MailWish(bool On, DateTimeOffset Since)
{
    internal const string Setting = "mail";

    internal static MailWish? Read(string? json) => json is null ? null : JsonSerializer.Deserialize<MailWish>(json);
}

/// <summary>For oneself.</summary>
public sealed class WishForMail(Transactor transactor)
{
    public Task<Outcome> RunAsync(bool on, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (work.By.Id is not { } me)
        {
            return new NotAllowed("Only people get mail.");
        }

        var json = JsonSerializer.Serialize(new MailWish(on, work.Now));
        if (await work.Db.PersonalSettings.FindAsync([me, MailWish.Setting], work.Ct) is not { } known)
        {
            work.Db.PersonalSettings.Add(new(me, MailWish.Setting, json));
        }
        else if (MailWish.Read(known.Json)?.On == on)
        {
            return Outcome.NothingToDo;
        }
        else
        {
            known.Json = json;
        }

        return Outcome.Done;
    }, ct);
}

/// <summary>One's own wish.</summary>
public sealed class MailWishQuery(IDbContextFactory<LeadDeskDb> databases)
{
    public async Task<bool> IsOnAsync(Actor actor, CancellationToken ct = default)
    {
        var me = actor.Id ?? default;
        await using var db = await databases.CreateDbContextAsync(ct);
        return MailWish.Read(await db.PersonalSettings.Where(s => s.EmployeeId == me && s.Name == MailWish.Setting).Select(s => s.Json).FirstOrDefaultAsync(ct)) is { On: true };
    }
}
