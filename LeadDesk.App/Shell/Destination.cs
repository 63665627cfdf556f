namespace LeadDesk.App.Shell;

/// <summary>One entry of the navigation.</summary>
/// <param name="Key">Under which its counter is found: "board", "leads", "approvals", "retired", "assign", "import", "settings", "people".</param>
/// <param name="Go">The letter after G that opens it.</param>
/// <param name="Low">Stands at the foot of the navigation.</param>
public sealed record Destination(string Key, string Href, string Text, string Icon, string Go, bool Low = false)
{
    private static readonly Destination Board = new("board", "board", "Board", "board", "b");
    private static readonly Destination Leads = new("leads", "leads", "Leads", "leads", "l");
    private static readonly Destination Stale = new("stale", "stale", "Going stale", "stale", "s");
    private static readonly Destination Approvals = new("approvals", "approvals", "Approvals", "approvals", "a");
    private static readonly Destination Retired = new("retired", "retired", "Retired", "retired", "r");
    private static readonly Destination Assign = new("assign", "assign", "Assign", "assign", "u");
    private static readonly Destination Import = new("import", "import", "Import", "import", "i");
    private static readonly Destination Settings = new("settings", "settings", "Settings", "settings", "t", Low: true);
    private static readonly Destination People = new("people", "people", "People", "people", "p", Low: true);

    /// <param name="path">As in the address, from the desk's root on.</param>
    public bool IsAt(string path) => path == Href || path.StartsWith($"{Href}/", StringComparison.Ordinal);

    /// <summary>What a person may open, in the order of design/UI.md 4.</summary>
    public static IReadOnlyList<Destination> For(SignedIn me) =>
        me.IsManager || me.IsAdmin ? [Board, Leads, Stale, Approvals, Retired, Assign, Import, Settings, People]
        : me.IsTeamLead ? [Board, Leads, Stale, Retired]
        : [Board, Leads, Stale];
}
