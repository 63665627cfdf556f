using System.Text.RegularExpressions;

namespace LeadDesk.Tests.Architecture;

/// <summary>Which room may look into which. A room is the first folder inside a project; a new one gets its place here, and a decision record if it is technical.</summary>
internal static partial class Rooms
{
    /// <summary>A room of the domain may use the rooms on the lines above its own.</summary>
    private static readonly string[][] Domain =
    [
        ["Basics"],
        ["People"],
        ["Pipeline", "Tags", "Retirement", "Campaigns", "Pools"],
        ["Leads"],
        ["Requests", "Assignment", "Handover", "Batches", "Imports"]
    ];

    /// <summary>The technical rooms of the app, and the rooms of the app that each may use.</summary>
    private static readonly Dictionary<string, string[]> Technical = new()
    {
        ["Ui"] = [],
        ["Live"] = [],
        ["Storage"] = ["Live"],
        ["Access"] = ["Ui", "Live", "Storage"]
    };

    /// <summary>Features may use the technical rooms and call each other's intents; their components and queries are their own.</summary>
    private static readonly string[] Features =
        ["Leads", "Board", "Requests", "Retirement", "Assignment", "Handover", "Imports", "Insight", "Settings", "People", "Batches", "Demo", "Notifications"];

    /// <summary>A bulk act is followed where it was started, and a tag is asked for wherever tags stand, so these rooms lend out their components; their queries stay their own.</summary>
    public static bool LendsComponents(string room) => room is "Batches" or "Requests";

    /// <summary>What the file may not mention, one sentence each.</summary>
    public static IEnumerable<string> Breaches(string path, string text)
    {
        if (RoomOf(path) is not var (project, room))
            return [];

        var mentions = MentionsIn(text).Distinct();
        return project == "Domain"
            ? mentions.Where(mention => !DomainMayUse(room, mention)).Select(mention => Sentence(path, mention))
            : mentions.Where(mention => !AppMayUse(room, path, mention)).Select(mention => Sentence(path, mention));
    }

    /// <summary>Project and room of a source file; null for a file that belongs to neither Domain nor App.</summary>
    public static (string Project, string Room)? RoomOf(string path)
    {
        var parts = path.Split('/');
        var project = parts[0] switch { "LeadDesk.Domain" => "Domain", "LeadDesk.App" => "App", _ => null };
        return project is null ? null : (project, parts.Length > 2 ? parts[1] : "");
    }

    public static bool IsKnown(string project, string room) => project == "Domain"
        ? Domain.Any(line => line.Contains(room))
        : IsFeature(room) || Technical.ContainsKey(room) || room is "Shell" or "wwwroot" or "Properties";

    public static bool IsFeature(string room) => Features.Contains(room);

    private static bool DomainMayUse(string room, (string Project, string Room) other) =>
        other.Project == "Domain" && (other.Room == room || LineOf(other.Room) < LineOf(room));

    private static int LineOf(string room) => Array.FindIndex(Domain, line => line.Contains(room));

    private static bool AppMayUse(string room, string path, (string Project, string Room) other)
    {
        if (other.Project == "Domain")
            return room != "Ui" || other.Room == "Basics";
        if (room == other.Room || (room is "Shell" or "" && !path.EndsWith("_Imports.razor", StringComparison.Ordinal)))
            return true;
        if (other.Room == "Shell")
            return false;
        if (Technical.TryGetValue(room, out var allowed))
            return allowed.Contains(other.Room);

        // What stands in the root is seen by every room, so it may only open the technical ones.
        return Technical.ContainsKey(other.Room) || (IsFeature(room) && IsFeature(other.Room));
    }

    private static IEnumerable<(string Project, string Room)> MentionsIn(string text) =>
        from line in text.Split('\n')
        let code = line.TrimStart()
        where !code.StartsWith("//", StringComparison.Ordinal) && !code.StartsWith("namespace ", StringComparison.Ordinal) && !code.StartsWith("@namespace ", StringComparison.Ordinal)
        from Match match in Mention().Matches(code)
        select (match.Groups["project"].Value, match.Groups["room"].Value);

    private static string Sentence(string path, (string Project, string Room) other) => $"{path} may not use {other.Project}/{other.Room}";

    [GeneratedRegex(@"\bLeadDesk\.(?<project>App|Domain)\.(?<room>[A-Z]\w*)")]
    private static partial Regex Mention();
}
