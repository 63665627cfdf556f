using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Retirement;

/// <summary>How much of the period is left, in the words of the one scale that every screen paints.</summary>
public enum TimeLeftStep
{
    Plenty,
    Ok,
    GettingOld,
    GoingStale,
    Due,
}

/// <summary>What the clock of one lead says at one instant. The instants let a browser count on by itself.</summary>
/// <param name="Share">Of the period, 0 to 1, what is left.</param>
public readonly record struct ClockReading(
    TimeLeftStep Step, DateTimeOffset Start, DateTimeOffset RetiresAt, DateTimeOffset StaleFrom, DateTimeOffset OldFrom, double Share);

/// <summary>
/// The one rule about inactivity. The countdown, the colour of a card, the warning and the sweep all ask here, so they cannot disagree.
/// </summary>
public static class InactivityClock
{
    /// <summary>Null where no clock runs: no owner, a stage that does not retire, or retirement off.</summary>
    public static ClockReading? Read(RetirementPolicy policy, DateTimeOffset? clockStart, bool stageRetires, DateTimeOffset asOf)
    {
        if (clockStart is not { } start || !stageRetires || policy.MomentFor(start, asOf) is not { } moment)
        {
            return null;
        }

        var whole = moment.RetiresAt - start;
        var left = moment.RetiresAt - asOf;
        var share = whole <= TimeSpan.Zero ? 0 : Math.Clamp(left / whole, 0, 1);
        var staleFrom = moment.RetiresAt - policy.WindowFor(moment.Period);
        var step = left <= TimeSpan.Zero ? TimeLeftStep.Due
            : asOf >= staleFrom ? TimeLeftStep.GoingStale
            : share < 1.0 / 3 ? TimeLeftStep.GettingOld
            : share <= 2.0 / 3 ? TimeLeftStep.Ok
            : TimeLeftStep.Plenty;
        return new(step, start, moment.RetiresAt, staleFrom, moment.RetiresAt - (whole / 3), share);
    }

    public static bool IsDue(RetirementPolicy policy, DateTimeOffset? clockStart, bool stageRetires, DateTimeOffset asOf) =>
        Read(policy, clockStart, stageRetires, asOf) is { Step: TimeLeftStep.Due };

    /// <summary>Whether an event moves the clock, and if not, why not.</summary>
    public static ClockVerdict Judge(LeadEventKind kind, Cause cause, bool hasOwner, bool repeatsLastComment = false, bool afterLeaving = false) => kind switch
    {
        LeadEventKind.Assigned or LeadEventKind.Reassigned => ClockVerdict.NewOwner,
        LeadEventKind.SweepDropped when hasOwner => ClockVerdict.StartedAnew,
        LeadEventKind.Created when hasOwner => ClockVerdict.NewOwner,
        LeadEventKind.Retired or LeadEventKind.Unassigned => ClockVerdict.Ended,
        _ when afterLeaving => ClockVerdict.AfterLeaving,
        _ when !hasOwner => ClockVerdict.NoOwner,
        LeadEventKind.Commented or LeadEventKind.StageChanged or LeadEventKind.Called or LeadEventKind.CallTagApplied => cause switch
        {
            Cause.Bulk => ClockVerdict.Bulk,
            Cause.Import => ClockVerdict.Import,
            Cause.System or Cause.Workflow => ClockVerdict.NotAPerson,
            Cause.Program when kind is not LeadEventKind.Called => ClockVerdict.NotAPerson,
            _ when repeatsLastComment => ClockVerdict.SameText,
            _ => ClockVerdict.Restarted,
        },
        LeadEventKind.Tagged or LeadEventKind.Untagged => ClockVerdict.TagIsNoActivity,
        LeadEventKind.FollowUpSet => ClockVerdict.PlanIsNoActivity,
        LeadEventKind.DetailsEdited or LeadEventKind.PoolChanged => ClockVerdict.EditIsNoActivity,
        LeadEventKind.TagRequested or LeadEventKind.RequestRejected or LeadEventKind.RequestWithdrawn or LeadEventKind.RequestClosed => ClockVerdict.RequestIsNoActivity,
        LeadEventKind.Nudged => ClockVerdict.NudgeIsNoActivity,
        _ => cause is Cause.Import ? ClockVerdict.Import : ClockVerdict.NotAPerson,
    };
}
