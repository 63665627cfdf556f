using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.People;

/// <summary>For admins: its name and its lead. Who led it before is signed out, since they may see less from now on.</summary>
public sealed class EditTeam(Transactor transactor)
{
    public Task<Outcome> RunAsync(TeamId id, string name, EmployeeId? lead, Actor by, CancellationToken ct = default) => transactor.StaffAsync(by, async work =>
    {
        if (await work.Db.Teams.FirstOrDefaultAsync(t => t.Id == id, work.Ct) is not { } team)
        {
            return new NotFound("No such team here.");
        }

        if (await CheckAsync(work, id, name, lead) is { } refusal)
        {
            return refusal;
        }

        var (before, previous) = (Words(team, work.Desk), team.LeadId);
        var outcome = team.Edit(name, lead);
        if (outcome.Kind is OutcomeKind.Done && previous is { } former && former != team.LeadId)
        {
            await PutOut.NoteAsync(work, former);
        }

        work.Note("Team", before, Words(team, work.Desk));
        return outcome;
    }, ct);

    internal static async Task<Refusal?> CheckAsync(Work work, TeamId? id, string name, EmployeeId? lead)
    {
        if (work.Desk.Teams.FirstOrDefault(t => t.Id != id && string.Equals(t.Name, name.Trim(), StringComparison.OrdinalIgnoreCase)) is { } taken)
        {
            return new NotAcceptable(nameof(Team.Name), $"There is a team called {taken.Name} already.");
        }

        if (lead is { } who && (await work.EmployeeAsync(who) is not { } employee || !employee.IsActive || !employee.Roles.HasFlag(Roles.TeamLead)))
        {
            return new NotAcceptable(nameof(Team.LeadId), $"{work.Desk.Employee(who)?.FirstName ?? "This person"} is no active Team Lead. Give them the role first.");
        }

        return null;
    }

    internal static string Words(Team team, Desk desk) => $"{team.Name}, lead {desk.Employee(team.LeadId)?.Name ?? "none"}";
}
