namespace LeadDesk.Domain.Retirement;

/// <summary>
/// The inactivity period as it is in force, with the grace rule: a changed period saved at S is in force from E = S + grace,
/// a longer one or "off" at once. Before <see cref="InForceFrom"/> the cutoff is that of <see cref="Before"/>, from then on that of <see cref="Period"/>.
/// A period of none means "off": no lead has a clock.
/// </summary>
public sealed record RetirementPolicy(TimeSpan? Period, TimeSpan WarningWindow, TimeSpan? Before = null, DateTimeOffset? InForceFrom = null)
{
    /// <summary>The policy after someone saved <paramref name="period"/> and <paramref name="window"/> at <paramref name="at"/>.</summary>
    public RetirementPolicy Change(TimeSpan? period, TimeSpan window, TimeSpan grace, DateTimeOffset at)
    {
        var inForce = PeriodAt(at);
        if (period == inForce)
        {
            return new(period, window);
        }

        var isLonger = period is null || (inForce is { } now && period > now);
        return new(period, window, inForce, isLonger ? at : at + grace);
    }

    public TimeSpan? PeriodAt(DateTimeOffset asOf) => InForceFrom is { } from && asOf < from ? Before : Period;

    /// <summary>Every lead whose clock started at or before this instant is due; none when retirement is off.</summary>
    public DateTimeOffset? CutoffAt(DateTimeOffset asOf) => PeriodAt(asOf) is { } period ? asOf - period : null;

    /// <summary>
    /// Every lead whose clock started at or before this instant is going stale or due; none when retirement is off.
    /// The same boundary as <see cref="InactivityClock.Read"/> draws for one lead, and a test compares them.
    /// </summary>
    public DateTimeOffset? StaleCutoffAt(DateTimeOffset asOf)
    {
        if (InForceFrom is not { } from || asOf >= from)
        {
            return Period is { } period ? asOf - period + WindowFor(period) : null;
        }

        DateTimeOffset? old = Before is { } before ? Earlier(asOf - before + WindowFor(before), from - before - TimeSpan.FromTicks(1)) : null;
        DateTimeOffset? next = Period is { } coming && from - WindowFor(coming) <= asOf ? asOf - coming + WindowFor(coming) : null;
        return old is { } o && next is { } n ? Later(o, n) : old ?? next;
    }

    /// <summary>Every lead whose clock started before this instant will have retired before <paramref name="moment"/>, if nobody does anything; none where nothing will.</summary>
    public DateTimeOffset? RetiresBefore(DateTimeOffset moment, DateTimeOffset asOf)
    {
        if (InForceFrom is not { } from || asOf >= from)
        {
            return Period is { } period && !(InForceFrom >= moment) ? moment - period : null;
        }

        DateTimeOffset? old = Before is { } before ? Earlier(moment, from) - before : null;
        DateTimeOffset? next = Period is { } coming && moment > from ? moment - coming : null;
        return old is { } o && next is { } n ? Later(o, n) : old ?? next;
    }

    /// <summary>
    /// The period that decides over a clock started then, as seen at <paramref name="asOf"/>, and the moment it gives.
    /// Null where nothing will retire it.
    /// </summary>
    public (DateTimeOffset RetiresAt, TimeSpan Period)? MomentFor(DateTimeOffset clockStart, DateTimeOffset asOf)
    {
        if (InForceFrom is { } from && asOf < from)
        {
            if (Before is { } before && clockStart + before < from)
            {
                return (clockStart + before, before);
            }

            return Period is { } next ? (Later(clockStart + next, from), next) : null;
        }

        if (Period is not { } period)
        {
            return null;
        }

        return (InForceFrom is { } since ? Later(clockStart + period, since) : clockStart + period, period);
    }

    /// <summary>Never more than half the period: a longer window is shortened.</summary>
    public TimeSpan WindowFor(TimeSpan period) => WarningWindow < period / 2 ? WarningWindow : period / 2;

    private static DateTimeOffset Later(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;

    private static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;
}
