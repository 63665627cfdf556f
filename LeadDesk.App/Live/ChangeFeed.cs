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
public sealed class ChangeFeed(ILogger<ChangeFeed> log, TimeProvider clock)
{
    /// <summary>Real time, also where the desk's clock is a test's: it paces screens, not business.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(150);

    private const int Remembered = 64;

    private readonly ConcurrentDictionary<Topic, Subscription[]> _listeners = new();
    private readonly Lock _registering = new();
    private readonly Published[] _recent = new Published[Remembered];
    private readonly Lock _publishing = new();
    private readonly ILogger<ChangeFeed> _log = log;
    private long _sequence;

    /// <summary>Goes up with every commit, before anyone is woken: equal numbers mean that nothing was published in between.</summary>
    public long Sequence => Interlocked.Read(ref _sequence);

    /// <summary>Every commit as it is, in order per publisher, before anyone is woken. Called by whoever committed: a handler only takes note.</summary>
    public event Action<Commit>? Committed;

    /// <summary>How many topics anyone listens to.</summary>
    internal int TopicCount => _listeners.Count;

    public int ListenerCount(Topic topic) => _listeners.TryGetValue(topic, out var found) ? found.Length : 0;

    public void Publish(Commit commit)
    {
        var topics = new HashSet<Topic>();
        Topics.Of(commit, topics);
        lock (_publishing)
        {
            _recent[(_sequence + 1) % Remembered] = new(topics.Count > Remembered ? null : topics, clock.GetTimestamp());
            Interlocked.Increment(ref _sequence);
        }

        foreach (var handler in Delegate.EnumerateInvocationList(Committed))
        {
            try
            {
                handler(commit);
            }
            catch (Exception e)
            {
                _log.LogError(e, "A commit was not taken note of");
            }
        }

        var woken = new HashSet<Subscription>();
        foreach (var topic in topics)
        {
            if (_listeners.TryGetValue(topic, out var listeners))
            {
                woken.UnionWith(listeners);
            }
        }

        foreach (var listener in woken)
        {
            listener.Wake(commit.Leads);
        }
    }

    /// <summary>The callback runs on a thread of its own, one at a time; its exceptions are logged and hurt nobody else.</summary>
    /// <param name="known">The sequence that the listener has read up to: what concerns it and was published since then wakes it at once, with an empty wave.</param>
    /// <param name="isAfterwards">Woken one <see cref="Pace"/> later than the others.</param>
    public Subscription Subscribe(IReadOnlyCollection<Topic> topics, Func<Wave, Task> callback, long? known = null, bool isAfterwards = false)
    {
        var subscription = new Subscription(this, callback, isAfterwards);
        subscription.Listen(topics, known);
        return subscription;
    }

    /// <summary>What the sequence was so long ago.</summary>
    public long SequenceBefore(TimeSpan age)
    {
        lock (_publishing)
        {
            var sequence = _sequence;
            while (sequence > 0 && _sequence - sequence < Remembered && clock.GetElapsedTime(_recent[sequence % Remembered].At) < age)
            {
                sequence--;
            }

            return sequence;
        }
    }

    private bool HasNews(IReadOnlyCollection<Topic> topics, long known)
    {
        lock (_publishing)
        {
            if (_sequence - known > Remembered)
            {
                return true;
            }

            for (var sequence = known + 1; sequence <= _sequence; sequence++)
            {
                if (_recent[sequence % Remembered].Topics is not { } published || topics.Any(published.Contains))
                {
                    return true;
                }
            }

            return false;
        }
    }

    private void Register(Subscription subscription, IEnumerable<Topic> topics)
    {
        lock (_registering)
        {
            foreach (var topic in topics)
            {
                _listeners.AddOrUpdate(topic, [subscription], (_, known) => [.. known, subscription]);
            }
        }
    }

    private void Unregister(Subscription subscription, IEnumerable<Topic> topics)
    {
        lock (_registering)
        {
            foreach (var topic in topics)
            {
                if (_listeners.TryGetValue(topic, out var known))
                {
                    var left = Array.FindAll(known, s => s != subscription);
                    if (left.Length == 0)
                    {
                        _listeners.TryRemove(topic, out _);
                    }
                    else
                    {
                        _listeners[topic] = left;
                    }
                }
            }
        }
    }

    /// <summary>One listener. Disposed, it begins no further call and is forgotten.</summary>
    public sealed class Subscription : IDisposable
    {
        private readonly ChangeFeed _feed;
        private readonly Func<Wave, Task> _callback;
        private readonly bool _isAfterwards;
        private readonly Channel<byte> _wake = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
        private readonly CancellationTokenSource _disposed = new();
        private readonly Lock _lock = new();
        private HashSet<Topic> _topics = [];
        private List<LeadChange> _pending = [];
        private bool _many;

        internal Subscription(ChangeFeed feed, Func<Wave, Task> callback, bool isAfterwards)
        {
            (_feed, _callback, _isAfterwards) = (feed, callback, isAfterwards);
            _ = Task.Run(LoopAsync);
        }

        /// <summary>From now on listens to these topics instead. What it was woken for before is not lost.</summary>
        /// <param name="known">As in <see cref="Subscribe"/>.</param>
        public void Listen(IReadOnlyCollection<Topic> topics, long? known = null)
        {
            lock (_lock)
            {
                if (_disposed.IsCancellationRequested)
                {
                    return;
                }

                var old = _topics;
                _topics = [.. topics];
                _feed.Register(this, _topics.Except(old));
                _feed.Unregister(this, old.Except(_topics));
            }

            if (known is { } sequence && _feed.HasNews(topics, sequence))
            {
                Wake([]);
            }
        }

        public void Dispose()
        {
            lock (_lock)
            {
                _feed.Unregister(this, _topics);
                _topics = [];
                _disposed.Cancel();
            }

            _wake.Writer.TryComplete();
        }

        internal void Wake(IReadOnlyList<LeadChange> changes)
        {
            lock (_lock)
            {
                _many |= _pending.Count + changes.Count >= Wave.Many;
                if (_many)
                {
                    _pending.Clear();
                }
                else
                {
                    _pending.AddRange(changes);
                }
            }

            _wake.Writer.TryWrite(0);
        }

        private async Task LoopAsync()
        {
            try
            {
                while (await _wake.Reader.WaitToReadAsync(_disposed.Token))
                {
                    if (_isAfterwards)
                    {
                        await Task.Delay(Pace, _disposed.Token);
                    }

                    _wake.Reader.TryRead(out _);
                    await CallAsync();
                    await (_isAfterwards ? Task.CompletedTask : Task.Delay(Pace, _disposed.Token));
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
                if (_disposed.IsCancellationRequested)
                {
                    return;
                }

                wave = new(_pending, _many);
                (_pending, _many) = ([], false);
            }

            try
            {
                await _callback(wave);
            }
            catch (Exception) when (_disposed.IsCancellationRequested)
            {
                // The screen went away while it was reading.
            }
            catch (ObjectDisposedException e) when (e.ObjectName is nameof(IServiceProvider))
            {
                // The desk itself is closing.
            }
            catch (Exception e)
            {
                _feed._log.LogError(e, "A screen that listens to {Topics} could not take a change", string.Join(", ", _topics));
            }
        }
    }

    /// <param name="Topics">None where there were too many to keep: it concerns everyone.</param>
    private readonly record struct Published(HashSet<Topic>? Topics, long At);
}
