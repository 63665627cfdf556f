using LeadDesk.App.Leads.Profile;

namespace LeadDesk.Tests.Leads.Profile;

public sealed class LocalMomentsTests
{
    [Theory]
    [InlineData("Europe/Vienna", "2026-11-24T14:12", "2026-11-24T13:12")]
    [InlineData("Asia/Kathmandu", "2026-11-24T14:12", "2026-11-24T08:27")]
    // Skipped in the spring: counts from after the skip.
    [InlineData("Europe/Vienna", "2026-03-29T02:30", "2026-03-29T01:30")]
    // Shown twice in the autumn: the first time is meant.
    [InlineData("Europe/Vienna", "2026-10-25T02:30", "2026-10-25T00:30")]
    // Half an hour of summer time.
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45")]
    public void What_a_clock_on_the_wall_showed_is_one_instant(string zone, string local, string utc) =>
        Assert.Equal(DateTimeOffset.Parse(utc + "Z", null), LocalMoments.ToUtc(DateTime.Parse(local, null), TimeZoneInfo.FindSystemTimeZoneById(zone)));

    [Fact]
    public void A_new_day_begins_at_the_readers_midnight()
    {
        var vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");
        var late = new DateTimeOffset(2026, 11, 24, 22, 59, 0, TimeSpan.Zero);

        Assert.Equal(new DateOnly(2026, 11, 24), LocalMoments.Day(late, vienna));
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 23, 0, 0, TimeSpan.Zero), LocalMoments.NextMidnight(late, vienna));
        Assert.Equal(new DateOnly(2026, 11, 25), LocalMoments.Day(late.AddMinutes(1), vienna));
    }
}
