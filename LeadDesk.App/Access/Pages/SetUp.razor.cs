using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Access.Pages;

/// <summary>The first admin of an empty desk; not there once anybody is.</summary>
public sealed partial class SetUp
{
    private bool _isOpen;
    private NotAcceptable? _wrong;

    [Inject] public required SetUpFirstAdmin FirstAdmin { get; init; }
    [Inject] public required Entrance Entrance { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] private HttpContext Request { get; set; } = null!;
    [SupplyParameterFromForm] private string? FullName { get; set; }
    [SupplyParameterFromForm] private string? Email { get; set; }
    [SupplyParameterFromForm] private string? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        _isOpen = (await Directory.GetAsync()).Employees.Count == 0;
        if (!_isOpen)
        {
            Navigation.NavigateTo("/", forceLoad: true);
        }
    }

    private async Task SetUpAsync()
    {
        var zone = TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id : "UTC";
        var outcome = await FirstAdmin.RunAsync(FullName ?? "", Email ?? "", Password ?? "", zone, Request.RequestAborted);
        if (outcome.Value is not { } account)
        {
            _wrong = outcome.Refusal as NotAcceptable ?? new("Name", outcome.Refusal!.Sentence);
            return;
        }

        await Entrance.OpenAsync(account);
        Navigation.NavigateTo("/", forceLoad: true);
    }

    private string? Mark(string field) => _wrong?.Field == field ? "true" : null;
}
