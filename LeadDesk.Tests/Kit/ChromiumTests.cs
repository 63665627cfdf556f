using Xunit.Sdk;

namespace LeadDesk.Tests.Kit;

public sealed class ChromiumTests(Chromium chromium)
{
    private const string Bad = "data:text/html,<html lang=en><title>Bad</title><main><h1>A form</h1><input type=text></main>";
    private const string Good = "data:text/html,<html lang=en><title>Good</title><main><h1>A form</h1><label>Name <input type=text></label></main>";

    [Fact]
    public async Task A_page_opens_in_the_size_and_the_colours_asked_for()
    {
        await using var person = await chromium.PersonAsync(Look.NarrowDark);

        await person.Page.GotoAsync(Good);

        Assert.Equal("Good", await person.Page.TitleAsync());
        Assert.True(await person.Page.EvaluateAsync<bool>("() => matchMedia('(prefers-color-scheme: dark)').matches && matchMedia('(pointer: coarse)').matches"));
        Assert.Equal(390, person.Page.ViewportSize?.Width);
    }

    [Fact]
    public async Task Two_people_do_not_share_what_their_browsers_remember()
    {
        await using var asha = await chromium.PersonAsync(Look.WideLight, "http://127.0.0.1");
        await using var ravi = await chromium.PersonAsync(Look.WideLight, "http://127.0.0.1");

        await asha.Browser.AddCookiesAsync([new() { Name = "who", Value = "asha", Url = "http://127.0.0.1" }]);

        Assert.Single(await asha.Browser.CookiesAsync());
        Assert.Empty(await ravi.Browser.CookiesAsync());
    }

    [Fact]
    public async Task What_the_browser_reports_as_wrong_is_kept()
    {
        await using var person = await chromium.PersonAsync(Look.WideLight);

        await person.Page.RunAndWaitForConsoleMessageAsync(() => person.Page.EvaluateAsync("() => { console.log('fine'); console.error('broken') }"),
            new() { Predicate = message => message.Text == "broken" });

        Assert.Equal("console: broken", Assert.Single(person.Complaints));
    }

    [Fact]
    public async Task Axe_names_the_element_that_some_people_cannot_use()
    {
        await using var person = await chromium.PersonAsync(Look.WideLight);

        await person.Page.GotoAsync(Bad);
        var found = await Assert.ThrowsAsync<FailException>(() => Axe.FindsNothingSeriousAsync(person.Page));

        Assert.Contains("critical label", found.Message, StringComparison.Ordinal);
        Assert.Contains("<input type=\"text\">", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Axe_is_content_with_a_page_that_everyone_can_use()
    {
        await using var person = await chromium.PersonAsync(Look.WideLight);

        await person.Page.GotoAsync(Good);

        await Axe.FindsNothingSeriousAsync(person.Page);
    }
}
