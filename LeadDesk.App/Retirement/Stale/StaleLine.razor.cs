using LeadDesk.App.Live;
using LeadDesk.App.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>How a lead left the list, in words.</summary>
public sealed record StaleEndWords(bool IsSaved, string Words);

/// <summary>One row as it is shown, with every word made.</summary>
public sealed record StaleShown(
    StaleRow Row, Countdown Clock, string Stage, string LastActivity, string? Nudged, bool MayNudge, OthersHere? Others, StaleEndWords? End = null);

/// <summary>One lead going stale: how long it has, who is at it, and what can be done on the spot.</summary>
public sealed partial class StaleLine
{
    private StaleShown? _shown;
    private bool _open;

    [Parameter, EditorRequired] public StaleShown Line { get; set; } = null!;
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;
    [Parameter] public bool IsOpen { get; set; }
    [Parameter] public EventCallback<StaleRow> OnNudge { get; set; }
    [Parameter] public EventCallback<StaleRow> OnNudgeAll { get; set; }
    [Parameter] public EventCallback<StaleRow> OnOpen { get; set; }
    [Parameter] public EventCallback<StaleRow> OnVisit { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    /// <summary>The browser counts on by itself: a row is drawn again only when something else about it changed.</summary>
    protected override bool ShouldRender()
    {
        var changed = _shown != Line || _open != IsOpen || IsOpen;
        (_shown, _open) = (Line, IsOpen);
        return changed;
    }

    private Task KeyAsync(KeyboardEventArgs e) => e.Key switch
    {
        "u" when Line is { MayNudge: true, Nudged: null } => OnNudge.InvokeAsync(Line.Row),
        "U" when Line.MayNudge => OnNudgeAll.InvokeAsync(Line.Row),
        "l" or "L" or "c" or "C" when !IsOpen => OnOpen.InvokeAsync(Line.Row),
        "Escape" when IsOpen => OnOpen.InvokeAsync(Line.Row),
        "Enter" when !IsOpen => OnVisit.InvokeAsync(Line.Row),
        _ => Task.CompletedTask,
    };
}
