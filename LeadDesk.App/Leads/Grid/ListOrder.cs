namespace LeadDesk.App.Leads.Grid;

public enum LeadSort
{
    /// <summary>By clock start; leads without a clock last.</summary>
    TimeLeft,
    Name,
    Created,
    FollowUp,
    LastActivity,
    Stage,
    Value,
}

/// <summary>The order of a list. Ties are broken by the lead's number; what a lead does not have stands last in both directions.</summary>
public readonly record struct ListOrder(LeadSort By, bool Descending)
{
    private static readonly (LeadSort Sort, string Word)[] _words =
    [
        (LeadSort.TimeLeft, "left"), (LeadSort.Name, "name"), (LeadSort.Created, "created"), (LeadSort.FollowUp, "follow-up"),
        (LeadSort.LastActivity, "activity"), (LeadSort.Stage, "stage"), (LeadSort.Value, "value"),
    ];

    /// <summary>As the address says it: "name", "-created".</summary>
    public string Word => (Descending ? "-" : "") + WordOf(By);

    /// <summary>What a list opens with: what is urgent where time runs, what is new elsewhere.</summary>
    public static ListOrder StandardOf(LeadFilter filter) => filter switch
    {
        { Search: not null } => new(LeadSort.Created, true),
        { View: LeadView.FollowUps } => new(LeadSort.FollowUp, false),
        { Status: LeadStatus.Unassigned or LeadStatus.Retired } => new(LeadSort.Created, true),
        _ => new(LeadSort.TimeLeft, false),
    };

    public static ListOrder Read(string? word, LeadFilter filter)
    {
        var name = word?.TrimStart('-');
        var known = Array.FindIndex(_words, w => w.Word == name);
        return known < 0 ? StandardOf(filter) : new(_words[known].Sort, word![0] == '-');
    }

    /// <summary>After a click on a column's head: that column, or the other direction of it. Newest and most come first.</summary>
    public ListOrder Click(LeadSort sort) =>
        sort == By ? this with { Descending = !Descending } : new(sort, sort is LeadSort.Created or LeadSort.LastActivity or LeadSort.Value);

    private static string WordOf(LeadSort sort) => Array.Find(_words, w => w.Sort == sort).Word;
}
