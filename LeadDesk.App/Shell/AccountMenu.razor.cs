using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Shell;

/// <summary>The foot of the navigation: who this is, the theme, the keys, the way out. The browser keeps theme and keys (shell.js); this shows them.</summary>
public sealed partial class AccountMenu
{
    private static readonly (string Theme, string Text, string Icon)[] Themes = [("light", "Light", "light"), ("dark", "Dark", "dark"), ("system", "System", "auto")];

    private bool _open;
    private string _theme = "system";
    private bool _keys = true;

    [Inject] public required IDialogService Dialogs { get; init; }
    [CascadingParameter] private Look? Look { get; set; }
    [Parameter, EditorRequired] public SignedIn Me { get; set; } = null!;

    protected override void OnInitialized()
    {
        if (Look is not null) (_theme, _keys) = (Look.Theme, Look.SingleKeys);
    }

    private Task ShowKeysAsync()
    {
        _open = false;
        return Dialogs.ShowAsync<KeysDialog>("Keys", new DialogOptions { CloseOnEscapeKey = true, MaxWidth = MaxWidth.Small, FullWidth = true });
    }
}
