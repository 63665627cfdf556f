using LeadDesk.Domain.Imports;

namespace LeadDesk.Tests.Imports;

public sealed class CellTextTests
{
    [Theory]
    [InlineData("Yes", true), InlineData("1", true), InlineData("TRUE", true), InlineData("ja", true), InlineData("Sí", true), InlineData("oui", true), InlineData("x", true)]
    [InlineData("No", false), InlineData("0", false), InlineData("false", false), InlineData("nein", false), InlineData("non", false)]
    [InlineData("maybe", null), InlineData("2", null), InlineData("", null)]
    public void Yes_and_no_are_read_in_four_languages(string text, bool? meaning) => Assert.Equal(meaning, CellText.YesOrNo(text));

    [Theory]
    [InlineData("4200", 420_000L), InlineData("1,234.50", 123_450L), InlineData("1.234,50 €", 123_450L), InlineData("USD 12 000", 1_200_000L), InlineData("12'000.00", 1_200_000L)]
    [InlineData("1.234", 123_400L), InlineData("1,234,567", 123_456_700L), InlineData("0,5", 50L), InlineData("€99", 9_900L), InlineData("-5", -500L)]
    [InlineData("about 5000", null), InlineData("n/a", null), InlineData("", null), InlineData("12-13", null), InlineData("99999999999999999999999", null)]
    public void Amounts_are_read_however_they_are_written(string text, long? minor) => Assert.Equal(minor, CellText.Minor(text));

    [Theory]
    [InlineData("87", 87), InlineData("87.4", 87), InlineData("100%", 100), InlineData("101", null), InlineData("-1", null), InlineData("high", null)]
    public void A_score_is_between_0_and_100(string text, int? score) => Assert.Equal(score, CellText.Score(text));

    [Theory]
    [InlineData("en-GB", "en-GB"), InlineData("EN_us", "en-US"), InlineData("German", "de"), InlineData("Deutsch", "de"), InlineData("español", "es"), InlineData("Elvish", null)]
    public void Languages_are_read_by_tag_and_by_name(string text, string? tag) => Assert.Equal(tag, CellText.Language(text));

    [Theory]
    [InlineData("Asia/Kolkata", "Asia/Kolkata"), InlineData("W. Europe Standard Time", "Europe/Berlin"), InlineData("UTC", "UTC"), InlineData("Mars/Olympus", null), InlineData("noon", null)]
    public void Time_zones_are_read_by_either_name(string text, string? id) => Assert.Equal(id, CellText.TimeZone(text));

    [Theory]
    [InlineData("India", "IN"), InlineData("in", "IN"), InlineData("IND", "IN"), InlineData("United States", "US"), InlineData("USA", "US"), InlineData("United Arab Emirates", "AE")]
    [InlineData("Hong Kong", "HK"), InlineData("Russia", "RU"), InlineData("Vietnam", "VN"), InlineData("Tanzania", "TZ"), InlineData("United Kingdom", "GB"), InlineData("England", "GB")]
    [InlineData("Deutschland", "DE"), InlineData("Österreich", "AT"), InlineData("Frankreich", "FR"), InlineData("Royaume-Uni", "GB"), InlineData("Alemania", "DE"), InlineData("México", "MX")]
    [InlineData("Côte d’Ivoire", "CI"), InlineData("Bosnia & Herzegovina", "BA"), InlineData("Bosnia and Herzegovina", "BA"), InlineData("Türkiye", "TR"), InlineData("Palestine", "PS")]
    [InlineData("unknown", null), InlineData("Asia/Pacific Region", null), InlineData("Europe", null), InlineData("", null), InlineData("日本", "JP")]
    public void Countries_are_read_by_name_and_code(string text, string? code) => Assert.Equal(code, CountryNames.CodeOf(text));
}
