using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.People;

/// <summary>Whether and how someone can sign in.</summary>
public enum DoorState
{
    Active,
    Disabled,
    Paused,
    OneTimePassword,
    NoPassword,
}

/// <param name="Pools">In the order of the alphabet, as words.</param>
/// <param name="Holds">Leads in open stages.</param>
/// <param name="PausedUntil">After too many wrong tries.</param>
public sealed record PersonRow(
    EmployeeId Id, string Name, string Email, Roles Roles, TeamId? TeamId, string Pools, long Holds, DoorState Door, DateTimeOffset? PausedUntil);

/// <summary>Everyone on the desk. For managers and admins.</summary>
public sealed class PeopleQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, SharedQueries shared, TimeProvider clock)
{
    public Task<IReadOnlyList<PersonRow>> RunAsync(Actor actor) => actor.MaySeePeople
        ? shared.AskAsync(new Everyone(), _ => ReadAsync())
        : throw new UnauthorizedAccessException("Only managers and admins see people.");

    private async Task<IReadOnlyList<PersonRow>> ReadAsync()
    {
        var (desk, now) = (await directory.GetAsync(), clock.GetUtcNow());
        var open = desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        await using var db = await databases.CreateDbContextAsync();
        var holds = await db.LeadCounts.Where(c => c.OwnerKey > 0 && open.Contains(c.StageId)).GroupBy(c => c.OwnerKey)
            .Select(g => new { g.Key, Leads = g.Sum(c => c.Leads) }).ToDictionaryAsync(g => g.Key, g => g.Leads);
        var accounts = await db.Users.Select(a => new { a.Id, HasPassword = a.PasswordHash != null, a.LockoutEnd }).ToDictionaryAsync(a => a.Id);
        return [.. desk.Employees.Select(e =>
        {
            var account = accounts.GetValueOrDefault(e.Id.Value);
            var paused = account?.LockoutEnd > now ? account.LockoutEnd : null;
            var door = !e.IsActive ? DoorState.Disabled : account is not { HasPassword: true } ? DoorState.NoPassword : paused is not null ? DoorState.Paused
                : e.MustChangePassword ? DoorState.OneTimePassword : DoorState.Active;
            return new PersonRow(
                e.Id, e.Name, e.Email, e.Roles, e.TeamId, string.Join(", ", desk.Pools.Where(p => p.Has(e.Id)).Select(p => p.Name)), holds.GetValueOrDefault(e.Id.Value), door, paused);
        })];
    }

    private sealed record Everyone;
}
