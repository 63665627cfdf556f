using System.Text.Json;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using static LeadDesk.Tests.Leads.Cast;

namespace LeadDesk.Tests.Leads;

public sealed class LeadDetailsTests
{
    [Theory]
    [InlineData(nameof(LeadDetails.Name), 201), InlineData(nameof(LeadDetails.Company), 201), InlineData(nameof(LeadDetails.ExternalId), 201), InlineData(nameof(LeadDetails.City), 101)]
    public void What_is_too_long_is_refused_at_its_field(string field, int length)
    {
        var text = new string('x', length);
        var details = new LeadDetails
        {
            Name = field is nameof(LeadDetails.Name) ? text : "Lena",
            Company = field is nameof(LeadDetails.Company) ? text : null,
            ExternalId = field is nameof(LeadDetails.ExternalId) ? text : null,
            City = field is nameof(LeadDetails.City) ? text : null,
        };

        Assert.Equal(field, Assert.IsType<NotAcceptable>(details.Tidied().Check()).Field);
    }

    [Theory]
    [InlineData("lena"), InlineData("@fischer.example"), InlineData("lena@"), InlineData("le na@fischer.example")]
    public void What_is_no_e_mail_address_is_refused(string email) =>
        Assert.Equal(nameof(LeadDetails.Emails), Assert.IsType<NotAcceptable>(new LeadDetails { Emails = [email] }.Tidied().Check()).Field);

    [Fact]
    public void Country_language_zone_and_value_are_checked_at_their_fields()
    {
        Assert.Equal(nameof(LeadDetails.Country), Wrong(new() { Name = "x", Country = "Austria" }));
        Assert.Equal(nameof(LeadDetails.Language), Wrong(new() { Name = "x", Language = new('x', 36) }));
        Assert.Equal(nameof(LeadDetails.TimeZone), Wrong(new() { Name = "x", TimeZone = "Europe/Atlantis" }));
        Assert.Equal(nameof(LeadDetails.ValueMinor), Wrong(new() { Name = "x", ValueMinor = -1 }));
        Assert.Null(new LeadDetails { Name = "x", Country = "at", Language = "de-AT", TimeZone = "Europe/Vienna", ValueMinor = 0 }.Tidied().Check());
    }

    [Fact]
    public void Each_of_name_company_e_mail_phone_and_external_id_is_enough_and_none_of_them_is_not()
    {
        LeadDetails[] enough = [new() { Name = "Lena" }, new() { Company = "Optik" }, new() { Emails = ["l@f.example"] }, new() { Phones = [new("0316", null)] }, new() { ExternalId = "7" }];

        Assert.All(enough, d => Assert.Null(d.Tidied().Check()));
        Assert.NotNull(new LeadDetails { Name = "  ", City = "Graz" }.Tidied().Check());
    }

    [Fact]
    public void Typed_twice_is_once_and_empty_is_none()
    {
        var tidied = new LeadDetails { Name = " Lena ", Company = " ", Emails = ["L@f.example", " l@F.example ", ""], Phones = [new("+43 316", "+43316"), new("0316", "+43316"), new(" ", null)], Country = "at" }.Tidied();

        Assert.Equal(("Lena", null, "AT"), (tidied.Name, tidied.Company, tidied.Country));
        Assert.Single(tidied.Emails);
        Assert.Single(tidied.Phones);
    }

    [Fact]
    public void An_edit_tells_each_changed_field_from_what_to_what_and_an_edit_of_nothing_is_none()
    {
        var lead = Lead(Asha);
        var next = lead.Details() with { Name = "Lena F.", City = "Graz", DoNotCall = true, ValueMinor = 420_050 };

        Done(lead.EditDetails(next, As(Asha), Cause.Person, Tuesday));

        Assert.Equal(
            [new("Name", "Lena Fischer", "Lena F."), new("City", null, "Graz"), new("Value", null, "4200.50"), new("Do not call", "no", "yes")],
            JsonSerializer.Deserialize<List<FieldChange>>(Last(lead).Text!)!);
        Assert.Equal(OutcomeKind.NothingToDo, lead.EditDetails(next, As(Asha), Cause.Person, Tuesday).Kind);
    }

    [Fact]
    public void A_refused_edit_changes_nothing()
    {
        var lead = Lead(Asha);
        var before = (lead.Version, lead.Name);

        Refused<NotAcceptable>(lead.EditDetails(new() { Emails = ["no address"] }, As(Asha), Cause.Person, Tuesday));

        Assert.Equal(before, (lead.Version, lead.Name));
    }

    [Fact]
    public void Also_seen_from_is_noted_and_the_source_stays()
    {
        var lead = Lead(Asha);

        lead.NoteAlsoSeenFrom(new(9), As(Meera), Cause.Import, Tuesday, null);
        lead.NoteAlsoSeenFrom(WebForm, As(Meera), Cause.Import, Tuesday, null);

        Assert.Equal(WebForm, lead.SourceId);
        Assert.Equal([9L], lead.NewEvents.Where(e => e.Kind is LeadEventKind.AlsoSeenFrom).Select(e => e.ToId));
    }

    private static string Wrong(LeadDetails details) => Assert.IsType<NotAcceptable>(details.Tidied().Check()).Field;
}
