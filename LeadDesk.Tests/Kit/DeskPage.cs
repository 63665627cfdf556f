using System.Globalization;
using System.Security.Claims;
using Bunit;
using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace LeadDesk.Tests.Kit;

/// <summary>A component's page at someone's desk: the real queries and intents of a <see cref="TestDesk"/>, without a browser, which answers nothing.</summary>
public sealed class DeskPage : BunitContext
{
    /// <param name="adjust">In place of what the desk has.</param>
    public DeskPage(TestDesk desk, Employee who, Action<IServiceCollection>? adjust = null)
    {
        // The tests share a busy machine: what takes long is slow, not wrong.
        DefaultWaitTimeout = TimeSpan.FromSeconds(20);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton<TimeProvider>(desk.Clock);
        Services.AddScoped(p => new CurrentActor(p.GetRequiredService<AuthenticationStateProvider>(), desk.Get<DeskDirectory>()));
        adjust?.Invoke(Services);
        Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
        this.AddAuthorization().SetAuthorized(who.Name).SetClaims(new Claim(ClaimTypes.NameIdentifier, who.Id.Value.ToString(CultureInfo.InvariantCulture)));
        Render<MudPopoverProvider>();
        Dialogs = Render<MudDialogProvider>();
        Snackbars = Render<MudSnackbarProvider>();
    }

    public IRenderedComponent<MudDialogProvider> Dialogs { get; }

    public IRenderedComponent<MudSnackbarProvider> Snackbars { get; }
}
