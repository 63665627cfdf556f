using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Live;

/// <summary>
/// Says in markup what a screen listens to. Subscribes, marshals to the circuit, subscribes anew when the topics change, and lets go with the screen.
/// Renders nothing.
/// </summary>
public sealed class ListenTo : ComponentBase, IDisposable
{
    private IDisposable? _subscription;
    private HashSet<Topic> _subscribed = [];
    private bool _disposed;

    [Inject] public required ChangeFeed Feed { get; init; }

    [Parameter, EditorRequired] public IReadOnlyCollection<Topic> Topics { get; set; } = [];

    /// <summary>Called on the circuit. Whoever handles it renders only what has changed.</summary>
    [Parameter, EditorRequired] public Func<Wave, Task> OnChange { get; set; } = _ => Task.CompletedTask;

    public void Dispose()
    {
        _disposed = true;
        _subscription?.Dispose();
    }

    protected override void OnParametersSet()
    {
        if (_subscribed.SetEquals(Topics))
        {
            return;
        }

        _subscription?.Dispose();
        _subscribed = [.. Topics];
        _subscription = _subscribed.Count == 0 ? null : Feed.Subscribe(_subscribed, HearAsync);
    }

    protected override bool ShouldRender() => false;

    private Task HearAsync(Wave wave) => InvokeAsync(() => _disposed ? Task.CompletedTask : OnChange(wave));
}
