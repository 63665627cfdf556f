namespace LeadDesk.App.Demo;

/// <summary>Settings under <c>Demo</c>.</summary>
public sealed class DemoOptions
{
    /// <summary>Fills an empty desk with a believable sales floor. Not set, it is on in Development and off elsewhere.</summary>
    public bool? Enabled { get; set; }
}
