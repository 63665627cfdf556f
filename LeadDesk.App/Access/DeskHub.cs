using LeadDesk.App.Live;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.SignalR;

namespace LeadDesk.App.Access;

/// <summary>For programs that are not our pages. Nothing can be called on it; it tells what happens.</summary>
[Authorize]
public sealed class DeskHub(DeskBroadcast broadcast) : Hub<IDeskClient>
{
    public const string Path = "/hubs/desk";

    public override Task OnConnectedAsync()
    {
        broadcast.Join(Context);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        broadcast.Leave(Context.ConnectionId);
        return Task.CompletedTask;
    }
}
