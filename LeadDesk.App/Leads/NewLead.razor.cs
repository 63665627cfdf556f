using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pools;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Leads;

/// <summary>A new lead by hand, into a pool that the person may put leads into. A refusal stands at its field, and nothing typed is lost.</summary>
public sealed partial class NewLead
{
    private readonly NewLeadForm _form = new();
    private Actor? _actor;
    private Desk? _desk;
    private IReadOnlyList<Pool> _pools = [];
    private string? _field;
    private string? _sentence;
    private bool _busy;

    [Inject] public required CreateLead Create { get; init; }
    [Inject] public required NewLeadQuery Query { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ISnackbar Snackbar { get; init; }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        var desk = await Directory.GetAsync();
        _pools = [.. CreateLead.PoolsFor(_actor, desk)];
        _form.PoolId = _pools.Count == 1 ? _pools[0].Id : null;
        _form.SourceId = desk.Sources.Count == 1 ? desk.Sources[0].Id : null;
        _desk = desk;
    }

    private static Task<IEnumerable<string>> Countries(string? text, CancellationToken ct) => Task.FromResult(Places.FindCountries(text));

    private static Task<IEnumerable<string>> Languages(string? text, CancellationToken ct) => Task.FromResult(Places.FindLanguages(text));

    private bool Is(string field) => _field == field;

    /// <summary>Of several fields of a kind the one whose text the sentence names, or else the first.</summary>
    private bool IsAt(string field, ContactField one)
    {
        var all = field == "Emails" ? _form.Emails : _form.Phones;
        return Is(field) && (all.Find(f => f.Text?.Trim() is { Length: > 0 } text && _sentence!.Contains(text, StringComparison.Ordinal)) ?? all[0]) == one;
    }

    private async Task LookUpEmailAsync(ContactField email) => email.Known = string.IsNullOrWhiteSpace(email.Text) ? null : await Query.WithEmailAsync(email.Text, _actor!);

    private async Task LookUpPhoneAsync(ContactField phone) => phone.Known = string.IsNullOrWhiteSpace(phone.Text) ? null : await Query.WithPhoneAsync(phone.Text, _form.Country, _actor!);

    private async Task SaveAsync()
    {
        (_busy, _field, _sentence) = (true, null, null);
        try
        {
            var outcome = await Create.RunAsync(_form.Details, _form.SourceId ?? default, _form.PoolId ?? default, _actor!);
            if (outcome.Refusal is { } refusal)
            {
                (_field, _sentence) = ((refusal as NotAcceptable)?.Field, refusal.Sentence);
                return;
            }

            if (_actor!.MaySeeAllLeads)
            {
                Navigation.NavigateTo($"leads/{outcome.Value}");
                return;
            }

            Snackbar.Add($"{_form.Details.Tidied().Name ?? "The lead"} is in pool {_desk!.Pool(_form.PoolId)?.Name}. A manager decides who gets it.", Severity.Normal);
            Navigation.NavigateTo("leads");
        }
        finally
        {
            _busy = false;
        }
    }
}
