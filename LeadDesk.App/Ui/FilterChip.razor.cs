using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Ui;

/// <summary>A filter that shows its value, opens a list (searchable from twelve options up) or its own content, and clears itself.
/// "Nothing chosen" is the default of <typeparamref name="T"/>, so ids are given as nullable.</summary>
public sealed partial class FilterChip<T>
{
    public const int SearchableFrom = 12;

    private ElementReference _button;
    private ElementReference _pop;
    private ElementReference _search;
    private bool _open;
    private bool _focusDue;
    private string _text = "";

    [Parameter, EditorRequired] public string Label { get; set; } = "";
    [Parameter] public string? Icon { get; set; }
    [Parameter] public IReadOnlyList<FilterOption<T>> Options { get; set; } = [];
    [Parameter] public T? Selected { get; set; }
    [Parameter] public EventCallback<T?> OnSelected { get; set; }

    /// <summary>The word for nothing chosen: "Everyone", "All", "Any". Null: something is always chosen, as with a sort order.</summary>
    [Parameter] public string? Any { get; set; }

    /// <summary>What the chip says in place of the chosen option's text.</summary>
    [Parameter] public string? Value { get; set; }

    /// <summary>For chips at the end of the bar, whose list would leave the window.</summary>
    [Parameter] public bool AlignEnd { get; set; }

    /// <summary>Own content in place of the list; it is given the way to close.</summary>
    [Parameter] public RenderFragment<Func<Task>>? ChildContent { get; set; }

    private bool CanClear => Any is not null;
    private bool IsOn => CanClear && !Same(Selected, default);
    private string ValueText => Value ?? Options.FirstOrDefault(o => Same(o.Value, Selected))?.Text ?? Any ?? "";

    private IReadOnlyList<FilterOption<T?>> Shown
    {
        get
        {
            IEnumerable<FilterOption<T?>> all = Options.Select(o => new FilterOption<T?>(o.Value, o.Text));
            if (Any is not null) all = all.Prepend(new FilterOption<T?>(default, Any));
            return _text.Length == 0 ? [.. all] : [.. all.Where(o => Finds(o.Text))];
        }
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!_focusDue) return;
        _focusDue = false;
        await (Options.Count >= SearchableFrom && ChildContent is null ? _search : _pop).FocusAsync(preventScroll: true);
    }

    private static bool Same(T? one, T? other) => EqualityComparer<T?>.Default.Equals(one, other);

    private bool Finds(string text) =>
        CultureInfo.InvariantCulture.CompareInfo.IndexOf(text, _text.Trim(), CompareOptions.IgnoreCase | CompareOptions.IgnoreNonSpace) >= 0;

    private Task ToggleAsync()
    {
        if (_open) return CloseAsync();
        (_open, _focusDue, _text) = (true, true, "");
        return Task.CompletedTask;
    }

    private async Task CloseAsync()
    {
        _open = false;
        StateHasChanged();
        await _button.FocusAsync(preventScroll: true);
    }

    private async Task ChooseAsync(T? value)
    {
        await CloseAsync();
        if (!Same(value, Selected)) await OnSelected.InvokeAsync(value);
    }

    private Task ClearAsync()
    {
        _open = false;
        return OnSelected.InvokeAsync(default);
    }
}
