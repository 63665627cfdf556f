using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Microsoft.JSInterop;

namespace LeadDesk.App.Access;

/// <summary>
/// Stands at the door of one open screen. Nothing that comes from the browser of someone who was put out is heard any more, whatever
/// that browser does; and nobody opens more screens than one may.
/// </summary>
internal sealed class CircuitGuard(AuthenticationStateProvider authentication, IJSRuntime js, SignIns signIns, OpenScreens screens) : CircuitHandler
{
    private EmployeeId? _counted;

    public override async Task OnCircuitOpenedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        if (user.EmployeeId() is not { } id)
        {
            return;
        }

        if (!screens.TryOpen(id))
        {
            throw new InvalidOperationException($"Employee {id} has as many screens open as one may have.");
        }

        _counted = id;
    }

    /// <summary>A laptop that was closed for a while may come back to a sign-in that ended.</summary>
    public override async Task OnConnectionUpAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (!await IsHeardAsync())
        {
            await Leaving.SendAsync(js);
        }
    }

    public override Task OnCircuitClosedAsync(Circuit circuit, CancellationToken cancellationToken)
    {
        if (_counted is { } id)
        {
            screens.Close(id);
            _counted = null;
        }

        return Task.CompletedTask;
    }

    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        if (await IsHeardAsync())
        {
            await next(context);
        }
    };

    private async ValueTask<bool> IsHeardAsync()
    {
        var user = (await authentication.GetAuthenticationStateAsync()).User;
        return user.EmployeeId() is null || await signIns.StateAsync(user) is SignInState.Holds;
    }
}
