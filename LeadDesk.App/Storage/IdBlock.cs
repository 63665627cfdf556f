namespace LeadDesk.App.Storage;

/// <summary>The next id of a kind that nobody has reserved yet.</summary>
public sealed class IdBlock
{
    public string Kind { get; set; } = "";
    public long Next { get; set; }
}
