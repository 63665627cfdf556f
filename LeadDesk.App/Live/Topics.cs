namespace LeadDesk.App.Live;

/// <summary>Who hears about what: the one table from a change to the topics it wakes.</summary>
public static class Topics
{
    public static void Of(Commit commit, ISet<Topic> topics)
    {
        topics.UnionWith(commit.Topics);
        foreach (var change in commit.Leads)
        {
            topics.Add(Topic.AllLeads);
            topics.Add(Topic.Lead(change.LeadId));
            Of(change.After, topics);
            if (change.Before is { } before)
            {
                Of(before, topics);
            }
        }
    }

    internal static void Of(LeadPlace place, ISet<Topic> topics)
    {
        topics.Add(Topic.Source(place.SourceId));
        if (place.PoolId is { } pool)
        {
            topics.Add(Topic.Pool(pool));
        }

        if (place.OwnerId is { } owner)
        {
            topics.Add(Topic.Owner(owner));
            if (place.TeamId is { } team)
            {
                topics.Add(Topic.Team(team));
            }
        }
        else if (place.IsRetired)
        {
            topics.Add(Topic.Retired);
            if (place.RetiredFromTeamId is { } team)
            {
                topics.Add(Topic.RetiredFromTeam(team));
            }
        }
        else
        {
            topics.Add(Topic.Unassigned);
        }
    }
}
