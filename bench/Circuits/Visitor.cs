using System.Net;
using System.Text.RegularExpressions;

namespace LeadDesk.Bench.Circuits;

/// <summary>Someone with cookies, signed in or not.</summary>
internal sealed partial class Visitor(Uri server)
{
    public Uri Server => server;

    public CookieContainer Cookies { get; } = new();

    public static async Task<Visitor> SignInAsync(Uri server, string email, string password)
    {
        var visitor = new Visitor(server);
        using var http = visitor.Http();
        var page = await http.GetStringAsync(new Uri("account/sign-in", UriKind.Relative));
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = Token().Match(page).Groups[1].Value,
            ["_handler"] = "sign-in",
            ["Email"] = email,
            ["Password"] = password,
        });
        using var answer = await http.PostAsync(new Uri("account/sign-in", UriKind.Relative), form);
        return answer.RequestMessage!.RequestUri!.AbsolutePath.Contains("sign-in", StringComparison.Ordinal)
            ? throw new InvalidOperationException($"{email} was not let in.")
            : visitor;
    }

    public HttpClient Http() => new(new HttpClientHandler { CookieContainer = Cookies }) { BaseAddress = server };

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
