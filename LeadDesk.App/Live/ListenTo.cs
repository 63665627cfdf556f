using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Live;

/// <summary>
/// Says in markup what a screen listens to. Subscribes, marshals to the circuit, listens anew when the topics change, and lets go with the screen.
/// What was published while the screen read its rows, and so may be missing in them, wakes it once more. Renders nothing.
/// </summary>
public sealed class ListenTo : ComponentBase, IDisposable
{
    private static readonly TimeSpan _opening = TimeSpan.FromSeconds(5);

    private ChangeFeed.Subscription? _subscription;
    private HashSet<Topic> _topics = [];
    private long? _known;
    private bool _disposed;

    [Inject] public required ChangeFeed Feed { get; init; }

    [Parameter, EditorRequired] public IReadOnlyCollection<Topic> Topics { get; set; } = [];

    /// <summary>Called on the circuit. Whoever handles it renders only what has changed.</summary>
    [Parameter, EditorRequired] public Func<Wave, Task> OnChange { get; set; } = _ => Task.CompletedTask;

    /// <summary>Woken one pace later than the screens: for what stands around them, so that what was changed is shown first.</summary>
    [Parameter] public bool Afterwards { get; set; }

    public void Dispose()
    {
        _disposed = true;
        _subscription?.Dispose();
    }

    protected override void OnParametersSet()
    {
        // The screen may have read for the new topics since it last rendered; before the first time it can only be guessed.
        var known = _known ?? Feed.SequenceBefore(_opening);
        _known = Feed.Sequence;
        if (_topics.SetEquals(Topics))
        {
            return;
        }

        _topics = [.. Topics];
        if (_subscription is null)
        {
            _subscription = Feed.Subscribe(_topics, HearAsync, known, Afterwards);
        }
        else
        {
            _subscription.Listen(_topics, known);
        }
    }

    protected override bool ShouldRender() => false;

    private Task HearAsync(Wave wave) => InvokeAsync(() => _disposed ? Task.CompletedTask : OnChange(wave));
}
