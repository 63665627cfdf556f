using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.People;

/// <summary>One team, new or known: its name and its lead.</summary>
public sealed partial class TeamDialog
{
    private IReadOnlyList<Employee> _leads = [];
    private Team? _team;
    private NotAcceptable? _wrong;
    private string? _refusal;
    private string _name = "";
    private long _lead;
    private string? _formerName;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required AddTeam Add { get; init; }
    [Inject] public required EditTeam Edit { get; init; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>None for a new one.</summary>
    [Parameter] public TeamId? Id { get; set; }

    private string? Former => _team?.LeadId is { } known && known.Value != _lead ? _formerName : null;

    protected override async Task OnInitializedAsync()
    {
        var desk = await Directory.GetAsync();
        _leads = [.. desk.Employees.Where(e => e.IsActive && e.Roles.HasFlag(Roles.TeamLead))];
        if (desk.Team(Id) is { } team)
        {
            (_team, _name, _lead, _formerName) = (team, team.Name, team.LeadId?.Value ?? 0, desk.Employee(team.LeadId)?.FirstName);
        }
    }

    private async Task SaveAsync()
    {
        (_busy, _wrong, _refusal) = (true, null, null);
        try
        {
            var by = await Current.GetAsync();
            EmployeeId? lead = _lead == 0 ? null : new EmployeeId(_lead);
            var outcome = _team is { } team ? await Edit.RunAsync(team.Id, _name, lead, by) : await Add.RunAsync(_name, lead, by);
            if (!outcome.IsRefused)
            {
                Dialog.Close(DialogResult.Ok($"Team {_name.Trim()} saved."));
                return;
            }

            _wrong = outcome.Refusal as NotAcceptable;
            _refusal = _wrong is null ? outcome.Refusal?.Sentence : null;
        }
        finally
        {
            _busy = false;
        }
    }
}
