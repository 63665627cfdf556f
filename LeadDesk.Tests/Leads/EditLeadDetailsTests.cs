using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

public sealed class EditLeadDetailsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    private static LeadDetails Full => new()
    {
        Name = "Lena Fischer",
        Emails = ["lena@fischer.example", "office@fischer.example"],
        Phones = [new("0316 555 0142", null), new("+43 664 1234567", null)],
        Country = "AT",
    };

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Contacts_change_places_come_and_go_in_one_edit_and_the_search_finds_the_new_ones(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, details: Full);
        var edited = Full with { Emails = ["office@fischer.example", "lena@fischer.example", "new@fischer.example"], Phones = [new("+43 664 1234567", null)], City = "Graz" };

        var outcome = await desk.Get<EditLeadDetails>().RunAsync(lead.Id, edited, lead.Version, await desk.As(desk.Asha));

        Assert.Null(outcome.Refusal);
        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal(edited.Emails, after.Details().Emails);
        Assert.Equal([new Phone("+43 664 1234567", "+436641234567")], after.Details().Phones);
        Assert.Equal(("office@fischer.example", "Graz"), (after.Email, after.City));
        Assert.Contains("new@fischer.example", after.SearchText, StringComparison.Ordinal);
        Assert.DoesNotContain("3165550142", after.SearchText, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_somebody_else_edited_meanwhile_is_not_overwritten_but_named(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, details: Full);
        var edit = desk.Get<EditLeadDetails>();
        await edit.RunAsync(lead.Id, Full with { City = "Graz" }, lead.Version, await desk.As(desk.Meera));

        var second = await edit.RunAsync(lead.Id, Full with { City = "Wien" }, lead.Version, await desk.As(desk.Asha));

        Assert.StartsWith("Meera changed these details while you typed.", Assert.IsType<ChangedMeanwhile>(second.Refusal).Sentence, StringComparison.Ordinal);
        Assert.Equal("Graz", (await desk.ReadAsync(lead.Id)).City);
        Assert.Null((await edit.RunAsync(lead.Id, Full with { City = "Wien" }, (await desk.ReadAsync(lead.Id)).Version, await desk.As(desk.Asha))).Refusal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_else_happened_meanwhile_stands_in_nobodys_way(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, details: Full);
        await desk.Get<AddComment>().RunAsync(lead.Id, "By the way", await desk.As(desk.Meera));

        var outcome = await desk.Get<EditLeadDetails>().RunAsync(lead.Id, Full with { City = "Graz" }, lead.Version, await desk.As(desk.Asha));

        Assert.Equal(OutcomeKind.Done, outcome.Kind);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_refusal_names_its_field_and_strangers_find_nothing(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, details: Full);
        var edit = desk.Get<EditLeadDetails>();

        Assert.Equal(nameof(LeadDetails.Country), Assert.IsType<NotAcceptable>((await edit.RunAsync(lead.Id, Full with { Country = "Austria" }, lead.Version, await desk.As(desk.Asha))).Refusal).Field);
        Assert.IsType<NoLeadHere>((await edit.RunAsync(lead.Id, Full with { City = "Graz" }, lead.Version, await desk.As(desk.Ravi))).Refusal);
        Assert.Equal(lead.Version, (await desk.ReadAsync(lead.Id)).Version);
    }
}
