namespace LeadDesk.App.Leads.Grid;

/// <summary>What a list can show of a lead.</summary>
/// <param name="Key">Stored in people's layouts; never changes.</param>
/// <param name="Width">In pixels, to begin with.</param>
/// <param name="IsStandard">Shown until someone chooses otherwise.</param>
public sealed record GridColumn(string Key, string Title, int Width, LeadSort? Sort = null, bool AtEnd = false, bool IsStandard = true)
{
    /// <summary>The lead itself: always first, always shown, always frozen.</summary>
    public const string Lead = "lead";

    /// <summary>In the standard order.</summary>
    public static IReadOnlyList<GridColumn> All { get; } =
    [
        new(Lead, "Lead", 214, LeadSort.Name),
        new("left", "Time left", 128, LeadSort.TimeLeft),
        new("stage", "Stage", 98, LeadSort.Stage),
        new("activity", "Last activity", 138, LeadSort.LastActivity),
        new("follow-up", "Follow-up", 112, LeadSort.FollowUp),
        new("owner", "Owner", 108),
        new("pool", "Pool", 92),
        new("source", "Source", 104),
        new("tags", "Tags", 100),
        new("value", "Value", 100, LeadSort.Value, AtEnd: true),
        new("created", "Created", 104, LeadSort.Created, IsStandard: false),
        new("country", "Country", 84, IsStandard: false),
        new("city", "City", 120, IsStandard: false),
        new("email", "E-mail", 200, IsStandard: false),
        new("phone", "Phone", 140, IsStandard: false),
        new("call-tag", "Call tag", 120, IsStandard: false),
        new("external-id", "External id", 130, IsStandard: false),
    ];

    public static GridColumn? Find(string key) => All.FirstOrDefault(c => c.Key == key);
}
