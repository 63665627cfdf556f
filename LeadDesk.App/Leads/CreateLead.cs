using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Leads;

/// <summary>
/// A new lead, unassigned, in a pool. Managers in any pool; agents in pools of theirs; team leads in pools of their team.
/// Who owns it is decided by assignment.
/// </summary>
public sealed class CreateLead(Transactor transactor, PhoneNumbers phones)
{
    /// <summary>The pools that the actor may create leads in.</summary>
    public static IEnumerable<Domain.Pools.Pool> PoolsFor(Actor actor, Desk desk) => desk.Pools.Where(p =>
        actor.MaySeeAllLeads
        || (actor.Id is { } me && p.Has(me))
        || desk.Employees.Any(e => e.TeamId is { } team && actor.LeadsTeams.Contains(team) && p.Has(e.Id)));

    public Task<Outcome<LeadId>> RunAsync(LeadDetails details, SourceId sourceId, PoolId poolId, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync<LeadId>(by, async work =>
        {
            if (await work.Db.Sources.FindAsync([sourceId], work.Ct) is not { } source)
            {
                return new NotAcceptable(nameof(Lead.SourceId), "Choose a source.");
            }

            if (PoolsFor(work.By, work.Desk).All(p => p.Id != poolId))
            {
                return new NotAcceptable(nameof(Lead.PoolId), "Choose a pool that you may put leads into.");
            }

            if (work.Desk.Stages.FirstOrDefault(s => s.Kind is StageKind.Open) is not { } first)
            {
                return new NotFound("The desk has no open stage. Add one under Settings.");
            }

            var created = Lead.Create(work.NewId<LeadId>(), phones.Complete(details), source.Id, poolId, first.Id, work.By, Cause.Person, work.Now);
            if (created.Value is not { } lead)
            {
                return created.Refusal!;
            }

            work.Db.Leads.Add(lead);
            return lead.Id;
        }, ct);
}
