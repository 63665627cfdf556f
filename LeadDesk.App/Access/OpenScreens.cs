using System.Collections.Concurrent;
using LeadDesk.Domain.Basics;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Access;

/// <summary>How many screens each person has open on this server.</summary>
public sealed class OpenScreens(IOptions<AccessOptions> options)
{
    private readonly ConcurrentDictionary<EmployeeId, int> _open = new();

    public int Of(EmployeeId id) => _open.GetValueOrDefault(id);

    /// <summary>False when the person has as many as one may have.</summary>
    public bool TryOpen(EmployeeId id)
    {
        if (_open.AddOrUpdate(id, 1, (_, n) => n + 1) <= options.Value.ScreensPerPerson)
        {
            return true;
        }

        Close(id);
        return false;
    }

    public void Close(EmployeeId id)
    {
        if (_open.AddOrUpdate(id, 0, (_, n) => Math.Max(0, n - 1)) == 0)
        {
            _open.TryRemove(new(id, 0));
        }
    }
}
