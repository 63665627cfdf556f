using System.Threading.Channels;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Batches;

/// <summary>Wakes the runner when a job was stored.</summary>
public sealed class BatchSignal
{
    private readonly Channel<byte> _channel = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Ring() => _channel.Writer.TryWrite(0);

    internal ValueTask<bool> WaitAsync(CancellationToken ct) => _channel.Reader.WaitToReadAsync(ct);

    internal void Hear() => _channel.Reader.TryRead(out _);
}

/// <summary>Knows how to carry on one kind of stored job by one chunk.</summary>
public interface IChunkedWork
{
    bool Carries(BatchKind kind);

    /// <summary>False when nothing is left.</summary>
    Task<bool> RunChunkAsync(BatchId id, Actor by, CancellationToken ct);
}

internal sealed class LeadOrderWork(ActOnLeads acts) : IChunkedWork
{
    public bool Carries(BatchKind kind) => kind is not (BatchKind.Import or BatchKind.Sweep or BatchKind.DropSweep);

    public Task<bool> RunChunkAsync(BatchId id, Actor by, CancellationToken ct) => acts.RunChunkAsync(id, by, ct);
}

/// <summary>
/// Carries stored jobs on, chunk by chunk, several at a time. What a killed process left goes on at the next start, since the mark of how
/// far a job came is part of each chunk's transaction.
/// </summary>
public sealed class BatchRunner(
    IDbContextFactory<LeadDeskDb> databases, Transactor transactor, DeskDirectory directory, IEnumerable<IChunkedWork> works, BatchSignal signal, ILogger<BatchRunner> log)
    : BackgroundService
{
    private static readonly Actor _system = Actor.System("jobs");

    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(1);

    private readonly Dictionary<BatchId, Task> _running = [];

    /// <summary>Runs every stored job to its end; for the command line, which has no host.</summary>
    public async Task RunAllAsync(CancellationToken ct)
    {
        while (await UnfinishedAsync(ct) is { Count: > 0 } jobs)
        {
            foreach (var (id, kind, by) in jobs)
            {
                await RunToEndAsync(id, kind, by, ct);
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        signal.Ring();
        try
        {
            while (await signal.WaitAsync(stoppingToken))
            {
                signal.Hear();
                await LookAsync(stoppingToken);
            }
        }
        finally
        {
            // The chunks under way come to their end before the database goes.
            await Task.WhenAll(_running.Values);
        }
    }

    private async Task LookAsync(CancellationToken ct)
    {
        foreach (var done in _running.Where(r => r.Value.IsCompleted).Select(r => r.Key).ToList())
        {
            _running.Remove(done);
        }

        try
        {
            foreach (var (id, kind, by) in await UnfinishedAsync(ct))
            {
                if (!_running.ContainsKey(id))
                {
                    _running[id] = Task.Run(() => RunToEndAsync(id, kind, by, ct), CancellationToken.None);
                }
            }
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            log.LogError(e, "The stored jobs could not be read; once more in a moment");
            await Task.Delay(_pause, ct);
            signal.Ring();
        }
    }

    private async Task<List<(BatchId Id, BatchKind Kind, EmployeeId? By)>> UnfinishedAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var found = await db.Batches.AsNoTracking().Where(b => b.State == BatchState.Waiting || b.State == BatchState.Running)
            .OrderBy(b => b.Id).Select(b => new { b.Id, b.Kind, b.ById }).ToListAsync(ct);
        return [.. found.Where(b => works.Any(w => w.Carries(b.Kind))).Select(b => (b.Id, b.Kind, b.ById))];
    }

    private async Task RunToEndAsync(BatchId id, BatchKind kind, EmployeeId? by, CancellationToken ct)
    {
        try
        {
            var work = works.First(w => w.Carries(kind));
            while (await (by is { } employee ? directory.ActorAsync(employee, ct) : new(_system)) is { } actor)
            {
                if (!await work.RunChunkAsync(id, actor, ct))
                {
                    break;
                }
            }

            await FailAsync(id, "Whoever started this can no longer sign in.", ct);
        }
        catch (Exception) when (ct.IsCancellationRequested)
        {
            log.LogInformation("Job {Batch} ({Kind}) waits for the next start", id, kind);
        }
        catch (Exception e)
        {
            log.LogError(e, "Job {Batch} ({Kind}) of employee {Employee} stopped", id, kind, by);
            await FailAsync(id, "It stopped on a fault of the desk. What is done stays done; an administrator finds the reason in the log.", CancellationToken.None);
        }
    }

    /// <summary>Does nothing to a job that is over.</summary>
    private Task FailAsync(BatchId id, string trouble, CancellationToken ct) => transactor.RunAsync(_system, async work =>
    {
        var batch = await work.Db.Batches.FirstAsync(b => b.Id == id, work.Ct);
        if (batch.IsOver)
        {
            return Outcome.NothingToDo;
        }

        batch.Fail(trouble, work.Now);
        work.Tell(Topic.Batch(id));
        work.Tell(Topic.Batches);
        return Outcome.Done;
    }, ct);
}
