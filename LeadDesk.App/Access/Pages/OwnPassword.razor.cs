using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Access.Pages;

/// <summary>One's own password; the only page that opens after a one-time password.</summary>
public sealed partial class OwnPassword
{
    private NotAcceptable? _wrong;
    private bool _isFirst;
    private string _email = "";

    [Inject] public required ChangePassword Change { get; init; }
    [Inject] public required Entrance Entrance { get; init; }
    [Inject] public required SignIns SignIns { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] private HttpContext Request { get; set; } = null!;
    [SupplyParameterFromForm] private string? Current { get; set; }
    [SupplyParameterFromForm] private string? Next { get; set; }
    [SupplyParameterFromForm] private string? Again { get; set; }

    protected override async Task OnInitializedAsync()
    {
        var state = await SignIns.StateAsync(Request.User);
        if (state is SignInState.Ended || Request.User.EmployeeId() is not { } id)
        {
            Navigation.NavigateTo("/account/sign-in?returnUrl=%2Faccount%2Fpassword", forceLoad: true);
            return;
        }

        _isFirst = state is SignInState.NeedsPassword;
        _email = (await Directory.GetAsync()).Employee(id)?.Email ?? "";
    }

    private async Task ChangeAsync()
    {
        if (Request.User.EmployeeId() is not { } id)
        {
            return;
        }

        if (Next != Again)
        {
            _wrong = new("Again", "The two new passwords differ.");
            return;
        }

        var outcome = await Change.RunAsync(Current ?? "", Next ?? "", id, Request.RequestAborted);
        if (outcome.Value is not { } account)
        {
            _wrong = outcome.Refusal as NotAcceptable ?? new("Current", outcome.Refusal!.Sentence);
            return;
        }

        await Entrance.OpenAsync(account);
        Navigation.NavigateTo("/", forceLoad: true);
    }

    private string? Mark(string field) => _wrong?.Field == field ? "true" : null;

    private string? Described(string field) => _wrong?.Field == field ? $"wrong-{field}" : null;
}
