using LeadDesk.Domain.People;

namespace LeadDesk.App.Live;

/// <summary>What of some commits one person may hear: an agent of their own leads, a team lead of the team's, a manager of all.</summary>
public sealed record DeskNews(IReadOnlyList<RetiredLead> Retired, IReadOnlyList<LeftLead> Left, IReadOnlyList<string> Changed)
{
    public static DeskNews For(Actor actor, IEnumerable<Commit> commits)
    {
        var (retired, left, topics) = (new List<RetiredLead>(), new List<LeftLead>(), new HashSet<Topic>());
        foreach (var commit in commits)
        {
            topics.UnionWith(commit.Topics.Where(t => MayHear(actor, t)));
            foreach (var change in commit.Leads)
            {
                var (wasTheirs, isTheirs) = (change.Before is { } before && MaySee(actor, before), MaySee(actor, change.After));
                if (wasTheirs)
                {
                    Leave(change, change.Before!, retired, left);
                    Topics.Of(change.Before!, topics);
                }

                if (isTheirs)
                {
                    Topics.Of(change.After, topics);
                }

                if (wasTheirs || isTheirs)
                {
                    topics.Add(Topic.AllLeads);
                    topics.Add(Topic.Lead(change.LeadId));
                }
            }
        }

        return new(retired, left, [.. topics.Select(t => t.ToString())]);
    }

    /// <summary>The rule <see cref="Domain.Leads.Lead.MayBeSeenBy"/> on a place; a test compares them.</summary>
    internal static bool MaySee(Actor actor, LeadPlace place) =>
        actor.MaySeeAllLeads
        || (place.OwnerId is not null && place.OwnerId == actor.Id)
        || (place.TeamId is { } team && actor.LeadsTeams.Contains(team))
        || (place.IsRetired && place.RetiredFromTeamId is { } lost && actor.LeadsTeams.Contains(lost));

    private static void Leave(LeadChange change, LeadPlace before, List<RetiredLead> retired, List<LeftLead> left)
    {
        if (before.OwnerId is not { } owner || change.After.OwnerId == owner)
        {
            return;
        }

        if (change.After.IsRetired)
        {
            retired.Add(new(change.LeadId.Value, owner.Value, change.At, change.BatchId?.Value));
        }

        left.Add(new(change.LeadId.Value, change.After.IsRetired ? "retired" : change.After.OwnerId is null ? "unassigned" : "reassigned", change.At));
    }

    /// <summary>Of what is told besides the leads. An inbox and a sign-in are nobody's business but their owner's.</summary>
    private static bool MayHear(Actor actor, Topic topic) =>
        topic == Topic.Desk
        || (actor.Id is { } me && (topic == Topic.Owner(me) || topic == Topic.Inbox(me)))
        || actor.LeadsTeams.Any(t => topic == Topic.Team(t) || topic == Topic.RetiredFromTeam(t))
        || (actor.MaySeeAllLeads && topic.Kind != Topic.Session(0).Kind && topic.Kind != Topic.Inbox(default).Kind);
}
