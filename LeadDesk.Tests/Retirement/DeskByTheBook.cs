using LeadDesk.Domain.Basics;

namespace LeadDesk.Tests.Retirement;

/// <summary>
/// The inactivity clock once more, written down from PRODUCT.md and nothing else, so that a random desk has something to be compared with: what restarts
/// a clock, when a lead retires, when it goes stale, and when the desk was down for it.
/// </summary>
internal sealed class DeskByTheBook(TimeSpan period, TimeSpan window, TimeSpan grace)
{
    private readonly Dictionary<LeadId, Book> _leads = [];
    private TimeSpan? _old;
    private TimeSpan? _new = period;
    private DateTimeOffset _inForceFrom = DateTimeOffset.MinValue;
    private DateTimeOffset _saved = DateTimeOffset.MinValue;
    private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;

    /// <summary>Of the one in force and the one that is coming; the longest possible where both are off.</summary>
    public TimeSpan ShortestPeriod => new[] { _old, _new }.Min() ?? TimeSpan.MaxValue;

    /// <summary>None where nobody owns it.</summary>
    public DateTimeOffset? ClockStart(LeadId lead) => _leads[lead].Start;

    /// <summary>Whether its owner was warned in the present clock period.</summary>
    public bool IsWarned(LeadId lead) => _leads[lead].Warned;

    /// <summary>A new owner, or work by a person on this one lead.</summary>
    public void Starts(LeadId lead, DateTimeOffset at) => _leads[lead] = new(at, _leads.GetValueOrDefault(lead)?.Retires ?? true, at, false);

    public void LosesItsOwner(LeadId lead) => _leads[lead] = _leads[lead] with { Start = null, Warned = false };

    public void IsWarnedNow(LeadId lead) => _leads[lead] = _leads[lead] with { Warned = true };

    /// <summary>The stage it stands in now.</summary>
    public void Stands(LeadId lead, bool stageRetires, DateTimeOffset at)
    {
        if (_leads[lead].Retires != stageRetires)
        {
            _leads[lead] = _leads[lead] with { Retires = stageRetires, Since = at };
        }
    }

    /// <summary>"A changed setting saved at S is in force from E = S + grace; a longer period or off: E = S." The same once more changes nothing.</summary>
    public void Saves(TimeSpan? next, DateTimeOffset at)
    {
        if (next == _new)
        {
            return;
        }

        var inForce = at < _inForceFrom ? _old : _new;
        var atOnce = next == inForce || next is null || next > inForce;
        (_old, _new, _inForceFrom, _saved) = (inForce, next, next == inForce ? DateTimeOffset.MinValue : atOnce ? at : at + grace, at);
    }

    public void Swept(DateTimeOffset asOf) => _lastSweep = asOf;

    /// <summary>"A lead retires at its old moment if that is before E, else at the later of its new moment and E."</summary>
    /// <returns>When its warning window begins and when it retires; none where no clock runs.</returns>
    public (DateTimeOffset Stale, DateTimeOffset Retires)? Window(LeadId lead, DateTimeOffset asOf)
    {
        if (_leads[lead] is not { Start: { } start, Retires: true })
        {
            return null;
        }

        if (asOf < _inForceFrom && _old is { } old && start + old < _inForceFrom)
        {
            return (start + old - Shortened(old), start + old);
        }

        if (_new is not { } period)
        {
            return null;
        }

        var moment = start + period > _inForceFrom ? start + period : _inForceFrom;
        return (moment - Shortened(period), moment);
    }

    public bool IsDue(LeadId lead, DateTimeOffset asOf) => Window(lead, asOf) is { } window && asOf >= window.Retires;

    public bool IsGoingStale(LeadId lead, DateTimeOffset asOf) => Window(lead, asOf) is { } window && asOf >= window.Stale && asOf < window.Retires;

    /// <summary>
    /// The desk was down: no sweep ran from the moment that the lead was going stale (its window had begun, its stage retired, the period was as it is)
    /// until now that it is due. Only such a lead may go without a warning.
    /// </summary>
    public bool WasDown(LeadId lead, DateTimeOffset asOf)
    {
        var (stale, retires) = Window(lead, asOf)!.Value;
        var since = _leads[lead].Since;
        return since < retires && _lastSweep < new[] { stale, since, _saved }.Max();
    }

    private TimeSpan Shortened(TimeSpan period) => window > period / 2 ? period / 2 : window;

    /// <param name="Since">Since when it stands in stages that retire.</param>
    private sealed record Book(DateTimeOffset? Start, bool Retires, DateTimeOffset Since, bool Warned);
}
