using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace LeadDesk.App.Live;

/// <summary>
/// Where the person in front of this circuit is seen. Whoever has lost the connection is seen nowhere, and again where they were once they are back:
/// the circuit itself is kept for some minutes longer.
/// </summary>
public sealed class PresenceHere(Presence presence)
{
    private readonly Lock _moving = new();
    private readonly List<Stay> _stays = [];
    private bool _isAway;

    /// <summary>Dispose it when the screen goes.</summary>
    public IDisposable Enter(LeadId lead, EmployeeId who, PresenceKind kind)
    {
        var stay = new Stay(this, () => presence.Enter(lead, who, kind));
        lock (_moving)
        {
            _stays.Add(stay);
            if (!_isAway)
            {
                stay.Come();
            }
        }

        return stay;
    }

    internal void SetAway(bool isAway)
    {
        lock (_moving)
        {
            _isAway = isAway;
            _stays.ForEach(s => (isAway ? s.Go : (Action)s.Come)());
        }
    }

    private sealed class Stay(PresenceHere here, Func<IDisposable> enter) : IDisposable
    {
        private IDisposable? _seen;

        public void Come() => _seen ??= enter();

        public void Go()
        {
            _seen?.Dispose();
            _seen = null;
        }

        public void Dispose()
        {
            lock (here._moving)
            {
                here._stays.Remove(this);
                Go();
            }
        }
    }
}

/// <summary>Notices that the connection of a circuit is lost or back.</summary>
internal sealed class PresenceGuard(PresenceHere here) : CircuitHandler
{
    public override Task OnConnectionDownAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        here.SetAway(true);
        return Task.CompletedTask;
    }

    public override Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        here.SetAway(false);
        return Task.CompletedTask;
    }
}
