using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Shell;

/// <summary>The frame of the desk. Who is signed in and what waits for them come from above, as cascading values.</summary>
public sealed partial class MainLayout : IDisposable
{
    private ErrorBoundary? _boundary;
    private bool _open;

    [Inject] public required NavigationManager Navigation { get; init; }
    [CascadingParameter] private Look? Look { get; set; }
    [CascadingParameter] private SignedIn? Me { get; set; }
    [CascadingParameter(Name = "Counters")] private IReadOnlyDictionary<string, int>? Counters { get; set; }

    public void Dispose() => Navigation.LocationChanged -= Moved;

    protected override void OnInitialized() => Navigation.LocationChanged += Moved;

    private void Moved(object? sender, LocationChangedEventArgs e)
    {
        _boundary?.Recover();
        if (!_open) return;
        _open = false;
        StateHasChanged();
    }

    private void Recover() => _boundary?.Recover();
}
