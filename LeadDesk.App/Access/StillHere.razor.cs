using LeadDesk.App.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.JSInterop;

namespace LeadDesk.App.Access;

/// <summary>Closes the screen of someone who was put out or signed out, wherever they are on the desk. Shows nothing.</summary>
public sealed partial class StillHere
{
    private IReadOnlyList<Topic> _topics = [];

    [Inject] public required AuthenticationStateProvider Authentication { get; init; }
    [Inject] public required SignIns SignIns { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }

    protected override async Task OnInitializedAsync()
    {
        if (AssignedRenderMode is null)
        {
            // A plain page is not open: it was sent and is over.
            return;
        }

        var user = (await Authentication.GetAuthenticationStateAsync()).User;
        if (user.EmployeeId() is not null)
        {
            _topics = [Topic.Desk, Topic.Session(SignIns.Session(user))];
        }
    }

    private async Task LookAsync(Wave wave)
    {
        if (await SignIns.StateAsync((await Authentication.GetAuthenticationStateAsync()).User) is not SignInState.Holds)
        {
            await Leaving.SendAsync(Js);
        }
    }
}
