using System.Diagnostics;

namespace LeadDesk.Bench.Soak;

/// <summary>Queues a piece of work every tenth of a second from a thread of its own, and keeps how long it waited.</summary>
internal sealed class PoolWatch
{
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(100);

    private long _longest;

    public PoolWatch() => new Thread(Watch) { IsBackground = true, Priority = ThreadPriority.AboveNormal }.Start();

    public double LongestDelay => TimeSpan.FromTicks(Interlocked.Read(ref _longest)).TotalMilliseconds;

    public long LongestQueue { get; private set; }

    public int MostThreads { get; private set; }

    /// <summary>From here on.</summary>
    public void Forget()
    {
        Interlocked.Exchange(ref _longest, 0);
        (LongestQueue, MostThreads) = (0, 0);
    }

    private void Watch()
    {
        while (true)
        {
            var from = Stopwatch.GetTimestamp();
            ThreadPool.UnsafeQueueUserWorkItem(_ => Note(Stopwatch.GetElapsedTime(from).Ticks), null);
            LongestQueue = Math.Max(LongestQueue, ThreadPool.PendingWorkItemCount);
            MostThreads = Math.Max(MostThreads, ThreadPool.ThreadCount);
            Thread.Sleep(_every);
        }
    }

    private void Note(long ticks)
    {
        if (ticks > Interlocked.Read(ref _longest))
        {
            Interlocked.Exchange(ref _longest, ticks);
        }
    }
}
