namespace LeadDesk.App.Leads.Profile;

/// <summary>A wall clock reading in a zone, as an instant.</summary>
internal static class LocalMoments
{
    /// <summary>What the clock skipped counts from after the skip; what it showed twice means the first time.</summary>
    public static DateTimeOffset ToUtc(DateTime local, TimeZoneInfo zone)
    {
        local = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max()
            : zone.IsInvalidTime(local) ? zone.GetUtcOffset(local.AddDays(-1))
            : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }

    public static DateOnly Day(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    /// <summary>The next moment at which a new day begins there.</summary>
    public static DateTimeOffset NextMidnight(DateTimeOffset at, TimeZoneInfo zone) => ToUtc(Day(at, zone).AddDays(1).ToDateTime(TimeOnly.MinValue), zone);
}
