using LeadDesk.App.Imports;
using LeadDesk.Domain.Imports;

namespace LeadDesk.Tests.Imports;

public sealed class MappingFileTests
{
    private static readonly ImportMapping _guess = ImportMapping.Guess(["Prospect ID", "Lead Number", "Straße", "Tags"]);

    [Fact]
    public void What_is_written_is_read_back_and_readable()
    {
        var text = MappingFile.Write(_guess with { MeansNothing = ["Select", "n/a"], SourceOfTheRest = "Trade fair" });

        var read = MappingFile.Read(text, _guess).Value!;

        Assert.Contains("\"Straße\": \"further detail\"", text, StringComparison.Ordinal);
        Assert.Equal(_guess.Columns, read.Columns);
        Assert.Equal(["Select", "n/a"], read.MeansNothing);
        Assert.Equal("Trade fair", read.SourceOfTheRest);
    }

    [Fact]
    public void It_corrects_the_guess_and_leaves_the_rest_of_it()
    {
        var read = MappingFile.Read("""{ "columns": { "prospect id": "further detail", "Tags": "ignore", }, /* by hand */ }""", _guess).Value!;

        Assert.Equal([ColumnTarget.FurtherDetail, ColumnTarget.Name, ColumnTarget.FurtherDetail, ColumnTarget.Ignore], read.Columns.Select(c => c.Target));
        Assert.Equal(["Select"], read.MeansNothing);
    }

    [Fact]
    public void A_place_that_is_given_to_another_column_is_taken_from_the_guessed_one()
    {
        var read = MappingFile.Read("""{ "columns": { "Straße": "External-ID" } }""", _guess).Value!;

        Assert.Equal([ColumnTarget.FurtherDetail, ColumnTarget.Name, ColumnTarget.ExternalId, ColumnTarget.Tag], read.Columns.Select(c => c.Target));
    }

    [Theory]
    [InlineData("""{ "columns": { "Nowhere": "name" } }""", "The mapping names a column “Nowhere” that the file does not have.")]
    [InlineData("""{ "columns": { "Tags": "label" } }""", "The mapping makes “Tags” a “label”. A column becomes one of: further detail, ignore, name,")]
    [InlineData("""{ "columns": ["Tags"] }""", "The mapping is no JSON: line 1.")]
    [InlineData("Prospect ID = name", "The mapping is no JSON: line 1.")]
    [InlineData("""{ "columns": { "Prospect ID": "ignore", "Lead Number": "ignore" } }""", "No column is a name, company, e-mail, phone or external id. Say which one is.")]
    [InlineData("""{ "columns": { "Prospect ID": "city", "Straße": "city" } }""", "“Prospect ID” and “Straße” are both city. Choose one.")]
    public void A_bad_one_gets_one_sentence(string text, string sentence) =>
        Assert.StartsWith(sentence, MappingFile.Read(text, _guess).Refusal?.Sentence, StringComparison.Ordinal);
}
