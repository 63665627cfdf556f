using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Ui;

/// <summary>The page's one polite live region: speaks at once, then at most every five seconds with what came meanwhile.</summary>
public sealed partial class LiveRegion : IDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly List<string> _waiting = [];
    private DateTimeOffset _spokenAt = DateTimeOffset.MinValue;
    private ITimer? _timer;
    private string _spoken = "";
    private bool _gone;

    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>Says one sentence. May be called from any thread.</summary>
    public Task SayAsync(string sentence) => InvokeAsync(() =>
    {
        if (_gone) return;
        _waiting.Add(sentence);
        var rest = _spokenAt + Pause - Clock.GetUtcNow();
        if (rest <= TimeSpan.Zero) Speak();
        else _timer ??= Clock.CreateTimer(_ => _ = InvokeAsync(Speak), null, rest, Timeout.InfiniteTimeSpan);
    });

    public void Dispose()
    {
        _gone = true;
        _timer?.Dispose();
    }

    private void Speak()
    {
        _timer?.Dispose();
        _timer = null;
        if (_gone || _waiting.Count == 0) return;
        _spoken = _waiting.Count <= 2 ? string.Join(' ', _waiting) : $"{_waiting.Count} changes. {_waiting[^1]}";
        _waiting.Clear();
        _spokenAt = Clock.GetUtcNow();
        StateHasChanged();
    }
}
