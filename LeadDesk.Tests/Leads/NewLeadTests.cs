using Bunit;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace LeadDesk.Tests.Leads;

public sealed class NewLeadTests : IAsyncLifetime
{
    private TestDesk _desk = null!;
    private DeskPage _page = null!;

    public async ValueTask InitializeAsync() => _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        await (_page?.DisposeAsync() ?? ValueTask.CompletedTask);
        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task A_manager_comes_to_the_new_lead()
    {
        var form = Open(_desk.Meera);
        Type(form, "Name", "Lena Fischer");
        Type(form, "E-mail", "lena@fischer.example");
        await ChooseAsync(form, _desk.WebForm.Id, _desk.Vip.Id);

        await form.Find("form").SubmitAsync();

        await using var db = _desk.Database();
        var lead = await db.Leads.SingleAsync();
        Assert.Equal(("Lena Fischer", "lena@fischer.example", _desk.Vip.Id, null), (lead.Name, lead.Email, lead.PoolId, lead.OwnerId));
        Assert.EndsWith($"leads/{lead.Id}", Address, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_agent_hears_that_it_is_in_the_pool_and_comes_back_to_the_list()
    {
        var form = Open(_desk.Ravi);
        Type(form, "Name", "Lena Fischer");
        await ChooseAsync(form, _desk.WebForm.Id, null);

        await form.Find("form").SubmitAsync();

        Assert.EndsWith("/leads", Address, StringComparison.Ordinal);
        _page.Snackbars.WaitForAssertion(() => Assert.Contains("Lena Fischer is in pool Inbound. A manager decides who gets it.", _page.Snackbars.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public void Pools_are_offered_that_the_person_may_put_leads_into()
    {
        Assert.Equal([_desk.Inbound.Id], PoolsOf(_desk.Ravi));
        Assert.Equal([_desk.Inbound.Id, _desk.Vip.Id], PoolsOf(_desk.Asha));
        Assert.Equal([_desk.Inbound.Id, _desk.Vip.Id], PoolsOf(_desk.Meera));

        IEnumerable<PoolId> PoolsOf(Employee who) => CreateLead.PoolsFor(_desk.As(who).GetAwaiter().GetResult(), _desk.Get<DeskDirectory>().GetAsync().AsTask().GetAwaiter().GetResult()).Select(p => p.Id).Order();
    }

    [Fact]
    public async Task A_refusal_stands_at_its_field_and_nothing_typed_is_lost()
    {
        var form = Open(_desk.Meera);
        Type(form, "Name", "Lena Fischer");
        Type(form, "E-mail", "nobody");
        await form.FindAll("button").First(b => b.TextContent == "Another e-mail").ClickAsync();
        Field(form, "E-mail", 1).Find("input").Change("lena@fischer.example");
        await ChooseAsync(form, _desk.WebForm.Id, _desk.Inbound.Id);

        await form.Find("form").SubmitAsync();

        Assert.Contains("“nobody” is not an e-mail address.", Field(form, "E-mail").Find("div").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("“nobody”", Field(form, "E-mail", 1).Find("div").TextContent, StringComparison.Ordinal);
        Assert.Equal("Lena Fischer", Field(form, "Name").Find("input").GetAttribute("value"));
        await using var db = _desk.Database();
        Assert.False(await db.Leads.AnyAsync());

        Type(form, "E-mail", "");
        await form.Find("form").SubmitAsync();
        Assert.Equal("lena@fischer.example", (await db.Leads.SingleAsync()).Email);
    }

    [Fact]
    public async Task Without_source_or_pool_it_asks_for_them()
    {
        var form = Open(_desk.Meera);
        Type(form, "Name", "Lena Fischer");

        await form.Find("form").SubmitAsync();
        Assert.Contains("Choose a source.", form.FindComponent<MudSelect<SourceId?>>().Find("div").TextContent, StringComparison.Ordinal);
        await ChooseAsync(form, _desk.WebForm.Id, null);
        await form.Find("form").SubmitAsync();

        Assert.Contains("Choose a pool", form.FindComponent<MudSelect<PoolId?>>().Find("div").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Choose", form.FindComponent<MudSelect<SourceId?>>().Find("div").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_or_number_that_is_known_is_said_softly_to_who_may_see_the_lead()
    {
        var known = await _desk.LeadAsync(ownedBy: _desk.Asha, details: _desk.Get<LeadDesk.App.Leads.PhoneNumbers>().Complete(new() { Name = "Lena Fischer", Emails = ["lena@fischer.example"], Phones = [new("+91 20 2553 1234", null)] }));
        var hers = Open(_desk.Asha);
        Type(hers, "E-mail", "LENA@fischer.example");
        hers.WaitForAssertion(() => Assert.Equal("Lena Fischer has this e-mail address already.", hers.Find(".known").TextContent.Trim()));
        Assert.Equal($"leads/{known.Id}", hers.Find(".known a").GetAttribute("href"));
        Type(hers, "Phone", "0091 20 25531234");
        await _page.DisposeAsync();

        var his = Open(_desk.Ravi);
        Type(his, "E-mail", "lena@fischer.example");
        Assert.Null(await _desk.Get<NewLeadQuery>().WithEmailAsync("lena@fischer.example", await _desk.As(_desk.Ravi)));
        Assert.Empty(his.FindAll(".known"));
        Assert.Equal(known.Id, (await _desk.Get<NewLeadQuery>().WithPhoneAsync("020 2553 1234", "IN", await _desk.As(_desk.Meera)))!.Id);
    }

    [Theory]
    [InlineData("ger", "DE")]
    [InlineData("DE", "DE")]
    [InlineData("cote d", "CI")]
    public void A_country_is_found_by_what_people_type(string typed, string code) => Assert.Contains(code, Places.FindCountries(typed));

    [Fact]
    public void A_language_is_found_by_its_name_or_its_tag()
    {
        Assert.Equal("pt", Places.FindLanguages("portug").First());
        Assert.Equal("de", Places.FindLanguages("de").First());
        Assert.Equal("German", Places.Language("de"));
        Assert.Equal("xx-YY", Places.Language("xx-YY"));
    }

    private string Address => _page.Services.GetRequiredService<NavigationManager>().Uri;

    private IRenderedComponent<NewLead> Open(Employee who)
    {
        _page = new(_desk, who);
        var form = _page.Render<NewLead>();
        form.WaitForElement("form");
        return form;
    }

    private static IRenderedComponent<MudTextField<string>> Field(IRenderedComponent<NewLead> form, string label, int at = 0) =>
        form.FindComponents<MudTextField<string>>().Where(f => f.Instance.Label == label).ElementAt(at);

    private static void Type(IRenderedComponent<NewLead> form, string label, string text) => Field(form, label).Find("input").Change(text);

    private static async Task ChooseAsync(IRenderedComponent<NewLead> form, SourceId? source, PoolId? pool)
    {
        if (source is not null)
        {
            await form.InvokeAsync(() => form.FindComponent<MudSelect<SourceId?>>().Instance.ValueChanged.InvokeAsync(source));
        }

        if (pool is not null)
        {
            await form.InvokeAsync(() => form.FindComponent<MudSelect<PoolId?>>().Instance.ValueChanged.InvokeAsync(pool));
        }
    }
}
