using MudBlazor;
using MudBlazor.Services;

namespace LeadDesk.App.Shell;

public static class ShellRegistration
{
    public static IServiceCollection AddShell(this IServiceCollection services)
    {
        services.AddMudServices(mud =>
        {
            var snackbar = mud.SnackbarConfiguration;
            snackbar.PositionClass = Defaults.Classes.Position.BottomEnd;
            snackbar.MaxDisplayedSnackbars = 2;
            snackbar.VisibleStateDuration = 8000;
            snackbar.ShowTransitionDuration = 120;
            snackbar.HideTransitionDuration = 150;
            snackbar.PreventDuplicates = false;
            snackbar.SnackbarVariant = Variant.Filled;
            snackbar.ClearAfterNavigation = false;
        });
        services.AddSingleton<NavCounters>();
        return services;
    }
}
