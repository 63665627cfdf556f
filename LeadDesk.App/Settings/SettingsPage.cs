using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Settings;

/// <summary>What the pages of the small lists have in common: read, listen, act, read again.</summary>
public abstract class SettingsPage : ComponentBase
{
    protected static readonly IReadOnlyCollection<Topic> Topics = [Topic.Desk];

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required SettingUsesQuery Uses { get; init; }
    [Inject] public required ILogger<SettingsPage> Log { get; init; }

    /// <summary>None before the first answer.</summary>
    protected IReadOnlyList<SettingRow>? Rows { get; private set; }

    protected bool Failed { get; private set; }
    protected Desk Desk { get; private set; } = null!;

    protected abstract Task<IReadOnlyList<SettingRow>> RowsAsync(Desk desk, Actor actor);

    protected override Task OnInitializedAsync() => ReadAsync();

    protected async Task HearAsync()
    {
        var (rows, failed) = (Rows, Failed);
        await ReadAsync();
        if (failed != Failed || rows is null || Rows is null || !rows.SequenceEqual(Rows))
        {
            StateHasChanged();
        }
    }

    protected async Task ReadAsync()
    {
        try
        {
            var actor = await Current.GetAsync();
            Desk = await Directory.GetAsync();
            (Rows, Failed) = (await RowsAsync(Desk, actor), false);
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "A settings list could not be read");
            Failed = true;
        }
    }

    /// <summary>Acts as whoever sits here, and shows what became of it.</summary>
    protected async Task<Outcome> ActAsync(Func<Actor, Task<Outcome>> act)
    {
        var outcome = await act(await Current.GetAsync());
        await ReadAsync();
        StateHasChanged();
        return outcome;
    }
}
