using System.Collections.Concurrent;
using System.Threading.Channels;

namespace LeadDesk.App.Live;

/// <summary>What reached a listener since it last woke, merged. Past <see cref="Many"/> leads the single changes are dropped: the screen says "many".</summary>
public sealed record Wave(IReadOnlyList<LeadChange> Leads, bool IsMany)
{
    /// <summary>From so many changed leads on, a screen shows one sentence instead of single effects.</summary>
    public const int Many = 20;
}

/// <summary>
/// Tells open screens that something they show was changed. Each listener is a loop of its own: woken at once, then at most once per
/// <see cref="Pace"/>, never twice at the same time, always once after the last change. Shared by all circuits.
/// </summary>
public sealed class ChangeFeed(ILogger<ChangeFeed> log)
{
    /// <summary>Real time, also where the desk's clock is a test's: it paces screens, not business.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    private readonly ConcurrentDictionary<Topic, ConcurrentDictionary<Subscription, byte>> _listeners = new();
    private long _sequence;

    /// <summary>Goes up with every commit, before anyone is woken: equal numbers mean nothing was committed in between.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Every commit as it is, in order per publisher; for the hub, which needs no pacing.</summary>
    public event Action<Commit>? Committed;

    public int ListenerCount(Topic topic) => _listeners.TryGetValue(topic, out var found) ? found.Count : 0;

    public void Publish(Commit commit)
    {
        Interlocked.Increment(ref _sequence);
        var topics = new HashSet<Topic>();
        Topics.Of(commit, topics);
        var woken = new HashSet<Subscription>();
        foreach (var topic in topics)
        {
            if (_listeners.TryGetValue(topic, out var listeners))
            {
                foreach (var (listener, _) in listeners)
                {
                    woken.Add(listener);
                }
            }
        }

        foreach (var listener in woken)
        {
            listener.Wake(commit);
        }

        Committed?.Invoke(commit);
    }

    /// <summary>The callback runs on a thread of its own, one at a time; its exceptions are logged and hurt nobody else.</summary>
    public IDisposable Subscribe(IReadOnlyCollection<Topic> topics, Func<Wave, Task> callback) => new Subscription(this, topics, callback);

    private sealed class Subscription : IDisposable
    {
        private readonly ChangeFeed _feed;
        private readonly IReadOnlyCollection<Topic> _topics;
        private readonly Func<Wave, Task> _callback;
        private readonly Channel<byte> _wake = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        private readonly CancellationTokenSource _disposed = new();
        private readonly Lock _lock = new();
        private List<LeadChange> _pending = [];
        private bool _many;

        public Subscription(ChangeFeed feed, IReadOnlyCollection<Topic> topics, Func<Wave, Task> callback)
        {
            (_feed, _topics, _callback) = (feed, topics, callback);
            foreach (var topic in topics)
            {
                feed._listeners.GetOrAdd(topic, _ => new())[this] = 0;
            }

            _ = Task.Run(LoopAsync);
        }

        public void Wake(Commit commit)
        {
            lock (_lock)
            {
                _many |= _pending.Count + commit.Leads.Count >= Wave.Many;
                if (_many)
                {
                    _pending.Clear();
                }
                else
                {
                    _pending.AddRange(commit.Leads);
                }
            }

            _wake.Writer.TryWrite(0);
        }

        public void Dispose()
        {
            foreach (var topic in _topics)
            {
                if (_feed._listeners.TryGetValue(topic, out var listeners))
                {
                    listeners.TryRemove(this, out _);
                    if (listeners.IsEmpty)
                    {
                        _feed._listeners.TryRemove(new(topic, listeners));
                    }
                }
            }

            _wake.Writer.TryComplete();
            _disposed.Cancel();
        }

        private async Task LoopAsync()
        {
            try
            {
                while (await _wake.Reader.WaitToReadAsync(_disposed.Token))
                {
                    _wake.Reader.TryRead(out _);
                    await CallAsync();
                    await Task.Delay(Pace, _disposed.Token);
                }
            }
            catch (OperationCanceledException)
            {
                // Disposed: the screen is gone.
            }
        }

        private async Task CallAsync()
        {
            Wave wave;
            lock (_lock)
            {
                wave = new(_pending, _many);
                (_pending, _many) = ([], false);
            }

            try
            {
                await _callback(wave);
            }
            catch (Exception e) when (e is not OperationCanceledException && !_disposed.IsCancellationRequested)
            {
                _feed._log.LogError(e, "A screen that listens to {Topics} could not take a change", string.Join(", ", _topics));
            }
            catch (Exception) when (_disposed.IsCancellationRequested)
            {
                // The screen went away while it was reading.
            }
        }
    }

    private readonly ILogger<ChangeFeed> _log = log;
}
