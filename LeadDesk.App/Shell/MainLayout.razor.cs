using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Shell;

/// <summary>The frame of the desk. Who is signed in and what waits for them come from above, as cascading values.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private string _at = "";
    private bool _open;

    [Inject] public required NavigationManager Navigation { get; init; }
    [CascadingParameter] private SignedIn? Me { get; set; }
    [CascadingParameter(Name = "Counters")] private IReadOnlyDictionary<string, int>? Counters { get; set; }

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized()
    {
        _at = PathOf(Navigation.Uri);
        Navigation.LocationChanged += Moved;
    }

    private string PathOf(string address) => Navigation.ToBaseRelativePath(address).Split('?', '#')[0];

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _boundary?.Recover();
        var at = PathOf(e.Location);
        if (!_open && at == _at)
        {
            return;
        }

        (_open, _at) = (false, at);
        StateHasChanged();
    }

    private void Recover() => _boundary?.Recover();
}
