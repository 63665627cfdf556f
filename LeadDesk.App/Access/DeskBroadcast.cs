using System.Collections.Concurrent;
using System.Threading.Channels;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.App.Access;

/// <summary>
/// Tells each program on the hub what its person may hear, decided when it is sent. Every program has a queue of its own: whoever reads
/// too slowly is cut off, and comes back to read everything anew. Nobody who commits waits for any of them.
/// </summary>
public sealed class DeskBroadcast(ChangeFeed feed, DeskDirectory directory, SignIns signIns, IHubContext<DeskHub, IDeskClient> hub, ILogger<DeskBroadcast> log) : IHostedService
{
    private const int Waiting = 1_000;
    private const int AtOnce = 50;

    private readonly ConcurrentDictionary<string, Program> _programs = new();

    /// <summary>How many programs listen.</summary>
    public int Count => _programs.Count;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        feed.Committed += Hear;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        feed.Committed -= Hear;
        foreach (var program in _programs.Values)
        {
            program.Commits.Writer.TryComplete();
        }

        return Task.CompletedTask;
    }

    internal void Join(HubCallerContext caller)
    {
        var program = new Program(caller, Channel.CreateBounded<Commit>(new BoundedChannelOptions(Waiting) { SingleReader = true }));
        _programs[caller.ConnectionId] = program;
        _ = Task.Run(() => TellAsync(program), CancellationToken.None);
    }

    internal void Leave(string connection)
    {
        if (_programs.TryRemove(connection, out var program))
        {
            program.Commits.Writer.TryComplete();
        }
    }

    private void Hear(Commit commit)
    {
        foreach (var (connection, program) in _programs)
        {
            if (!program.Commits.Writer.TryWrite(commit) && _programs.ContainsKey(connection))
            {
                log.LogWarning("A program of employee {Employee} did not keep up and was cut off", program.Caller.User?.EmployeeId());
                Leave(connection);
                program.Caller.Abort();
            }
        }
    }

    private async Task TellAsync(Program program)
    {
        var (caller, commits) = (program.Caller, program.Commits.Reader);
        var client = hub.Clients.Client(caller.ConnectionId);
        try
        {
            do
            {
                // Empty at first: a sign-in may have ended while the program connected.
                var read = new List<Commit>();
                while (read.Count < AtOnce && commits.TryRead(out var commit))
                {
                    read.Add(commit);
                }

                if (caller.User?.EmployeeId() is not { } id || await signIns.StateAsync(caller.User) is not SignInState.Holds || await directory.ActorAsync(id) is not { } actor)
                {
                    caller.Abort();
                    return;
                }

                await TellAsync(client, DeskNews.For(actor, read));
            }
            while (await commits.WaitToReadAsync(caller.ConnectionAborted));
        }
        catch (OperationCanceledException)
        {
            // The program is gone.
        }
        catch (Exception e)
        {
            log.LogError(e, "A program of employee {Employee} could not be told", caller.User?.EmployeeId());
            caller.Abort();
        }
    }

    private static async Task TellAsync(IDeskClient client, DeskNews news)
    {
        if (news.Retired.Count > 0)
        {
            await client.LeadsRetired(news.Retired);
        }

        if (news.Left.Count > 0)
        {
            await client.LeadsLeft(news.Left);
        }

        if (news.Changed.Count > 0)
        {
            await client.Changed(news.Changed);
        }
    }

    private sealed record Program(HubCallerContext Caller, Channel<Commit> Commits);
}
