using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Kit;

/// <summary>Someone at a browser of their own, with one page open.</summary>
public sealed class Person : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly ConcurrentQueue<string> _complaints = new();

    internal Person(Look look, IBrowserContext context, IPage page)
    {
        Look = look;
        Page = page;
        _context = context;
        _context.Console += (_, message) => Note(message.Type == "error", $"console: {message.Text}");
        _context.WebError += (_, error) => Note(true, $"script: {error.Error}");
    }

    public Look Look { get; }

    public IPage Page { get; }

    /// <summary>What the browser reported as wrong so far: script errors, refused resources, violated policies.</summary>
    public IReadOnlyCollection<string> Complaints => _complaints;

    /// <summary>Another tab of the same person: same cookies, a circuit of its own.</summary>
    public Task<IPage> TabAsync() => _context.NewPageAsync();

    public IBrowserContext Browser => _context;

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();

    private void Note(bool wrong, string what)
    {
        if (wrong)
            _complaints.Enqueue(what);
    }
}
