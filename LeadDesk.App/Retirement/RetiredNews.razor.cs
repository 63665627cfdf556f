using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Retirement;

/// <summary>Tells a manager, on whatever screen they are, that a sweep retired leads. Shows nothing itself; stands in the layout.</summary>
public sealed partial class RetiredNews
{
    private Actor? _actor;
    private DateTimeOffset _since;
    private (BatchId? Sweep, int Leads) _told;

    [Inject] public required RetiredQuery Query { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required ISnackbar Snackbars { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    private bool IsLooking => Navigation.ToBaseRelativePath(Navigation.Uri).Split('?', '#')[0].TrimEnd('/').Equals("retired", StringComparison.OrdinalIgnoreCase);

    protected override async Task OnInitializedAsync()
    {
        _since = Clock.GetUtcNow();
        _actor = await Current.FindAsync() is { IsManager: true } manager ? manager : null;
    }

    private async Task HearAsync(Wave wave)
    {
        if ((!wave.IsMany && wave.Leads.All(l => l.Kind is not LeadEventKind.Retired)) || await Query.NewestSweepAsync(_since, _actor!) is not { } sweep)
        {
            return;
        }

        var more = sweep.Leads - (_told.Sweep == sweep.Batch ? _told.Leads : 0);
        _told = (sweep.Batch, sweep.Leads);
        if (more > 0 && !IsLooking)
        {
            Snackbars.Add($"{RetiredWords.Leads(more)} retired", Severity.Normal, o =>
            {
                o.Action = "Show";
                o.OnClick = _ =>
                {
                    Navigation.NavigateTo("retired");
                    return Task.CompletedTask;
                };
            });
        }
    }
}
