namespace LeadDesk.Bench.Circuits;

/// <summary>Many open screens.</summary>
internal sealed class Screens : IAsyncDisposable
{
    private const int AtOnce = 8;

    private static readonly TimeSpan _quiet = TimeSpan.FromMilliseconds(700);
    private static readonly TimeSpan _mostQuiet = TimeSpan.FromSeconds(30);

    private readonly List<Circuit> _circuits = [];

    public IReadOnlyList<Circuit> All => _circuits;

    public async Task OpenAsync(IEnumerable<(Visitor Visitor, string Path)> screens, string? expected)
    {
        using var gate = new SemaphoreSlim(AtOnce);
        var opened = await Task.WhenAll(screens.Select(async s =>
        {
            await gate.WaitAsync();
            try
            {
                return await Circuit.OpenAsync(s.Visitor, s.Path, expected);
            }
            finally
            {
                gate.Release();
            }
        }));
        _circuits.AddRange(opened);
        await QuietAsync();
    }

    /// <summary>Until nothing was rendered anywhere for a moment.</summary>
    public async Task QuietAsync()
    {
        var waited = TimeSpan.Zero;
        while (_circuits.Min(c => c.SinceHeard) < _quiet && waited < _mostQuiet)
        {
            await Task.Delay(50);
            waited += TimeSpan.FromMilliseconds(50);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var circuit in _circuits)
        {
            await circuit.DisposeAsync();
        }
    }
}
