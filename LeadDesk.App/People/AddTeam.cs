using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.People;

/// <summary>For admins.</summary>
public sealed class AddTeam(Transactor transactor, IdSource ids)
{
    /// <param name="lead">An active employee with the role; none for a team without a lead.</param>
    public async Task<Outcome> RunAsync(string name, EmployeeId? lead, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<TeamId>(1, ct);
        return await transactor.StaffAsync(by, async work =>
        {
            if (await EditTeam.CheckAsync(work, null, name, lead) is { } refusal)
            {
                return refusal;
            }

            var created = Team.Create(work.NewId<TeamId>(), name, lead);
            if (created.Value is { } team)
            {
                work.Db.Teams.Add(team);
                work.Note("Team", null, EditTeam.Words(team, work.Desk));
            }

            return created.Plain;
        }, ct);
    }
}
