using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace LeadDesk.App.Retirement;

/// <summary>Tells an agent, on whatever screen they are, that leads retired from them: one sentence for each wave. Shows nothing itself; stands in the layout.</summary>
public sealed partial class LostLeads
{
    private Actor? _actor;
    private DateTimeOffset _since;
    private long _told;

    [Inject] public required LostLeadsQuery Query { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required ISnackbar Snackbars { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    /// <summary>"Lena Fischer retired from you at 21:32", "31 leads retired from you at 14:00".</summary>
    public static string Sentence(LeadsLost lost, DateTimeOffset now, TimeZoneInfo zone)
    {
        var who = lost.Leads == lost.Names.Count ? RetiredLot.Listed(lost.Names) : RetiredWords.Leads(lost.Leads);
        return $"{who} retired from you {TimeWords.MomentInFull(lost.At, now, zone).Replace("today ", "", StringComparison.Ordinal)}";
    }

    protected override async Task OnInitializedAsync()
    {
        _since = Clock.GetUtcNow();
        _actor = await Current.FindAsync() is { IsAgent: true } agent ? agent : null;
    }

    private async Task HearAsync(Wave wave)
    {
        if (!wave.IsMany && !wave.Leads.Any(l => l.Kind is LeadEventKind.Retired && l.Before?.OwnerId == _actor!.Id))
        {
            return;
        }

        if (await Query.ReadAsync(_since, _told, _actor!) is { } lost)
        {
            _told = lost.LastEvent;
            Snackbars.Add(Sentence(lost, Clock.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById(_actor!.TimeZone)), Severity.Normal);
        }
    }
}
