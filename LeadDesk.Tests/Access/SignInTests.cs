using System.Net;
using System.Text.RegularExpressions;
using LeadDesk.App.Access;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Access;

public sealed partial class SignInTests
{
    [Fact]
    public async Task A_stranger_lands_on_the_sign_in_page_and_goes_on_to_where_they_wanted()
    {
        await using var server = await DeskServer.StartAsync();
        using var stranger = server.Client();
        stranger.DefaultRequestHeaders.Accept.ParseAdd("text/html");

        var sent = await stranger.GetAsync(new Uri("/board?owner=3", UriKind.Relative));
        var page = sent.Headers.Location!.PathAndQuery;
        var answer = await DeskServer.PostFormAsync(stranger, page, Fields(server.Desk.Asha.Email));

        Assert.Equal("/account/sign-in?returnUrl=%2Fboard%3Fowner%3D3", page);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal("/board?owner=3", answer.Headers.Location!.PathAndQuery);
    }

    [Theory]
    [InlineData("//evil.example/x"), InlineData("/\\evil.example"), InlineData("https://evil.example"), InlineData("\t//evil.example"), InlineData("/a\nb"), InlineData("javascript:alert(1)"), InlineData("")]
    public void No_address_of_elsewhere_is_gone_on_to(string returnUrl) => Assert.Equal("/", Entrance.LocalOr(returnUrl));

    [Fact]
    public async Task The_first_form_has_one_e_mail_field_one_password_field_and_hidden_ones()
    {
        await using var server = await DeskServer.StartAsync();

        var html = await server.Client().GetStringAsync(new Uri("/account/sign-in", UriKind.Relative));

        var form = Form().Matches(html).Select(m => m.Value).First(f => f.Contains("type=\"password\"", StringComparison.Ordinal));
        var types = Type().Matches(form).Select(m => m.Groups[1].Value).Where(t => t is not "hidden" and not "submit").Order();
        Assert.Equal(["email", "password"], types);
        Assert.DoesNotContain("<script", html, StringComparison.Ordinal);
        Assert.DoesNotContain("Demo desk", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_tries_are_counted_alike_for_those_who_exist_and_those_who_do_not()
    {
        await using var server = await DeskServer.StartAsync();
        using var client = server.Client();

        var known = await TriesAsync(client, server.Desk.Asha.Email, 6);
        var unknown = await TriesAsync(client, "nobody@leaddesk.test", 6);

        Assert.Equal(
        [
            "E-mail or password is not right. 4 tries left, then 15 minutes pause.",
            "E-mail or password is not right. 3 tries left, then 15 minutes pause.",
            "E-mail or password is not right. 2 tries left, then 15 minutes pause.",
            "E-mail or password is not right. 1 try left, then 15 minutes pause.",
            "E-mail or password is not right. Try again in 15 min.",
            "E-mail or password is not right. Try again in 15 min.",
        ], known);
        Assert.Equal(known, unknown);
    }

    [Fact]
    public async Task In_the_pause_the_right_password_does_not_help_and_after_it_it_does()
    {
        await using var server = await DeskServer.StartAsync();
        using var client = server.Client();
        await TriesAsync(client, server.Desk.Asha.Email, 5);

        var early = await DeskServer.PostFormAsync(client, "/account/sign-in", Fields(server.Desk.Asha.Email));
        await server.AdvanceAsync(CheckPassword.Pause + TimeSpan.FromSeconds(1));
        var late = await DeskServer.PostFormAsync(client, "/account/sign-in", Fields(server.Desk.Asha.Email));

        Assert.Equal(HttpStatusCode.OK, early.StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, late.StatusCode);
    }

    [Fact]
    public async Task The_right_password_starts_the_count_anew()
    {
        await using var server = await DeskServer.StartAsync();
        using var client = server.Client();
        await TriesAsync(client, server.Desk.Asha.Email, 4);

        await DeskServer.PostFormAsync(server.Client(), "/account/sign-in", Fields(server.Desk.Asha.Email));

        Assert.Equal(["E-mail or password is not right. 4 tries left, then 15 minutes pause."], await TriesAsync(client, server.Desk.Asha.Email, 1));
    }

    [Fact]
    public async Task Wrong_tries_at_the_same_moment_are_all_counted()
    {
        await using var server = await DeskServer.StartAsync();
        var check = server.Get<CheckPassword>();

        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => check.RunAsync(server.Desk.Asha.Email, "wrong")));

        Assert.Equal([0, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], answers.Select(a => Assert.IsType<WrongPassword>(a.Refusal).TriesLeft).Order());
    }

    [Fact]
    public async Task Someone_disabled_is_as_unknown_as_anyone()
    {
        await using var server = await DeskServer.StartAsync();
        await Desks.DisableAsync(server, server.Desk.Asha);

        var outcome = await server.Get<CheckPassword>().RunAsync(server.Desk.Asha.Email, DeskServer.Password);

        Assert.Equal("E-mail or password is not right. 4 tries left, then 15 minutes pause.", outcome.Refusal!.Sentence);
    }

    [Fact]
    public async Task The_cookie_is_closed_to_scripts_and_to_other_sites()
    {
        await using var server = await DeskServer.StartAsync();

        var answer = await DeskServer.PostFormAsync(server.Client(), "/account/sign-in", Fields(server.Desk.Asha.Email));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("leaddesk=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task One_address_posts_only_so_many_passwords_in_a_minute()
    {
        await using var server = await DeskServer.StartAsync(new Dictionary<string, string> { ["Access:SignInsPerMinute"] = "2" });
        using var client = server.Client();

        await TriesAsync(client, "nobody@leaddesk.test", 2);
        var third = await DeskServer.PostFormAsync(client, "/account/sign-in", Fields(server.Desk.Asha.Email));

        Assert.Equal(HttpStatusCode.TooManyRequests, third.StatusCode);
        Assert.Equal("Too many sign-ins from this address. Try again in a minute.", await third.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Signing_out_needs_the_form_and_ends_this_browser_only()
    {
        await using var server = await DeskServer.StartAsync();
        using var here = await server.ClientAsync(server.Desk.Asha.Email);
        using var there = await server.ClientAsync(server.Desk.Asha.Email);

        using var nothing = new FormUrlEncodedContent([]);
        var forged = await here.PostAsync(new Uri("/account/sign-out", UriKind.Relative), nothing);
        var answer = await DeskServer.PostFormAsync(here, "/account/denied", []);

        Assert.Equal(HttpStatusCode.BadRequest, forged.StatusCode);
        Assert.Equal("/account/signed-out", answer.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, (await Desks.KnockAsync(here)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await Desks.KnockAsync(there)).StatusCode);
    }

    [Fact]
    public async Task A_cookie_kept_from_before_signing_out_opens_nothing()
    {
        await using var server = await DeskServer.StartAsync();
        var cookies = new CookieContainer();
        using var here = server.Client(cookies);
        await DeskServer.PostFormAsync(here, "/account/sign-in", Fields(server.Desk.Asha.Email));
        var kept = new CookieContainer();
        kept.Add(cookies.GetAllCookies());

        await DeskServer.PostFormAsync(here, "/account/denied", []);

        Assert.Equal(HttpStatusCode.Unauthorized, (await Desks.KnockAsync(server.Client(kept))).StatusCode);
    }

    private static Dictionary<string, string> Fields(string email, string password = DeskServer.Password) => new() { ["Email"] = email, ["Password"] = password };

    private static async Task<List<string>> TriesAsync(HttpClient client, string email, int count)
    {
        var said = new List<string>();
        for (var i = 0; i < count; i++)
        {
            var answer = await DeskServer.PostFormAsync(client, "/account/sign-in", Fields(email, "not this one"));
            said.Add(WebUtility.HtmlDecode(Said().Match(await answer.Content.ReadAsStringAsync()).Groups[1].Value));
        }

        return said;
    }

    [GeneratedRegex("<p class=\"said wrong\"[^>]*>([^<]*)</p>")]
    private static partial Regex Said();

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*\\btype=\"(\\w+)\"")]
    private static partial Regex Type();
}
