using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.People;

/// <summary>One employee, new or known. What follows from an act is said before it is done.</summary>
public sealed partial class EmployeeDialog
{
    private static readonly Roles[] RoleChoices = [Roles.Agent, Roles.TeamLead, Roles.SalesManager, Roles.Admin];
    private static readonly string[] Zones = [.. TimeZoneInfo.GetSystemTimeZones().Where(z => z.HasIanaId && z.Id.Contains('/', StringComparison.Ordinal)).Select(z => z.Id).Append("UTC").Order(StringComparer.Ordinal)];

    private IReadOnlyList<Team> _teams = [];
    private Employee? _person;
    private NotAcceptable? _wrong;
    private string? _refusal;
    private string? _password;
    private string _name = "";
    private string _email = "";
    private string _zone = "UTC";
    private string _firstName = "";
    private Roles _roles = Roles.Agent;
    private long _team;
    private bool _busy;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required PeopleQuery Query { get; init; }
    [Inject] public required AddEmployee Add { get; init; }
    [Inject] public required EditEmployee Edit { get; init; }
    [Inject] public required DisableEmployee Disable { get; init; }
    [Inject] public required EnableEmployee Enable { get; init; }
    [Inject] public required SetOneTimePassword SetPassword { get; init; }
    [Inject] public required IDialogService Dialogs { get; init; }

    [CascadingParameter] private IMudDialogInstance Dialog { get; set; } = null!;

    /// <summary>None for a new one.</summary>
    [Parameter] public EmployeeId? Id { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var desk = await Directory.GetAsync();
        (_teams, _person) = (desk.Teams, desk.Employee(Id));
        if (_person is { } known)
        {
            (_name, _email, _roles, _team, _zone) = (known.Name, known.Email, known.Roles, known.TeamId?.Value ?? 0, known.TimeZone);
        }
        else
        {
            _zone = (await Current.GetAsync()).TimeZone;
        }
    }

    private void Choose(Roles role, bool on) => _roles = on ? _roles | role : _roles & ~role;

    private Task SaveAsync() => DoAsync(async by =>
    {
        var form = new EmployeeForm(_name, _email, _roles, _team == 0 ? null : new TeamId(_team), _zone);
        if (_person is { } known)
        {
            var saved = await Edit.RunAsync(known.Id, form, by);
            return (saved, $"{_name.Trim()} saved.");
        }

        var added = await Add.RunAsync(form, by);
        (_password, _firstName) = (added.Value, _name.Trim().Split(' ')[0]);
        return (added.Plain, null);
    });

    private async Task DisableAsync()
    {
        var holds = (await Query.RunAsync(await Current.GetAsync())).FirstOrDefault(p => p.Id == Id)?.Holds ?? 0;
        var leads = holds == 0 ? "" : string.Create(CultureInfo.CurrentCulture,
            $" {(holds == 1 ? "1 open lead stays" : $"{holds:N0} open leads stay")} with {_person!.FirstName} until a manager reassigns {(holds == 1 ? "it" : "them")}; {(holds == 1 ? "its clock runs" : "their clocks run")} on.");
        if (await ConfirmDialog.AskAsync(Dialogs, $"Disable {_person!.Name}", $"{_person.FirstName} is signed out at once, on every screen.{leads}", $"Disable {_person.FirstName}", danger: true))
        {
            await DoAsync(async by => (await Disable.RunAsync(_person.Id, by), $"{_person.Name} is disabled."));
        }
    }

    private Task EnableAsync() => DoAsync(async by => (await Enable.RunAsync(_person!.Id, by), $"{_person.Name} can sign in again."));

    private async Task PasswordAsync()
    {
        var body = $"{_person!.FirstName} is signed out at once, on every screen, and signs in with the new password. It is shown to you once.";
        if (await ConfirmDialog.AskAsync(Dialogs, $"Set a one-time password for {_person.Name}", body, "Set it"))
        {
            await DoAsync(async by =>
            {
                var set = await SetPassword.RunAsync(_person.Id, by);
                (_password, _firstName, _email) = (set.Value, _person.FirstName, _person.Email);
                return (set.Plain, null);
            });
        }
    }

    /// <summary>Closes with the sentence when it was done and there is nothing more to show.</summary>
    private async Task DoAsync(Func<Actor, Task<(Outcome Outcome, string? Said)>> act)
    {
        (_busy, _wrong, _refusal) = (true, null, null);
        try
        {
            var (outcome, said) = await act(await Current.GetAsync());
            _wrong = outcome.Refusal as NotAcceptable;
            _refusal = _wrong is null ? outcome.Refusal?.Sentence : null;
            if (!outcome.IsRefused && said is not null)
            {
                Dialog.Close(DialogResult.Ok(said));
            }
        }
        finally
        {
            _busy = false;
        }
    }

    private void CloseAsync() => Dialog.Close(DialogResult.Ok($"{_firstName} has a one-time password."));

    private string? Mark(string field) => _wrong?.Field == field ? "true" : null;

    private RenderFragment? Wrong(string field) => _wrong?.Field != field ? null : builder =>
    {
        builder.OpenElement(0, "span");
        builder.AddAttribute(1, "class", "ld-wrong");
        builder.AddAttribute(2, "role", "alert");
        builder.AddContent(3, _wrong.Sentence);
        builder.CloseElement();
    };
}
