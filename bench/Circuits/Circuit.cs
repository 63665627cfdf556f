using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.SignalR.Client;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadDesk.Bench.Circuits;

/// <summary>
/// A screen without a browser: fetches the page, opens its circuit as the script would, acknowledges what is rendered and answers script calls with
/// nothing, as the desk promises to bear.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan _settled = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan _unchanged = TimeSpan.FromMilliseconds(300);

    private readonly HubConnection _connection;
    private readonly TaskCompletionSource _shown = New();
    private readonly byte[]? _expected;
    private readonly Scripts? _scripts;
    private TaskCompletionSource<long>? _next;
    private long _bytes;
    private long _lastHeard;
    private long _shownAt;
    private long _calls;
    private bool _isOver;
    private string _words = "";

    private Circuit(Visitor visitor, string? expected, bool isBrowser)
    {
        _expected = expected is null ? null : Encoding.UTF8.GetBytes(expected);
        _scripts = isBrowser ? new() : null;
        (Server, Page) = (visitor.Server, isBrowser ? new() : null);
        var builder = new HubConnectionBuilder().WithUrl(new Uri(visitor.Server, "_blazor"), o => o.Cookies = visitor.Cookies);
        builder.Services.RemoveAll<IHubProtocol>();
        builder.Services.AddSingleton<IHubProtocol>(new BlazorPack());
        _connection = builder.Build();
        _connection.ServerTimeout = TimeSpan.FromMinutes(5);
        _connection.On<int, byte[]>("JS.RenderBatch", HearAsync);
        _connection.On<int, string>("JS.AttachComponent", (_, _) => { });
        _connection.On<long>("JS.EndUpdateRootComponents", _ => { });
        _connection.On<string>("JS.Error", e => Fail(new InvalidOperationException(e)));
        _connection.On<string, bool, string>("JS.EndInvokeDotNet", (_, _, _) => { });
        _connection.On<long, string, string, int, long, int>("JS.BeginInvokeJS", AnswerAsync);
        _connection.Closed += e =>
        {
            Fail(e ?? new IOException("The circuit was closed."));
            return Task.CompletedTask;
        };
    }

    /// <summary>Received in render batches so far.</summary>
    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>From asking for the components until the expected text was there.</summary>
    public double ShownAfter { get; private set; }

    public Uri Server { get; }

    /// <summary>What is shown; none where nobody looks.</summary>
    public Page? Page { get; }

    /// <summary>Why it is not open any more.</summary>
    public Exception? Failure { get; private set; }

    public TimeSpan SinceHeard => Stopwatch.GetElapsedTime(Interlocked.Read(ref _lastHeard));

    /// <param name="expected">The screen is open when this was rendered; without it, when the first batch was.</param>
    /// <param name="isBrowser">Keeps what is shown, loads the scripts and goes where it is sent.</param>
    public static async Task<Circuit> OpenAsync(Visitor visitor, string path, string? expected, bool isBrowser = false)
    {
        using var http = visitor.Http();
        var html = await http.GetStringAsync(new Uri(path, UriKind.Relative));
        var markers = Marker().Matches(html).Select(m => JsonDocument.Parse(m.Groups[1].Value).RootElement).Where(m => m.TryGetProperty("descriptor", out _)).ToList();
        if (markers.Count == 0)
        {
            throw new InvalidOperationException($"{path} has nothing that lives.");
        }

        var circuit = new Circuit(visitor, expected, isBrowser);
        await circuit._connection.StartAsync();
        var from = Stopwatch.GetTimestamp();
        var secret = await circuit._connection.InvokeAsync<string?>("StartCircuit", visitor.Server.ToString(), new Uri(visitor.Server, path).ToString(), "[]", "");
        if (secret is null)
        {
            throw new InvalidOperationException("The server gave no circuit.");
        }

        var operations = markers.Select((marker, n) => new { type = "add", ssrComponentId = n + 1, marker });
        await circuit._connection.SendAsync("UpdateRootComponents", JsonSerializer.Serialize(new { batchId = 1, operations }), State().Match(html).Groups[1].Value);
        try
        {
            await circuit._shown.Task.WaitAsync(_patience);
        }
        catch (TimeoutException e)
        {
            throw new InvalidOperationException($"{path} never showed {expected}; it said: {circuit._words}", e);
        }

        circuit.ShownAfter = Stopwatch.GetElapsedTime(from, circuit._shownAt).TotalMilliseconds;
        return circuit;
    }

    /// <summary>When the next batch comes, as a timestamp. Asked for before what causes it.</summary>
    public Task<long> NextAsync()
    {
        var next = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        _next = next;
        return next.Task.WaitAsync(_patience);
    }

    /// <summary>A link inside the desk.</summary>
    public Task GoAsync(string path) => _connection.SendAsync("OnLocationChanged", new Uri(Server, path).ToString(), (string?)null, true);

    /// <summary>An event of an element, as the script sends it.</summary>
    /// <param name="what">"click".</param>
    public Task RaiseAsync(Piece element, string what, object args)
    {
        var handler = element.Handler("on" + what) ?? throw new InvalidOperationException($"<{element.Name}> {element.Words} does not hear {what}.");
        return InvokeAsync(_scripts!.Events, "DispatchEventAsync", new { eventHandlerId = handler, eventName = what, eventFieldInfo = (object?)null }, args);
    }

    /// <summary>What the script of an element tells the component that gave it to it.</summary>
    public Task TellAsync(Piece element, string method, params object?[] args) => InvokeAsync(_scripts!.KeeperOf(element), method, args);

    /// <summary>From what is done until its answer is shown: something of what is looked at is different, and nothing more comes.</summary>
    /// <param name="look">Without it, which leads are shown, in which order.</param>
    public async Task<double> AnswerAsync(Func<Task> act, Func<Page, string>? look = null)
    {
        look ??= page => string.Join(' ', page.Leads());
        var (before, from) = (look(Page!), Stopwatch.GetTimestamp());
        var (shown, answered) = (before, 0L);
        await act();
        while (true)
        {
            await Task.Delay(10);
            var (heard, quiet) = (Interlocked.Read(ref _lastHeard), SinceHeard);
            if (Page!.Find(p => p.Text is { } said && said.Contains("Nothing you did is lost", StringComparison.Ordinal)) is { } failed)
            {
                throw new InvalidOperationException(failed.Text);
            }

            if (look(Page) is var now && now != shown)
            {
                // What comes later and changes nothing of it, a counter, is no part of the answer.
                (shown, answered) = (now, heard);
            }

            if (heard > from && quiet > _settled && Page.IsStill() && (quiet > _unchanged || shown != before))
            {
                return Stopwatch.GetElapsedTime(from, answered == 0 ? heard : answered).TotalMilliseconds;
            }

            if (Failure is not null || Stopwatch.GetElapsedTime(from) > _patience)
            {
                throw new InvalidOperationException("The screen did not answer.", Failure);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        _isOver = true;
        return _connection.DisposeAsync();
    }

    private Task InvokeAsync(long on, string method, params object?[] args) =>
        _connection.SendAsync("BeginInvokeDotNetFromJS", Interlocked.Increment(ref _calls).ToString(CultureInfo.InvariantCulture), (string?)null, method, on, JsonSerializer.Serialize(args));

    private async Task AnswerAsync(long call, string what, string args, int kind, long on, int way)
    {
        var answer = _scripts?.Answer(what, args) ?? "null";
        if (_scripts is not null && what.EndsWith("navigateTo", StringComparison.Ordinal))
        {
            await GoAsync(JsonDocument.Parse(args).RootElement[0].GetString()!);
        }

        if (call != 0)
        {
            await _connection.SendAsync("EndInvokeJSFromDotNet", call, true, $"[{call},true,{answer}]");
        }
    }

    private async Task HearAsync(int batch, byte[] content)
    {
        var now = Stopwatch.GetTimestamp();
        Page?.Apply(content);
        Interlocked.Exchange(ref _lastHeard, now);
        Interlocked.Add(ref _bytes, content.Length);
        if (!_shown.Task.IsCompleted)
        {
            _words = string.Concat(Encoding.UTF8.GetString(content).Where(c => !char.IsControl(c))) is var said && said.Length > 400 ? said[^400..] : "";
            if (_expected is null || content.AsSpan().IndexOf(_expected) >= 0)
            {
                _shownAt = now;
                _shown.TrySetResult();
            }
        }

        Interlocked.Exchange(ref _next, null)?.TrySetResult(now);
        await _connection.SendAsync("OnRenderCompleted", (long)batch, (string?)null);
    }

    private void Fail(Exception e)
    {
        Failure ??= _isOver ? null : e;
        _shown.TrySetException(e);
        Interlocked.Exchange(ref _next, null)?.TrySetException(e);
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();
}
