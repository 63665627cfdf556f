using System.Net;
using System.Text.RegularExpressions;
using LeadDesk.App;
using LeadDesk.App.Access;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace LeadDesk.Tests.Kit;

/// <summary>
/// The whole app as it really runs: Kestrel on a port of its own, a SQLite file of its own, all hosted parts, and a clock that moves only by
/// <see cref="AdvanceAsync"/>.
/// <list type="bullet">
/// <item><see cref="StartAsync"/> opens it on the cast of <see cref="TestDesk"/>, whose people all have the password <see cref="Password"/>;
/// <c>await using var server = await DeskServer.StartAsync();</c></item>
/// <item><see cref="StartDemoAsync"/> opens it on the demo desk; <see cref="StartEmptyAsync"/> on a database that does not exist yet.</item>
/// <item><see cref="Desk"/> is the cast with everything a TestDesk can: <c>server.Desk.LeadAsync(ownedBy: server.Desk.Asha)</c>, <c>server.Desk.As(...)</c>, <c>server.Get&lt;T&gt;()</c>.</item>
/// <item><see cref="SignInAsync(Person, Employee)"/> lets a <see cref="Person"/> of <see cref="Chromium"/> in (by cookie, without walking through the form);
/// <see cref="ClientAsync"/> gives an <see cref="HttpClient"/> of someone signed in, <see cref="Client"/> one of a stranger.</item>
/// <item><see cref="Address"/> is what browsers start with: <c>chromium.PersonAsync(look, server.Address)</c>.</item>
/// </list>
/// </summary>
public sealed partial class DeskServer : IAsyncDisposable
{
    public const string Password = "LeadDesk!2026";

    private static readonly Lazy<Task<string>> _castTemplate = new(MakeCastTemplateAsync);
    private static readonly Lazy<Task<string>> _demoTemplate = new(MakeDemoTemplateAsync);

    private readonly WebApplication _app;
    private readonly string _folder;
    private readonly DateTimeOffset _start;
    private readonly List<HttpClient> _clients = [];

    private DeskServer(WebApplication app, FakeTimeProvider clock, string folder) =>
        (_app, Clock, _folder, _start) = (app, clock, folder, clock.GetUtcNow());

    public FakeTimeProvider Clock { get; }

    /// <summary>The cast; only after <see cref="StartAsync"/>.</summary>
    public TestDesk Desk { get; private set; } = null!;

    /// <summary>Such as <c>http://127.0.0.1:41234</c>, without a slash at the end.</summary>
    public string Address => _app.Urls.First();

    /// <summary>The services of the server itself.</summary>
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>The cast on a fixed Tuesday, everyone with an account.</summary>
    /// <param name="settings">As in the settings file: <c>["Retirement:SweepInterval"] = "00:00:10"</c>.</param>
    /// <param name="adjust">Anything else about the app.</param>
    public static async Task<DeskServer> StartAsync(IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? adjust = null)
    {
        var server = await RunAsync(await _castTemplate.Value, false, settings, adjust);
        server.Desk = await TestDesk.OnAsync(server._app.Services, server.Clock);
        return server;
    }

    /// <summary>The demo desk, filled at the fixed Tuesday.</summary>
    public static async Task<DeskServer> StartDemoAsync(IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? adjust = null) =>
        await RunAsync(await _demoTemplate.Value, true, settings, adjust);

    /// <summary>A desk that was never started; with <paramref name="demo"/> it fills itself.</summary>
    public static Task<DeskServer> StartEmptyAsync(bool demo = false, IReadOnlyDictionary<string, string>? settings = null, Action<WebApplicationBuilder>? adjust = null) =>
        RunAsync(null, demo, settings, adjust);

    /// <summary>Moves the clock, and waits for the sweep if one fell due.</summary>
    public async Task AdvanceAsync(TimeSpan time)
    {
        var interval = Get<IOptions<RetirementOptions>>().Value.SweepInterval;
        var before = Clock.GetUtcNow() - _start;
        Clock.Advance(time);
        if ((before + time).Ticks / interval.Ticks > before.Ticks / interval.Ticks)
        {
            await Until.TrueAsync(() => Get<RetirementSweeper>().Last?.At == Clock.GetUtcNow(), "the sweep after the clock moved");
        }
    }

    /// <summary>A stranger, who keeps cookies and follows no redirection.</summary>
    public HttpClient Client(CookieContainer? cookies = null)
    {
        var client = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies ?? new(), AllowAutoRedirect = false }) { BaseAddress = new(Address) };
        _clients.Add(client);
        return client;
    }

    /// <summary>Someone signed in through the form.</summary>
    public async Task<HttpClient> ClientAsync(string email, string password = Password)
    {
        var client = Client();
        var answer = await PostFormAsync(client, "/account/sign-in", new() { ["Email"] = email, ["Password"] = password });
        return answer.StatusCode is HttpStatusCode.Redirect ? client : throw new InvalidOperationException($"{email} was not let in: {answer.StatusCode}");
    }

    /// <summary>Signs the browser in; every page opens after that.</summary>
    public Task SignInAsync(Person person, Employee employee) => SignInAsync(person, employee.Email);

    public async Task SignInAsync(Person person, string email, string password = Password)
    {
        var cookies = new CookieContainer();
        using var client = Client(cookies);
        var answer = await PostFormAsync(client, "/account/sign-in", new() { ["Email"] = email, ["Password"] = password });
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await person.Browser.AddCookiesAsync(cookies.GetAllCookies().Select(c => new Microsoft.Playwright.Cookie { Name = c.Name, Value = c.Value, Url = Address }));
    }

    /// <summary>Fills in the first form of the page that has all these fields, keeps its hidden ones, and posts it.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(HttpClient client, string page, Dictionary<string, string> fields)
    {
        var html = await client.GetStringAsync(new Uri(page, UriKind.Relative));
        var form = Form().Matches(html).Select(m => m.Value).First(f => fields.Keys.All(name => f.Contains($"name=\"{name}\"", StringComparison.Ordinal)));
        var filled = new Dictionary<string, string>();
        foreach (var input in Input().Matches(form).Select(m => m.Value))
        {
            if (Attribute(input, "name") is { Length: > 0 } name)
            {
                filled[name] = fields.GetValueOrDefault(name) ?? Attribute(input, "value");
            }
        }

        var action = Attribute(form[..form.IndexOf('>', StringComparison.Ordinal)], "action");
        using var content = new FormUrlEncodedContent(filled);
        return await client.PostAsync(new Uri(action.Length > 0 ? action : page, UriKind.Relative), content);
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _app.StopAsync();
        await _app.DisposeAsync();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, "leaddesk.db")}");
        SqliteConnection.ClearPool(connection);
        Directory.Delete(_folder, true);
    }

    private static string Attribute(string tag, string name) =>
        WebUtility.HtmlDecode(Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"").Groups[1].Value);

    private static async Task<DeskServer> RunAsync(string? template, bool demo, IReadOnlyDictionary<string, string>? settings, Action<WebApplicationBuilder>? adjust)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-server-").FullName;
        var file = Path.Combine(folder, "leaddesk.db");
        if (template is not null)
        {
            File.Copy(template, file);
        }

        var clock = new FakeTimeProvider(TestDesk.Tuesday);
        string[] args =
        [
            "--urls=http://127.0.0.1:0", $"--Database:ConnectionString=Data Source={file}", $"--Demo:Enabled={demo}", "--Logging:LogLevel:Default=Warning",
            .. settings?.Select(s => $"--{s.Key}={s.Value}") ?? [],
        ];
        var app = DeskHost.Build(args, builder =>
        {
            builder.Services.AddSingleton<TimeProvider>(clock);
            adjust?.Invoke(builder);
        });
        await DeskHost.PrepareAsync(app.Services);
        await app.StartAsync();
        var server = new DeskServer(app, clock, folder);
        await Until.TrueAsync(() => server.Get<RetirementSweeper>().Last is not null, "the first sweep");
        return server;
    }

    private static async Task<string> MakeCastTemplateAsync()
    {
        var file = Copy(await TestDesk.TemplateAsync());
        await using var services = Services(file, demo: false);
        var passwords = services.GetRequiredService<Passwords>();
        var hash = passwords.Hash(Password);
        var desk = await services.GetRequiredService<DeskDirectory>().GetAsync();
        await services.GetRequiredService<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            work.Db.Users.AddRange(desk.Employees.Select(e => passwords.Open(e, hash)));
            return Task.FromResult(Outcome.Done);
        });
        return file;
    }

    private static async Task<string> MakeDemoTemplateAsync()
    {
        var file = Copy(null);
        await using var services = Services(file, demo: true);
        await DeskHost.PrepareAsync(services);
        return file;
    }

    private static string Copy(string? template)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-template-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, true);
        var file = Path.Combine(folder, "template.db");
        if (template is not null)
        {
            File.Copy(template, file);
        }

        return file;
    }

    private static ServiceProvider Services(string file, bool demo)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:ConnectionString"] = $"Data Source={file};Pooling=False",
            ["Demo:Enabled"] = demo.ToString(),
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(new FakeTimeProvider(TestDesk.Tuesday));
        services.AddLogging();
        DeskHost.AddDesk(services, configuration);
        return services.BuildServiceProvider();
    }

    [GeneratedRegex("<form\\b.*?</form>", RegexOptions.Singleline)]
    private static partial Regex Form();

    [GeneratedRegex("<input\\b[^>]*>")]
    private static partial Regex Input();
}
