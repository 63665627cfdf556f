using LeadDesk.App.Ui;

namespace LeadDesk.Tests.Ui;

public sealed class TimeWordsTests
{
    private static readonly DateTimeOffset Tuesday = new(2026, 11, 24, 14, 12, 0, TimeSpan.Zero);
    private static readonly TimeZoneInfo Vienna = TimeZoneInfo.FindSystemTimeZoneById("Europe/Vienna");

    [Theory]
    [InlineData("4.06:00:00", "4 d 6 h")]
    [InlineData("4.06:59:59", "4 d 6 h")]
    [InlineData("4.00:10:00", "4 d")]
    [InlineData("1.09:30:00", "1 d 9 h")]
    [InlineData("1.00:00:00", "1 d")]
    [InlineData("23:59:59", "23 h 59 min")]
    [InlineData("07:20:00", "7 h 20 min")]
    [InlineData("07:00:59", "7 h")]
    [InlineData("00:59:59", "59 min")]
    [InlineData("00:42:10", "42 min")]
    [InlineData("00:01:00", "1 min")]
    [InlineData("00:00:59", "under a minute")]
    [InlineData("00:00:00", "due now")]
    [InlineData("-00:00:01", "due now")]
    public void What_is_left_is_said_in_the_two_largest_units(string left, string words) =>
        Assert.Equal(words, TimeWords.Left(TimeSpan.Parse(left, System.Globalization.CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("18:44:00", "18 h")]
    [InlineData("12:00:00", "12 h")]
    [InlineData("11:59:00", "11 h 59 min")]
    [InlineData("1.02:00:00", "1 d 2 h")]
    public void A_card_drops_the_minutes_from_twelve_hours_up(string left, string words) =>
        Assert.Equal(words, TimeWords.Left(TimeSpan.Parse(left, System.Globalization.CultureInfo.InvariantCulture), card: true));

    [Fact]
    public void The_full_sentence_names_the_moment_in_the_reader_s_zone()
    {
        var due = new DateTimeOffset(2026, 11, 24, 21, 32, 0, TimeSpan.FromHours(1));

        Assert.Equal("Retires today at 21:32, in 6 hours 20 minutes", TimeWords.Retires(due, Tuesday, Vienna));
        Assert.Equal("Revoke today at 20:32, in 6 hours 20 minutes", TimeWords.Retires(due, Tuesday, TimeZoneInfo.Utc, "Revoke"));
        Assert.Equal("Due now, leaves with the next sweep", TimeWords.Retires(Tuesday, Tuesday, Vienna));
    }

    [Fact]
    public void A_single_unit_has_no_plural()
    {
        Assert.Equal("1 day 1 hour", TimeWords.LeftInFull(new TimeSpan(1, 1, 30, 0)));
        Assert.Equal("1 hour 1 minute", TimeWords.LeftInFull(new TimeSpan(1, 1, 0)));
        Assert.Equal("2 minutes", TimeWords.LeftInFull(TimeSpan.FromMinutes(2)));
    }

    [Theory]
    [InlineData(0, "now")]
    [InlineData(4, "4 s ago")]
    [InlineData(59, "59 s ago")]
    [InlineData(60, "1 min ago")]
    [InlineData(3599, "59 min ago")]
    [InlineData(3600 * 7, "7 h ago")]
    [InlineData(86400 * 3 + 100, "3 d ago")]
    public void An_age_is_said_in_one_unit(int seconds, string words) => Assert.Equal(words, TimeWords.Ago(TimeSpan.FromSeconds(seconds)));

    [Fact]
    public void A_moment_is_exact_today_then_has_its_weekday_then_its_date()
    {
        Assert.Equal("13:58", TimeWords.Moment(Tuesday.AddMinutes(-14), Tuesday, TimeZoneInfo.Utc));
        Assert.Equal("Mon 23:50", TimeWords.Moment(new(2026, 11, 23, 23, 50, 0, TimeSpan.Zero), Tuesday, TimeZoneInfo.Utc));
        Assert.Equal("Wed 16:05", TimeWords.Moment(new(2026, 11, 18, 16, 5, 0, TimeSpan.Zero), Tuesday, TimeZoneInfo.Utc));
        Assert.Equal("17 Nov", TimeWords.Moment(new(2026, 11, 17, 16, 5, 0, TimeSpan.Zero), Tuesday, TimeZoneInfo.Utc));
        Assert.Equal("17 Nov 2025", TimeWords.Moment(new(2025, 11, 17, 16, 5, 0, TimeSpan.Zero), Tuesday, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Midnight_is_the_reader_s_own()
    {
        var lateInLondon = new DateTimeOffset(2026, 11, 24, 23, 30, 0, TimeSpan.Zero);

        Assert.Equal("tomorrow at 00:30", TimeWords.MomentInFull(lateInLondon, Tuesday, Vienna));
        Assert.Equal("today at 23:30", TimeWords.MomentInFull(lateInLondon, Tuesday, TimeZoneInfo.Utc));
    }

    [Fact]
    public void Days_near_by_have_names()
    {
        var today = new DateOnly(2026, 11, 24);

        Assert.Equal(["yesterday", "today", "tomorrow", "Thu 26 Nov", "Fri 1 Jan 2027"],
            new[] { -1, 0, 1, 2, 38 }.Select(d => TimeWords.Day(today.AddDays(d), today)));
    }
}
