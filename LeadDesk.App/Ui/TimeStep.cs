namespace LeadDesk.App.Ui;

/// <summary>The steps of design/UI.md 3, in the order in which time runs out.</summary>
public enum TimeStep
{
    Plenty = 1,
    Ok,
    Old,
    Stale,
    Due,
}
