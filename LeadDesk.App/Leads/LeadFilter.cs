using System.Linq.Expressions;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

public enum LeadView
{
    All,
    Fresh,
    FollowUps,
    GoingStale,
}

public enum LeadStatus
{
    Any,
    Assigned,
    Unassigned,
    Retired,
}

/// <summary>
/// Which leads are meant: the one way in which lists, the board, bulk acts and jobs say so. Compared by value, stored as JSON, put into addresses.
/// </summary>
public sealed record LeadFilter
{
    public LeadView View { get; init; }
    public LeadStatus Status { get; init; }
    public EmployeeId? OwnerId { get; init; }
    public TeamId? TeamId { get; init; }
    public PoolId? PoolId { get; init; }
    public SourceId? SourceId { get; init; }
    public TagId? TagId { get; init; }
    public StageId? StageId { get; init; }

    /// <summary>Without stages of kind Won or Lost.</summary>
    public bool OpenOnly { get; init; }

    /// <summary>Of retired leads: who had it.</summary>
    public EmployeeId? RetiredFromId { get; init; }

    /// <summary>Of retired leads: the team of who had it, when it happened.</summary>
    public TeamId? RetiredFromTeamId { get; init; }

    /// <summary>Of retired leads: then or later.</summary>
    public DateTimeOffset? RetiredSince { get; init; }

    /// <summary>As typed; name, e-mail, phone, company, external id.</summary>
    public string? Search { get; init; }

    /// <summary>Of the person's scope and this filter; <paramref name="now"/> settles what is due today in each owner's zone.</summary>
    public IQueryable<Lead> Apply(IQueryable<Lead> leads, Actor actor, Desk desk, DateTimeOffset now)
    {
        leads = IsWithinScopeOf(actor) ? leads : leads.VisibleTo(actor);
        leads = Status switch
        {
            LeadStatus.Assigned => leads.Where(l => l.OwnerId != null),
            LeadStatus.Unassigned => leads.Where(l => l.OwnerId == null && l.RetiredAt == null),
            LeadStatus.Retired => leads.Where(l => l.RetiredAt != null),
            _ => leads,
        };
        leads = View switch
        {
            LeadView.Fresh => leads.Where(l => l.IsFresh),
            LeadView.FollowUps => leads.Where(DueBy(desk, now)),
            LeadView.GoingStale => GoingStale(leads, desk, now),
            _ => leads,
        };
        if (OwnerId is { } owner)
        {
            leads = leads.Where(l => l.OwnerId == owner);
        }

        if (TeamId is { } team)
        {
            leads = leads.Where(l => l.TeamId == team);
        }

        if (PoolId is { } pool)
        {
            leads = leads.Where(l => l.PoolId == pool);
        }

        if (SourceId is { } source)
        {
            leads = leads.Where(l => l.SourceId == source);
        }

        if (TagId is { } tag)
        {
            leads = leads.Where(l => l.Tags.Any(t => t.TagId == tag));
        }

        if (StageId is { } stage)
        {
            leads = leads.Where(l => l.StageId == stage);
        }

        if (OpenOnly)
        {
            var open = desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
            leads = leads.Where(l => open.Contains(l.StageId));
        }

        if (RetiredFromId is { } had)
        {
            leads = leads.Where(l => l.RetiredFromId == had);
        }

        if (RetiredFromTeamId is { } from)
        {
            leads = leads.Where(l => l.RetiredFromTeamId == from);
        }

        if (RetiredSince is { } since)
        {
            leads = leads.Where(l => l.RetiredAt >= since);
        }

        return SearchTerm.Of(Search) is { } term ? term.In(leads) : leads;
    }

    /// <summary>The same by the search index, where that is the shorter way; without a search there is no difference.</summary>
    public Task<IQueryable<Lead>> MatchAsync(LeadDeskDb db, Actor actor, Desk desk, DateTimeOffset now, CancellationToken ct = default)
    {
        var leads = (this with { Search = null }).Apply(db.Leads.AsNoTracking(), actor, desk, now);
        return SearchTerm.Of(Search) is { } term ? db.MatchAsync(leads, term, actor.MaySeeAllLeads || actor.LeadsTeams.Count > 0, ct) : Task.FromResult(leads);
    }

    /// <summary>Their own or their team's alone: then the scope would only say the same again, in a way that no index covers.</summary>
    private bool IsWithinScopeOf(Actor actor) => (OwnerId is { } owner && owner == actor.Id) || (TeamId is { } team && actor.LeadsTeams.Contains(team));

    /// <summary>Inside the warning window or due; <see cref="Domain.Retirement.InactivityClock.Read"/> is the same rule on one lead.</summary>
    private static IQueryable<Lead> GoingStale(IQueryable<Lead> leads, Desk desk, DateTimeOffset now)
    {
        var retiring = desk.Stages.Where(s => s.Retires).Select(s => s.Id).ToList();
        return desk.Policy.StaleCutoffAt(now) is { } cutoff
            ? leads.Where(l => l.OwnerId != null && l.ClockStart <= cutoff && retiring.Contains(l.StageId))
            : leads.Where(l => false);
    }

    /// <summary>Today is the owner's, so owners of one zone share one date.</summary>
    private static Expression<Func<Lead, bool>> DueBy(Desk desk, DateTimeOffset now)
    {
        var zones = desk.Employees.GroupBy(e => e.TimeZone).Select(g => (Today: Today(g.Key, now), Owners: g.Select(e => (EmployeeId?)e.Id).ToList())).ToList();
        if (zones.Select(z => z.Today).Distinct().Count() <= 1)
        {
            var today = zones.Count == 0 ? Today("UTC", now) : zones[0].Today;
            return l => l.OwnerId != null && l.FollowUpOn <= today;
        }

        var (early, late) = (zones.Min(z => z.Today), zones.Max(z => z.Today));
        var ahead = zones.Where(z => z.Today == late).SelectMany(z => z.Owners).ToList();
        var between = zones.Where(z => z.Today != late && z.Today != early).SelectMany(z => z.Owners).ToList();
        var middle = early.AddDays(1);
        return l => l.OwnerId != null && (l.FollowUpOn <= early || (l.FollowUpOn <= late && ahead.Contains(l.OwnerId)) || (l.FollowUpOn <= middle && between.Contains(l.OwnerId)));
    }

    private static DateOnly Today(string zone, DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}

public static class Visibility
{
    /// <summary>The visibility scope as SQL; <see cref="Lead.MayBeSeenBy"/> is the same rule on one lead, and a test compares them.</summary>
    public static IQueryable<Lead> VisibleTo(this IQueryable<Lead> leads, Actor actor)
    {
        if (actor.MaySeeAllLeads)
        {
            return leads;
        }

        var me = actor.Id;
        if (actor.LeadsTeams.Count == 0)
        {
            return leads.Where(l => l.OwnerId == me && l.OwnerId != null);
        }

        if (actor.LeadsTeams.Count == 1)
        {
            var team = actor.LeadsTeams[0];
            return leads.Where(l => l.TeamId == team || (l.RetiredFromTeamId == team && l.RetiredAt != null) || l.OwnerId == me);
        }

        var teams = actor.LeadsTeams.Select(t => (TeamId?)t).ToList();
        return leads.Where(l => teams.Contains(l.TeamId) || (teams.Contains(l.RetiredFromTeamId) && l.RetiredAt != null) || l.OwnerId == me);
    }
}
