using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.People;

/// <summary>Everyone on the desk by team: roles, pools, load, sign-in. Managers read, admins edit.</summary>
public sealed partial class PeoplePage
{
    private static readonly DialogOptions _side = new() { CloseOnEscapeKey = true, BackdropClick = false };

    private IReadOnlyList<PersonRow>? _rows;
    private Desk? _desk;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private LiveRegion? _region;
    private string _text = "";
    private bool _mayManage;
    private bool _failed;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required PeopleQuery Query { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required ILogger<PeoplePage> Log { get; init; }

    [SupplyParameterFromQuery(Name = "q")] private string? Asked { get; set; }

    private string? Fact => _rows is null || _desk is null ? null
        : $"{(_rows.Count == 1 ? "1 person" : $"{_rows.Count} people")} in {(_desk.Teams.Count == 1 ? "1 team" : $"{_desk.Teams.Count} teams")}";

    private List<(Team? Team, List<PersonRow> People)> Groups
    {
        get
        {
            var shown = _rows!.Where(Matches).ToList();
            return [.. _desk!.Teams.Select(t => ((Team?)t, shown.Where(p => p.TeamId == t.Id).ToList())).Append((null, shown.Where(p => p.TeamId is null).ToList()))
                .Where(g => g.Item2.Count > 0 || (g.Item1 is not null && _text.Trim().Length == 0))];
        }
    }

    protected override async Task OnInitializedAsync()
    {
        _text = Asked ?? "";
        await ReadAsync();
    }

    private bool Matches(PersonRow p) =>
        SearchFold.Text($"{p.Name} {p.Email} {p.Roles.InWords()} {_desk!.Team(p.TeamId)?.Name}").Contains(SearchFold.Text(_text.Trim()), StringComparison.Ordinal);

    private async Task ReadAsync()
    {
        try
        {
            var actor = await Current.GetAsync();
            _desk = await Directory.GetAsync();
            _rows = await Query.RunAsync(actor);
            (_mayManage, _zone, _failed) = (actor.MayManagePeople, TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone), false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "The people could not be read");
            _failed = true;
        }
    }

    private async Task HearAsync()
    {
        var (rows, failed, teams) = (_rows, _failed, Teams());
        await ReadAsync();
        if (failed != _failed || rows is null || _rows is null || !rows.SequenceEqual(_rows) || !teams.SequenceEqual(Teams()))
        {
            StateHasChanged();
        }

        List<(string, long?)> Teams() => [.. _desk?.Teams.Select(t => (t.Name, t.LeadId?.Value)) ?? []];
    }

    internal async Task OpenPersonAsync(PersonRow? person)
    {
        var title = person is null ? "Add employee" : person.Name;
        await AskAsync<EmployeeDialog>(title, new DialogParameters<EmployeeDialog> { { d => d.Id, person?.Id } });
    }

    private async Task OpenTeamAsync(Team? team)
    {
        var title = team is null ? "Add team" : $"Team {team.Name}";
        await AskAsync<TeamDialog>(title, new DialogParameters<TeamDialog> { { d => d.Id, team?.Id } });
    }

    private async Task AskAsync<TDialog>(string title, DialogParameters parameters) where TDialog : ComponentBase
    {
        var dialog = await Dialogs.ShowAsync<TDialog>(title, parameters, _side);
        if (await dialog.Result is { Canceled: false, Data: string said } && _region is not null)
        {
            await _region.SayAsync(said);
        }
    }

    private void Remember() => Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("q", _text.Trim().Length == 0 ? null : _text.Trim()), replace: true);

    private void Clear()
    {
        _text = "";
        Remember();
    }
}
