using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Retirement;

/// <summary>A sweep that waits for a decision.</summary>
public sealed record StoppedSweep(long Id, BrakeReason Reason, DateTimeOffset At, int Due, int Assigned);

/// <summary>One line of the list that a stopped sweep would take.</summary>
public sealed record StoppedLead(LeadId Id, string Name, EmployeeId OwnerId, DateTimeOffset ClockStart);

/// <summary>Reads what the brake stopped; for managers only, others are told of nothing.</summary>
public sealed class BrakeQuery(IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory)
{
    public async Task<StoppedSweep?> CurrentAsync(Actor actor)
    {
        if (!actor.IsManager)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync();
        return await db.SweepStops.AsNoTracking().Where(s => s.DecidedAt == null).OrderBy(s => s.Id)
            .Select(s => new StoppedSweep(s.Id, s.Reason, s.At, s.Due, s.Assigned)).FirstOrDefaultAsync();
    }

    /// <summary>The list as it stands now, longest quiet first: what was worked since the stop has left it.</summary>
    public async Task<IReadOnlyList<StoppedLead>> ListAsync(long stop, int count, Actor actor)
    {
        if (!actor.IsManager)
        {
            return [];
        }

        var desk = await directory.GetAsync();
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        await using var db = await databases.CreateDbContextAsync();
        var cutoff = await db.SweepStops.Where(s => s.Id == stop).Select(s => (DateTimeOffset?)s.Cutoff).FirstOrDefaultAsync();
        return await db.Leads.AsNoTracking().Where(l => l.OwnerId != null && retiring.Contains(l.StageId) && l.ClockStart <= cutoff)
            .OrderBy(l => l.ClockStart).ThenBy(l => l.Id).Take(count)
            .Select(l => new StoppedLead(l.Id, l.Name ?? l.Company ?? l.Email ?? l.Phone ?? "Lead", l.OwnerId!.Value, l.ClockStart!.Value)).ToListAsync();
    }
}
