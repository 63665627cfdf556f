using System.Globalization;
using LeadDesk.App.Ui;

namespace LeadDesk.Tests.Ui;

public sealed class MoneyWordsTests
{
    [Theory]
    [InlineData(0, "€ 0", "€ 0")]
    [InlineData(94_950, "€ 949.50", "€ 950")]
    [InlineData(99_960, "€ 999.60", "€ 1 K")]
    [InlineData(975_000, "€ 9,750", "€ 9.75 K")]
    [InlineData(1_240_000, "€ 12,400", "€ 12.4 K")]
    [InlineData(31_800_000, "€ 318,000", "€ 318 K")]
    [InlineData(99_960_000, "€ 999,600", "€ 1 M")]
    [InlineData(162_000_000, "€ 1,620,000", "€ 1.62 M")]
    [InlineData(1_234_567_890_00, "€ 1,234,567,890", "€ 1,235 M")]
    public void A_value_in_full_and_a_sum_in_three_figures(long minor, string full, string inShort)
    {
        using var _ = new Culture("en-GB");

        Assert.Equal((full, inShort), (MoneyWords.Full(minor), MoneyWords.Short(minor)));
    }

    [Fact]
    public void Figures_follow_the_culture_and_are_read_out_with_the_word()
    {
        using var _ = new Culture("de-DE");

        Assert.Equal(("€ 4.200,50", "4.200 euro", "€ 1,62 M"), (MoneyWords.Full(420_050), MoneyWords.Spoken(420_000), MoneyWords.Short(162_000_000)));
    }

    private sealed class Culture : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public Culture(string name) => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(name);

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
