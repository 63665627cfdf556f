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
    private int _stays;

    /// <summary>Whether anybody is at any lead.</summary>
    public bool IsAnybodyThere => Volatile.Read(ref _stays) > 0;

    /// <summary>Dispose it when the screen goes; a second one for the same screen replaces nothing.</summary>
    public IDisposable Enter(LeadId lead, EmployeeId who, PresenceKind kind)
    {
        var key = Interlocked.Increment(ref _next);
        lock (_coming)
        {
            _leads.GetOrAdd(lead, _ => new())[key] = (who, kind);
            _stays++;
        }

        Publish(lead);
        return new Stay(this, lead, key);
    }

    /// <summary>Everyone at this lead, each once, on a call before looking.</summary>
    public IReadOnlyList<(EmployeeId Who, PresenceKind Kind)> At(LeadId lead) =>
        _leads.TryGetValue(lead, out var here)
            ? [.. here.Values.GroupBy(p => p.Who).Select(g => (g.Key, g.Max(p => p.Kind))).OrderBy(p => p.Key.Value)]
            : [];

    /// <summary>The others at this lead in words: who is on a call, then who is looking; empty where nobody else is.</summary>
    /// <param name="me">Not told about themselves.</param>
    /// <param name="name">What they are called where this is said.</param>
    public IReadOnlyList<OthersHere> OthersAt(LeadId lead, EmployeeId? me, Func<EmployeeId, string?> name)
    {
        // Boards ask for each of their cards, and hardly ever is somebody there.
        if (!_leads.ContainsKey(lead))
        {
            return [];
        }

        var others = At(lead).Where(p => p.Who != me).ToLookup(p => p.Kind, p => name(p.Who) ?? "Somebody");
        return
        [
            .. others.Contains(PresenceKind.OnACall) ? [OthersHere.OnACall([.. others[PresenceKind.OnACall]])] : Array.Empty<OthersHere>(),
            .. others.Contains(PresenceKind.Looking) ? [OthersHere.Looking([.. others[PresenceKind.Looking]])] : Array.Empty<OthersHere>(),
        ];
    }

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

                presence._stays--;
                if (here.IsEmpty)
                {
                    presence._leads.TryRemove(new(lead, here));
                }
            }

            presence.Publish(lead);
        }
    }

    private void Publish(LeadId lead) => feed.Publish(new([], [Topic.Presence, Topic.PresenceAt(lead)]));
}

/// <summary>Others at a lead, as it is said: "Otto is looking", "Ana is on a call".</summary>
public sealed record OthersHere(string Words, bool IsCall)
{
    /// <summary>A symbol of the icon sheet.</summary>
    public string Icon => IsCall ? "call" : "eye";

    internal static OthersHere OnACall(IReadOnlyList<string> names) => new($"{Who(names)} on a call", true);

    internal static OthersHere Looking(IReadOnlyList<string> names) => new($"{Who(names)} looking", false);

    private static string Who(IReadOnlyList<string> names) => names switch
    {
        [var one] => $"{one} is",
        [var one, var other] => $"{one} and {other} are",
        [var one, ..] => $"{one} and {names.Count - 1} others are",
        [] => "",
    };
}
