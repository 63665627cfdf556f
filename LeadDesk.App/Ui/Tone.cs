namespace LeadDesk.App.Ui;

/// <summary>How a sentence answers an act.</summary>
public enum Tone
{
    /// <summary>Something to know; nothing was refused.</summary>
    Kept,
    Done,
    Refused,
    Failed,
}
