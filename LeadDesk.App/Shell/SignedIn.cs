namespace LeadDesk.App.Shell;

/// <summary>Who sits at this screen, as the frame needs it. Rights are checked where things are done and read, not from this.</summary>
/// <param name="Name">"Maya Keller".</param>
/// <param name="RoleWords">"Sales Manager", "Agent, team North".</param>
public sealed record SignedIn(string Name, string RoleWords, bool IsAgent, bool IsTeamLead, bool IsManager, bool IsAdmin);
