using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Threading.Channels;
using LeadDesk.App.Access;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Access;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Live;

/// <summary>A real client on a real server.</summary>
public sealed class DeskHubTests
{
    [Theory]
    [InlineData(null, null, HttpStatusCode.Unauthorized)]
    [InlineData("asha@leaddesk.test", null, HttpStatusCode.OK)]
    [InlineData("asha@leaddesk.test", "own", HttpStatusCode.OK)]
    [InlineData("asha@leaddesk.test", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData(null, "https://evil.example", HttpStatusCode.Forbidden)]
    public async Task Strangers_and_foreign_pages_do_not_get_in(string? who, string? origin, HttpStatusCode expected)
    {
        await using var server = await DeskServer.StartAsync();
        using var client = who is null ? server.Client() : await server.ClientAsync(who);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/hubs/desk/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin == "own" ? server.Address : origin);
        }

        Assert.Equal(expected, (await client.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task A_socket_opened_without_asking_first_is_held_to_the_same()
    {
        await using var server = await DeskServer.StartAsync();
        var cookies = await CookiesAsync(server, server.Desk.Asha);

        Assert.Equal(HttpStatusCode.Unauthorized, await KnockAsync(new(), null));
        Assert.Equal(HttpStatusCode.Forbidden, await KnockAsync(cookies, "https://evil.example"));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await KnockAsync(cookies, null));
        Assert.Equal(HttpStatusCode.SwitchingProtocols, await KnockAsync(cookies, server.Address));

        async Task<HttpStatusCode> KnockAsync(CookieContainer jar, string? origin)
        {
            using var socket = new ClientWebSocket();
            socket.Options.CollectHttpResponseDetails = true;
            socket.Options.Cookies = jar;
            if (origin is not null)
            {
                socket.Options.SetRequestHeader("Origin", origin);
            }

            try
            {
                await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/desk" }.Uri, default);
            }
            catch (WebSocketException)
            {
                // The status says what it was.
            }

            return socket.HttpStatusCode;
        }
    }

    [Fact]
    public async Task A_retirement_is_heard_by_its_owner_the_team_lead_and_the_manager_and_by_nobody_else()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var asha = await HubAsync(server, desk.Asha);
        await using var omar = await HubAsync(server, desk.Omar);
        await using var tara = await HubAsync(server, desk.Tara);
        await using var nils = await HubAsync(server, desk.Nils);
        await using var meera = await HubAsync(server, desk.Meera);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        var watch = Stopwatch.StartNew();

        await server.AdvanceAsync(TimeSpan.FromMinutes(2));

        var batch = (await desk.HistoryAsync(lead.Id))[^1].BatchId!.Value.Value;
        foreach (var program in new[] { asha, tara, meera })
        {
            Assert.Equal([new RetiredLead(lead.Id.Value, desk.Asha.Id.Value, desk.Now, batch)], await program.NextAsync<RetiredLead>());
            Assert.Equal([new LeftLead(lead.Id.Value, "retired", desk.Now)], await program.NextAsync<LeftLead>());
        }

        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), $"{watch.Elapsed} after the clock moved");
        await FenceAsync(server);
        await Task.WhenAll(omar.HearAsync("desk"), nils.HearAsync("desk"));
        Assert.Equal(["desk"], omar.Heard);
        Assert.Equal(["desk"], nils.Heard);
    }

    [Fact]
    public async Task Who_loses_a_lead_hears_why_and_who_gets_it_what_to_read_again()
    {
        await using var server = await DeskServer.StartAsync();
        var (desk, meera) = (server.Desk, await server.Desk.As(server.Desk.Meera));
        await using var asha = await HubAsync(server, desk.Asha);
        await using var ravi = await HubAsync(server, desk.Ravi);
        await using var tara = await HubAsync(server, desk.Tara);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await asha.HearAsync($"lead:{lead.Id}");

        await desk.Get<ActOnLeads>().RunAsync(new ReassignLeads(LeadSelection.Of(lead.Id), desk.Ravi.Id), meera);
        await ravi.HearAsync($"owner:{desk.Ravi.Id}");
        await desk.Get<ActOnLeads>().RunAsync(new UnassignLeads(LeadSelection.Of(lead.Id)), meera);

        Assert.Equal([new LeftLead(lead.Id.Value, "reassigned", desk.Now)], await asha.NextAsync<LeftLead>());
        Assert.Equal([new LeftLead(lead.Id.Value, "unassigned", desk.Now)], await ravi.NextAsync<LeftLead>());
        Assert.Equal("reassigned", Assert.Single(await tara.NextAsync<LeftLead>()).Why);
        Assert.Equal("unassigned", Assert.Single(await tara.NextAsync<LeftLead>()).Why);
        await desk.Get<AddComment>().RunAsync(lead.Id, "Nobody's now", meera);
        await FenceAsync(server);
        await asha.HearAsync("desk");
        Assert.DoesNotContain($"owner:{desk.Ravi.Id}", asha.Heard);
        Assert.DoesNotContain("unassigned", asha.Heard);
    }

    [Fact]
    public async Task Scope_is_decided_when_it_is_told_not_when_the_program_came()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        var omars = await desk.LeadAsync(ownedBy: desk.Omar);
        await using var tara = await HubAsync(server, desk.Tara);
        await using var nils = await HubAsync(server, desk.Nils);

        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            (await work.Db.Teams.FirstAsync(t => t.Id == desk.Delhi.Id)).Edit("Delhi", desk.Tara.Id);
            return Outcome.Done;
        });
        await desk.Get<AddComment>().RunAsync(omars.Id, "For Tara's eyes", await desk.As(desk.Omar));
        await FenceAsync(server);

        await tara.HearAsync($"lead:{omars.Id}");
        await nils.HearAsync("desk");
        await nils.HearAsync("desk");
        Assert.DoesNotContain($"lead:{omars.Id}", nils.Heard);
    }

    [Fact]
    public async Task Whoever_is_disabled_is_cut_off_and_does_not_come_back()
    {
        await using var server = await DeskServer.StartAsync();
        await using var asha = await HubAsync(server, server.Desk.Asha);
        await using var meera = await HubAsync(server, server.Desk.Meera);

        await Desks.DisableAsync(server, server.Desk.Asha);

        await asha.Closed.WaitAsync(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<HttpRequestException>(() => asha.Connection.StartAsync());
        Assert.Equal(HubConnectionState.Connected, meera.Connection.State);
        await Until.TrueAsync(() => server.Get<DeskBroadcast>().Count == 1, "one program to be left");
    }

    [Fact]
    public async Task Whoever_signs_out_is_cut_off_in_that_browser_only()
    {
        await using var server = await DeskServer.StartAsync();
        var cookies = await CookiesAsync(server, server.Desk.Asha);
        await using var here = await HubAsync(server, cookies);
        await using var wallboard = await HubAsync(server, server.Desk.Asha);

        using var browser = server.Client(cookies);
        await DeskServer.PostFormAsync(browser, "/account/denied", []);

        await here.Closed.WaitAsync(TimeSpan.FromSeconds(2));
        await FenceAsync(server);
        await wallboard.HearAsync("desk");
        Assert.Equal(HubConnectionState.Connected, wallboard.Connection.State);
    }

    [Fact]
    public async Task A_program_that_does_not_read_is_cut_off_and_slows_nobody()
    {
        await using var server = await DeskServer.StartAsync();
        await using var fast = await HubAsync(server, server.Desk.Meera);
        using var stuck = new ClientWebSocket();
        stuck.Options.Cookies = await CookiesAsync(server, server.Desk.Meera);
        await stuck.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hubs/desk" }.Uri, default);
        await stuck.SendAsync("{\"protocol\":\"json\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, default);
        await Until.TrueAsync(() => server.Get<DeskBroadcast>().Count == 2, "both programs to listen");
        var (feed, commit) = (server.Get<ChangeFeed>(), Commits.Of([.. Enumerable.Range(0, 500).Select(i => Commits.Change(i, Commits.Place(7, 3), Commits.Place(8, 4)))]));

        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 100_000 && server.Get<DeskBroadcast>().Count == 2; i++)
        {
            var before = Stopwatch.GetTimestamp();
            feed.Publish(commit);
            slowest = Stopwatch.GetElapsedTime(before) > slowest ? Stopwatch.GetElapsedTime(before) : slowest;
            if (i % 20 == 0)
            {
                await fast.CatchUpAsync(feed);
            }
        }

        Assert.Equal(1, server.Get<DeskBroadcast>().Count);
        Assert.True(slowest < TimeSpan.FromSeconds(1), $"{slowest} for one commit");
        await FenceAsync(server);
        await fast.HearAsync("desk");
        Assert.Equal(HubConnectionState.Connected, fast.Connection.State);
    }

    /// <summary>Everyone hears this, so whoever heard it has heard what was before it.</summary>
    private static Task FenceAsync(DeskServer server) => server.Get<Transactor>().RunAsync(Actor.System("test"), work =>
    {
        work.Tell(Topic.Desk);
        return Task.FromResult(Outcome.Done);
    });

    private static async Task<CookieContainer> CookiesAsync(DeskServer server, Employee employee)
    {
        var cookies = new CookieContainer();
        using var client = server.Client(cookies);
        await DeskServer.PostFormAsync(client, "/account/sign-in", new() { ["Email"] = employee.Email, ["Password"] = DeskServer.Password });
        return cookies;
    }

    private static async Task<Listening> HubAsync(DeskServer server, Employee employee) => await HubAsync(server, await CookiesAsync(server, employee));

    private static async Task<Listening> HubAsync(DeskServer server, CookieContainer cookies)
    {
        var before = server.Get<DeskBroadcast>().Count;
        var listening = new Listening(new HubConnectionBuilder().WithUrl(server.Address + "/hubs/desk", o => o.Cookies = cookies).Build());
        await listening.Connection.StartAsync();
        await Until.TrueAsync(() => server.Get<DeskBroadcast>().Count > before, "the program to listen");
        return listening;
    }

    private sealed class Listening : IAsyncDisposable
    {
        private readonly Dictionary<Type, Channel<object>> _messages = new() { [typeof(RetiredLead)] = Channel.CreateUnbounded<object>(), [typeof(LeftLead)] = Channel.CreateUnbounded<object>() };
        private readonly Channel<string> _topics = Channel.CreateUnbounded<string>();
        private readonly TaskCompletionSource _closed = new();

        public Listening(HubConnection connection)
        {
            Connection = connection;
            connection.On<List<RetiredLead>>(nameof(IDeskClient.LeadsRetired), m => _messages[typeof(RetiredLead)].Writer.TryWrite(m));
            connection.On<List<LeftLead>>(nameof(IDeskClient.LeadsLeft), m => _messages[typeof(LeftLead)].Writer.TryWrite(m));
            connection.On<List<string>>(nameof(IDeskClient.Changed), m => m.ForEach(t => _topics.Writer.TryWrite(t)));
            connection.Closed += e =>
            {
                _closed.TrySetResult();
                // Whoever still waits for a message learns that none comes.
                foreach (var messages in _messages.Values)
                {
                    messages.Writer.TryComplete(e);
                }

                _topics.Writer.TryComplete(e);
                return Task.CompletedTask;
            };
        }

        public HubConnection Connection { get; }

        public Task Closed => _closed.Task;

        public List<string> Heard { get; } = [];

        public async Task<List<T>> NextAsync<T>() => (List<T>)await _messages[typeof(T)].Reader.ReadAsync(TestContext.Current.CancellationToken);

        public async Task HearAsync(string topic)
        {
            do
            {
                Heard.Add(await _topics.Reader.ReadAsync(TestContext.Current.CancellationToken));
            }
            while (Heard[^1] != topic);
        }

        public async Task CatchUpAsync(ChangeFeed feed)
        {
            feed.Publish(Commits.Of(Topic.Desk));
            await HearAsync("desk");
        }

        public ValueTask DisposeAsync() => Connection.DisposeAsync();
    }
}
