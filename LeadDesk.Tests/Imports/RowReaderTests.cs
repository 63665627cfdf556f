using LeadDesk.Domain.Imports;

namespace LeadDesk.Tests.Imports;

public sealed class RowReaderTests
{
    [Fact]
    public void Select_and_empty_mean_nothing_in_any_case()
    {
        var row = Read("Name,City,Specialization,Course", "Lena", "select", "Select", " ");

        Assert.Equal(("Lena", null), (row.Details.Name, row.Details.City));
        Assert.Empty(row.Further);
    }

    [Fact]
    public void Unmapped_columns_are_further_details_under_their_header()
    {
        var row = Read("Name,Budget,Column 3", "Lena", " high ", "x");

        Assert.Equal([new("Budget", "high"), new("Column 3", "x")], row.Further);
    }

    [Fact]
    public void What_is_no_country_is_kept_and_costs_no_lead()
    {
        var row = Read("Name,Country", "Lena", "Asia/Pacific Region");

        Assert.Null(row.Trouble);
        Assert.Null(row.Details.Country);
        Assert.Equal([new("Country", "Asia/Pacific Region")], row.Further);
    }

    [Fact]
    public void Tags_part_at_semicolons_and_bars_never_at_commas()
    {
        var row = Read("Name,Tags,Labels", "Lena", "Lost, to EINS; VIP | vip", "Ringing");

        Assert.Equal(["Lost, to EINS", "VIP", "Ringing"], row.Tags);
    }

    [Fact]
    public void First_names_stand_before_last_names()
    {
        Assert.Equal("Lena Fischer", Read("Nachname,Vorname", "Fischer", "Lena").Details.Name);
        Assert.Equal("Fischer", Read("Nachname,Vorname", "Fischer", "").Details.Name);
    }

    [Fact]
    public void Several_addresses_in_one_cell_are_several()
    {
        var row = Read("Name,Email,Phone", "Lena", "a@b.example; c@d.example", "030 123 | +49 171 5");

        Assert.Equal(["a@b.example", "c@d.example"], row.Details.Emails);
        Assert.Equal(["030 123", "+49 171 5"], row.Details.Phones.Select(p => p.Typed));
    }

    [Theory]
    [InlineData("Do Not Call", "perhaps", "“perhaps” under “Do Not Call” is neither yes nor no.")]
    [InlineData("Value", "a lot", "“a lot” under “Value” is no amount.")]
    [InlineData("Score", "200", "“200” under “Score” is no number from 0 to 100.")]
    public void What_cannot_be_read_fails_the_row_with_its_reason(string header, string cell, string why) => Assert.Equal(why, Read($"Name,{header}", "Lena", cell).Trouble);

    [Fact]
    public void A_row_with_more_cells_than_the_header_fails_unless_they_are_empty()
    {
        Assert.Equal("This row has 3 cells, the header has 2.", Read("Name,City", "Lena", "Berlin", "10115").Trouble);
        Assert.Null(Read("Name,City", "Lena", "Berlin", "", " ").Trouble);
        Assert.Equal("Lena", Read("Name,City", "Lena").Details.Name);
    }

    [Fact]
    public void A_cell_that_is_too_long_fails_the_row()
    {
        Assert.Null(Read("Name,Notes", "Lena", new string('x', 4_000)).Trouble);
        Assert.Equal("The cell under “Notes” is longer than 4000 characters.", Read("Name,Notes", "Lena", new string('x', 4_001)).Trouble);
    }

    [Fact]
    public void The_mark_against_formulas_comes_off_again()
    {
        var row = Read("Name,Phone,Notes", "'=Lena", "'+49 30 1", "'tis");

        Assert.Equal(("=Lena", "+49 30 1", "'tis"), (row.Details.Name, row.Details.Phones[0].Typed, row.Further[0].Text));
    }

    [Fact]
    public void The_content_key_asks_for_the_content_alone()
    {
        var key = Read("Name,City,Notes", "Lena", "Berlin", "").ContentKey;

        Assert.Equal(key, new RowReader(ImportMapping.Guess(["Name", "City", "Notes"]).With(0, ColumnTarget.Ignore)).Read(9, [" Lena ", "Berlin"]).ContentKey);
        Assert.Equal(key, Read("Notes,City,Name", "", "Berlin", "Lena").ContentKey);
        Assert.Equal(key, Read($"{RowReader.ReasonHeader},Name,City,Notes", "No source is called “X”.", "Lena", "Berlin", "").ContentKey);
        Assert.NotEqual(key, Read("Name,City,Notes", "Lena", "Berlin", "Select").ContentKey);
        Assert.NotEqual(key, Read("Name,Town,Notes", "Lena", "Berlin", "").ContentKey);
        Assert.NotEqual(key, Read("Name,City,Notes", "LenaBerlin", "", "").ContentKey);
    }

    [Fact]
    public void An_update_says_only_what_the_row_says()
    {
        var known = Read("Name,Email,City,Do Not Call", "Lena", "a@b.example", "Berlin", "yes").ForNewLead;

        var after = Read("Name,Email,City,Do Not Call", "Lena Fischer", "C@d.example", "", "").Over(known);

        Assert.Equal(("Lena Fischer", "Berlin", true), (after.Name, after.City, after.DoNotCall));
        Assert.Equal(["C@d.example", "a@b.example"], after.Emails);
        Assert.Equal(["a@b.example"], Read("Email", "A@B.example").Over(known).Emails);
    }

    private static ImportRow Read(string headers, params string[] cells) => new RowReader(ImportMapping.Guess(headers.Split(','))).Read(2, cells);
}
