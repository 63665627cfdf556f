namespace LeadDesk.App.Demo;

/// <summary>When things happen on a sales floor: by day, on weekdays, and never so far apart that a lead would have retired between.</summary>
internal sealed class DemoTimes(Random chance, TimeSpan period)
{
    private static readonly TimeZoneInfo _floor = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

    /// <summary>What people leave between two activities is a share of this.</summary>
    private readonly TimeSpan _rhythm = period < TimeSpan.FromDays(1) ? TimeSpan.FromDays(1) : period < TimeSpan.FromDays(7) ? period : TimeSpan.FromDays(7);

    public TimeSpan Period => period;

    /// <summary>So many instants in order, the last one at <paramref name="last"/>.</summary>
    public IReadOnlyList<DateTimeOffset> Until(DateTimeOffset last, int count)
    {
        var times = new DateTimeOffset[count];
        times[^1] = last;
        for (var i = count - 2; i >= 0; i--)
        {
            times[i] = Before(times[i + 1]);
        }

        return times;
    }

    /// <summary>An activity earlier, close enough that the lead did not retire meanwhile.</summary>
    public DateTimeOffset Before(DateTimeOffset next)
    {
        var plain = next - chance.Between(_rhythm * 0.02, _rhythm * 0.5);
        var byDay = ByDay(plain);
        return byDay < next && next - byDay < _rhythm * 0.95 ? byDay : plain;
    }

    /// <summary>An instant in the span; by day and on a weekday where the span has one.</summary>
    public DateTimeOffset Within(DateTimeOffset from, DateTimeOffset to)
    {
        var found = from + ((to - from) * chance.NextDouble());
        for (var i = 0; i < 8 && !IsByDay(found); i++)
        {
            found = from + ((to - from) * chance.NextDouble());
        }

        return found;
    }

    /// <summary>The same day, or the Friday before a weekend, between eight and six.</summary>
    public DateTimeOffset ByDay(DateTimeOffset at)
    {
        if (IsByDay(at))
        {
            return at;
        }

        var local = TimeZoneInfo.ConvertTime(at, _floor);
        var back = local.DayOfWeek switch { DayOfWeek.Saturday => 1, DayOfWeek.Sunday => 2, _ => 0 };
        var day = local.Date.AddDays(-back).AddHours(8).AddSeconds(chance.Next(10 * 3600));
        return new DateTimeOffset(day, _floor.GetUtcOffset(day)).ToUniversalTime();
    }

    private static bool IsByDay(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, _floor);
        return local.DayOfWeek is not DayOfWeek.Saturday and not DayOfWeek.Sunday && local.Hour is >= 7 and < 19;
    }
}
