namespace LeadDesk.Domain.Retirement;

/// <summary>What one event did to the clock, or why it did nothing. Stored in the history; numbers never change.</summary>
public enum ClockVerdict
{
    NoOwner = 0,
    NewOwner = 1,
    Restarted = 2,
    Ended = 3,
    StartedAnew = 4,
    TagIsNoActivity = 10,
    PlanIsNoActivity = 11,
    EditIsNoActivity = 12,
    NotAPerson = 13,
    Bulk = 14,
    Import = 15,
    SameText = 16,
    AfterLeaving = 17,
    RequestIsNoActivity = 18,
    NudgeIsNoActivity = 19,
}

public static class ClockVerdictWords
{
    public static bool StartsTheClock(this ClockVerdict verdict) => verdict is ClockVerdict.NewOwner or ClockVerdict.Restarted or ClockVerdict.StartedAnew;

    /// <summary>The ledger's one plain sentence. For what started the clock the screen adds until when.</summary>
    public static string Sentence(this ClockVerdict verdict) => verdict switch
    {
        ClockVerdict.NoOwner => "Nobody owned the lead, so no clock ran",
        ClockVerdict.NewOwner => "A new owner starts a full period",
        ClockVerdict.Restarted => "Started again",
        ClockVerdict.Ended => "The clock ended with the ownership",
        ClockVerdict.StartedAnew => "A dropped sweep starts every clock on its list anew",
        ClockVerdict.RequestIsNoActivity => "A request is not an activity",
        ClockVerdict.NudgeIsNoActivity => "A nudge is not an activity",
        ClockVerdict.TagIsNoActivity => "A tag is not an activity",
        ClockVerdict.PlanIsNoActivity => "A follow-up is a plan, not an activity",
        ClockVerdict.EditIsNoActivity => "Editing details is not an activity",
        ClockVerdict.NotAPerson => "Done by the system, not by a person",
        ClockVerdict.Bulk => "Done to many leads at once, which starts no clock",
        ClockVerdict.Import => "An import is not an activity",
        ClockVerdict.SameText => "Same text as the last comment",
        ClockVerdict.AfterLeaving => "Written after the lead left",
        _ => throw new ArgumentOutOfRangeException(nameof(verdict), verdict, null),
    };
}
