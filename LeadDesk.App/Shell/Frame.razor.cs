using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Shell;

/// <summary>Says to everything below who is signed in and what waits for them, and keeps it true.</summary>
public sealed partial class Frame
{
    private SignedIn? _me;
    private Desk? _desk;
    private IReadOnlyDictionary<string, int> _counters = new Dictionary<string, int>();
    private IReadOnlyList<Topic> _topics = [];

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavCounters Waiting { get; init; }

    [Parameter] public RenderFragment? ChildContent { get; set; }

    protected override Task OnInitializedAsync() => ReadAsync(null);

    private async Task HearAsync(Wave wave)
    {
        var (me, counters) = (_me, _counters);
        await ReadAsync(wave);
        if (me != _me || counters.Count != _counters.Count || counters.Except(_counters).Any())
        {
            StateHasChanged();
        }
    }

    private async Task ReadAsync(Wave? wave)
    {
        if (await Current.FindAsync() is not { } actor)
        {
            (_me, _topics) = (null, []);
            return;
        }

        var desk = await Directory.GetAsync();
        var team = desk.Team(actor.TeamId) is { } t ? $", team {t.Name}" : "";
        _me = new(actor.Name, actor.Roles.InWords() + team, actor.IsAgent, actor.IsTeamLead, actor.IsManager, actor.IsAdmin);
        _topics = NavCounters.Topics(actor);
        _counters = await Waiting.ForAsync(actor, ReferenceEquals(desk, _desk) ? wave : null, _counters);
        _desk = desk;
    }
}
