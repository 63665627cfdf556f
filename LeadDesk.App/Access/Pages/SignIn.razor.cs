using LeadDesk.App.Storage;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Access.Pages;

/// <summary>A plain form: works without script, and its first form is all that a program needs to sign in.</summary>
public sealed partial class SignIn
{
    private IReadOnlyList<DemoAccount> _demo = [];
    private string? _wrong;
    private string? _signedOut;

    [Inject] public required CheckPassword Check { get; init; }
    [Inject] public required Entrance Entrance { get; init; }
    [Inject] public required PutOut PutOut { get; init; }
    [Inject] public required SignIns SignIns { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required IOptions<SignInPage> Options { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }

    [CascadingParameter] private HttpContext Request { get; set; } = null!;
    [SupplyParameterFromQuery(Name = "returnUrl")] private string? ReturnUrl { get; set; }
    [SupplyParameterFromForm] private string? Email { get; set; }
    [SupplyParameterFromForm] private string? Password { get; set; }

    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(Request.Request.Method) && await SignIns.StateAsync(Request.User) is not SignInState.Ended)
        {
            Navigation.NavigateTo(Entrance.LocalOr(ReturnUrl), forceLoad: true);
            return;
        }

        _signedOut = await PutOut.SentenceAsync(Request);
        var desk = await Directory.GetAsync();
        _demo = [.. Options.Value.Demo.Where(d => desk.Employees.Any(e => e.IsActive && e.Email == d.Email))];
    }

    private async Task SignInAsync()
    {
        if (string.IsNullOrWhiteSpace(Email) || string.IsNullOrEmpty(Password))
        {
            _wrong = "Type your e-mail and your password.";
            return;
        }

        var outcome = await Check.RunAsync(Email, Password[..Math.Min(Password.Length, Passwords.Longest)], Request.RequestAborted);
        if (outcome.Value is not { } account)
        {
            _wrong = outcome.Refusal!.Sentence;
            return;
        }

        await Entrance.OpenAsync(account);
        Navigation.NavigateTo(Entrance.LocalOr(ReturnUrl), forceLoad: true);
    }
}
