using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Ui;

/// <summary>A button that opens its own content beneath it (a sheet on the phone). Whoever shows it says whether it is open; the focus goes in and comes back.</summary>
public sealed partial class PopButton
{
    private ElementReference _button;
    private ElementReference _pop;
    private bool _wasOpen;

    [Parameter] public string Text { get; set; } = "";

    /// <summary>What the content is, where the text does not say it.</summary>
    [Parameter] public string? Label { get; set; }

    [Parameter] public string? Icon { get; set; }

    /// <summary>The single key that presses it.</summary>
    [Parameter] public string? Key { get; set; }

    [Parameter] public string? Class { get; set; }
    [Parameter] public bool Disabled { get; set; }
    [Parameter] public bool AlignEnd { get; set; }
    [Parameter] public string? TestId { get; set; }
    [Parameter] public bool Open { get; set; }
    [Parameter] public EventCallback<bool> OnOpen { get; set; }
    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (Open == _wasOpen) return;
        _wasOpen = Open;
        if (Open) await _pop.FocusAsync(preventScroll: true);
        else await _button.FocusAsync(preventScroll: true);
    }

    private Task CloseAsync() => OnOpen.InvokeAsync(false);
}
