using System.Collections.Concurrent;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Live;

public enum PresenceKind
{
    Looking,
    OnACall,
}

/// <summary>Who has a lead open right now, and whether a call form is open there. In memory: it ends with the screen.</summary>
public sealed class Presence(ChangeFeed feed)
{
    private readonly ConcurrentDictionary<LeadId, ConcurrentDictionary<long, (EmployeeId Who, PresenceKind Kind)>> _leads = new();
    private readonly Lock _coming = new();
    private long _next;

    /// <summary>Dispose it when the screen goes; a second one for the same screen replaces nothing.</summary>
    public IDisposable Enter(LeadId lead, EmployeeId who, PresenceKind kind)
    {
        var key = Interlocked.Increment(ref _next);
        lock (_coming)
        {
            _leads.GetOrAdd(lead, _ => new())[key] = (who, kind);
        }

        Publish();
        return new Stay(this, lead, key);
    }

    /// <summary>Everyone at this lead, each once, on a call before looking.</summary>
    public IReadOnlyList<(EmployeeId Who, PresenceKind Kind)> At(LeadId lead) =>
        _leads.TryGetValue(lead, out var here)
            ? [.. here.Values.GroupBy(p => p.Who).Select(g => (g.Key, g.Max(p => p.Kind))).OrderBy(p => p.Key.Value)]
            : [];

    private sealed class Stay(Presence presence, LeadId lead, long key) : IDisposable
    {
        public void Dispose()
        {
            // Whoever comes while the last one goes is not forgotten with them.
            lock (presence._coming)
            {
                if (!presence._leads.TryGetValue(lead, out var here) || !here.TryRemove(key, out _))
                {
                    return;
                }

                if (here.IsEmpty)
                {
                    presence._leads.TryRemove(new(lead, here));
                }
            }

            presence.Publish();
        }
    }

    private void Publish() => feed.Publish(new([], [Topic.Presence]));
}
