using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LeadDesk.Tests.Notifications;

/// <summary>A mail server as small as it can be: takes what it is given on a port of its own, or says no.</summary>
internal sealed class FakeSmtp : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _over = new();
    private readonly Task _serving;

    public FakeSmtp()
    {
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Recipient and raw text of every mail that was taken.</summary>
    public List<(string To, string Text)> Taken { get; } = [];

    /// <summary>Recipients that are refused.</summary>
    public HashSet<string> Refuses { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _over.CancelAsync();
        _listener.Stop();
        await _serving;
        _over.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_over.Token);
                await TalkAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or IOException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        using var reader = new StreamReader(stream, Encoding.Latin1);
        var to = "";
        await SayAsync(stream, "220 fake");
        while (await reader.ReadLineAsync(_over.Token) is { } line)
        {
            switch (line.Split([' ', ':'])[0].ToUpperInvariant())
            {
                case "EHLO" or "HELO":
                    await SayAsync(stream, "250 fake");
                    break;
                case "RCPT":
                    to = line[(line.IndexOf('<', StringComparison.Ordinal) + 1)..line.IndexOf('>', StringComparison.Ordinal)];
                    await SayAsync(stream, Refuses.Contains(to) ? "550 nobody of this name" : "250 ok");
                    break;
                case "DATA":
                    await SayAsync(stream, "354 go on");
                    Taken.Add((to, await ReadMailAsync(reader)));
                    await SayAsync(stream, "250 taken");
                    break;
                case "QUIT":
                    await SayAsync(stream, "221 bye");
                    return;
                default:
                    await SayAsync(stream, "250 ok");
                    break;
            }
        }
    }

    private async Task<string> ReadMailAsync(StreamReader reader)
    {
        var text = new StringBuilder();
        while (await reader.ReadLineAsync(_over.Token) is { } line && line != ".")
        {
            text.Append(line).Append('\n');
        }

        return text.ToString();
    }

    private static async Task SayAsync(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"));
}
