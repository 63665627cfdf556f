using LeadDesk.Domain.Imports;

namespace LeadDesk.Tests.Imports;

public sealed class ColumnGuessTests
{
    [Theory]
    [InlineData("Prospect ID,Lead Number,Lead Origin,Lead Source,Do Not Email,Do Not Call,Country,Tags,City,",
        "external id,name,further detail,source,do not mail,do not call,country,tag,city,further detail")]
    [InlineData("Name,Company,E-Mail,Phone Number,Lead Owner,Pool,Value,Language,Time Zone,Lead Score", "name,company,e-mail,phone,owner,pool,value,language,time zone,score")]
    [InlineData("Vorname,Nachname,Firma,E-Mail-Adresse,Telefon,Straße,Ort,Land,Quelle,Zuständig,Keine E-Mails", "name,name,company,e-mail,phone,further detail,city,country,source,owner,do not mail")]
    [InlineData("Vorname,Name,Handy", "name,name,phone")]
    [InlineData("Prénom,Nom,Société,Courriel,Téléphone,Ville,Pays,Étiquettes,Ne pas appeler", "name,name,company,e-mail,phone,city,country,tag,do not call")]
    [InlineData("Nombre,Apellidos,Empresa,Correo electrónico,Móvil,Ciudad,País,No llamar", "name,name,company,e-mail,phone,city,country,do not call")]
    public void Columns_are_guessed_by_their_headers(string headers, string targets) =>
        Assert.Equal(targets.Split(','), ColumnGuess.For(headers.Split(',')).Select(t => t.Word()));

    [Fact]
    public void A_name_of_its_own_leaves_the_number_a_further_detail() =>
        Assert.Equal([ColumnTarget.FurtherDetail, ColumnTarget.Name], ColumnGuess.For(["Lead Number", "Full Name"]));

    [Fact]
    public void The_better_word_is_the_external_id_and_there_is_one() =>
        Assert.Equal([ColumnTarget.FurtherDetail, ColumnTarget.ExternalId, ColumnTarget.FurtherDetail], ColumnGuess.For(["ID", "External ID", "Lead ID"]));

    [Fact]
    public void Several_addresses_numbers_and_tags_are_all_kept() =>
        Assert.Equal(
            [ColumnTarget.Email, ColumnTarget.Email, ColumnTarget.Phone, ColumnTarget.Phone, ColumnTarget.Tag, ColumnTarget.Tag],
            ColumnGuess.For(["Email", "Work email", "Phone", "Mobile", "Tags", "Labels"]));

    [Theory]
    [InlineData("Lena Fischer,lena@fischer.example,Berlin", true)]
    [InlineData("7927b2df-8bba-4d29-b9a2-b6e0beafe620,660737,API", true)]
    [InlineData("Fischer Optik,4200,Berlin", true)]
    [InlineData("Name,E-mail,2024", false)]
    [InlineData("Kunde,Straße,Umsatz", false)]
    public void A_first_row_that_names_no_columns_is_seen(string cells, bool isARow) => Assert.Equal(isARow, ColumnGuess.LooksLikeARow(cells.Split(',')));

    [Fact]
    public void Every_target_has_a_word_that_is_read_back() =>
        Assert.All(ColumnTargets.All, target => Assert.Equal(target, ColumnTargets.Of(target.Word().ToUpperInvariant().Replace('-', ' '))));

    [Fact]
    public void Headers_that_are_empty_or_there_twice_get_a_name_of_their_own() =>
        Assert.Equal(["Phone", "Phone (2)", "Column 3", "phone (3)"], RowReader.Headers([" Phone", "Phone", "", "phone"]));

    [Fact]
    public void A_mapping_needs_something_that_makes_a_lead() =>
        Assert.Equal("No column is a name, company, e-mail, phone or external id. Say which one is.", ImportMapping.Guess(["City", "Country"]).Check()?.Sentence);

    [Fact]
    public void What_a_lead_has_once_comes_of_one_column()
    {
        var mapping = ImportMapping.Guess(["Name", "City", "Place"]).With(2, ColumnTarget.City);

        Assert.Equal("“City” and “Place” are both city. Choose one.", mapping.Check()?.Sentence);
        Assert.Null(mapping.With(2, ColumnTarget.Email).Check());
    }
}
