using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads.Grid;

/// <summary>Leads, General: find, sort and work any number of leads. The address says which, in which order.</summary>
public sealed partial class LeadList : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(3);

    private Actor? _actor;
    private Desk? _desk;
    private OpenList? _list;
    private GridShape? _shape;
    private LeadFilter _filter = new();
    private ListOrder _order;
    private IReadOnlyCollection<Topic> _topics = [];
    private CancellationTokenSource? _reading;
    private ITimer? _wake;
    private ITimer? _midnight;
    private BulkActs? _bulk;
    private LiveRegion? _region;
    private BatchId? _job;
    private (string Sentence, Tone Tone, IReadOnlyList<RefusedLead> Refused, int RefusedCount)? _said;
    private int _opened;
    private bool _loading;
    private bool _slow;
    private bool _failed;

    [Inject] public required LeadListQuery Query { get; init; }
    [Inject] public required ColumnsQuery Columns { get; init; }
    [Inject] public required KeepColumns Keep { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ILogger<LeadList> Log { get; init; }

    [SupplyParameterFromQuery(Name = "view")] private string? ViewWord { get; set; }
    [SupplyParameterFromQuery(Name = "status")] private string? StatusWord { get; set; }
    [SupplyParameterFromQuery(Name = "owner")] private string? OwnerWord { get; set; }
    [SupplyParameterFromQuery(Name = "team")] private string? TeamWord { get; set; }
    [SupplyParameterFromQuery(Name = "pool")] private string? PoolWord { get; set; }
    [SupplyParameterFromQuery(Name = "source")] private string? SourceWord { get; set; }
    [SupplyParameterFromQuery(Name = "tag")] private string? TagWord { get; set; }
    [SupplyParameterFromQuery(Name = "stage")] private string? StageWord { get; set; }
    [SupplyParameterFromQuery(Name = "open")] private string? OpenWord { get; set; }
    [SupplyParameterFromQuery(Name = "q")] private string? SearchWord { get; set; }
    [SupplyParameterFromQuery(Name = "sort")] private string? SortWord { get; set; }

    private string? Fact => Whose is null ? null : $"{Whose} · {ClockRule.Short(Period)}";

    private TimeSpan? Period => _desk?.Policy.PeriodAt(Clock.GetUtcNow());

    private string? Whose => _actor is not { } actor ? null
        : actor.MaySeeAllLeads ? "all teams"
        : actor.LeadsTeams.Count > 0 ? $"team {string.Join(", ", actor.LeadsTeams.Select(t => _desk?.Team(t)?.Name))}"
        : "yours";

    private string EmptySentence => _filter switch
    {
        { Search: { } search } => $"No lead that you may see matches '{search}'. Search ignores accents and spaces in numbers.",
        { View: LeadView.FollowUps } => "No follow-up is due.",
        { View: LeadView.Fresh } => "No lead is fresh. Every one was worked since it was assigned.",
        { View: LeadView.GoingStale } => "Nothing is going stale.",
        _ when _filter == new LeadFilter() => "No leads here yet.",
        _ => "No lead matches these filters.",
    };

    public void Dispose()
    {
        _reading?.Cancel();
        _wake?.Dispose();
        _midnight?.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.GetAsync();
        _desk = await Directory.GetAsync();
        _list = new(Query, Directory, Clock, _actor);
        _shape = new(
            await Columns.ForAsync(_actor), true, TimeZoneInfo.FindSystemTimeZoneById(_actor.TimeZone), Clock);
    }

    protected override Task OnParametersSetAsync()
    {
        var filter = LeadAddress.Read(ViewWord, StatusWord, OwnerWord, TeamWord, PoolWord, SourceWord, TagWord, StageWord, OpenWord, SearchWord);
        var order = ListOrder.Read(SortWord, filter);
        if (_list is null || (filter == _filter && order == _order && (_list.Tallies is not null || _loading)))
        {
            return Task.CompletedTask;
        }

        (_filter, _order, _topics) = (filter, order, ListNews.Topics(filter, _actor!));
        _list.WantsMore = _shape!.WantsMore;
        _shape = _shape!.With(_actor!.MayAssign || filter.Status is not LeadStatus.Retired);
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        await (_reading?.CancelAsync() ?? Task.CompletedTask);
        using var reading = new CancellationTokenSource();
        using var slow = Clock.CreateTimer(_ => _ = InvokeAsync(() => { _slow = _loading && _reading == reading; StateHasChanged(); }), null, _patience, Timeout.InfiniteTimeSpan);
        (_reading, _loading, _failed, _slow) = (reading, true, false, false);
        try
        {
            await _list!.OpenAsync(_filter, _order, reading.Token);
            _opened++;
        }
        catch (OperationCanceledException) when (reading.IsCancellationRequested)
        {
            return;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The lead list {Filter} in order {Order} could not be read", _filter, _order.Word);
            _failed = true;
        }
        finally
        {
            if (_reading == reading)
            {
                (_reading, _loading, _slow) = (null, false, false);
            }
        }

        Arm();
    }

    private async Task HearAsync(Wave wave)
    {
        if (_list?.Tallies is null)
        {
            return;
        }

        var (news, desk) = (_list.NewCount, await Directory.GetAsync());
        var changed = await _list.HearAsync(wave) || desk != _desk;
        _desk = desk;
        Arm();
        if (changed)
        {
            StateHasChanged();
        }

        if (_list.NewCount > news && _region is not null)
        {
            await _region.SayAsync($"{_list.NewCount} new leads match.");
        }
    }

    /// <summary>Timers for what ends by itself and for the next owner's midnight, when follow-ups fall due.</summary>
    private void Arm()
    {
        var now = Clock.GetUtcNow();
        _wake?.Dispose();
        _wake = _list?.WakeAt is { } at ? Clock.CreateTimer(_ => _ = InvokeAsync(() => ShowAsync(_list.WakeAsync())), null, Later(at), Timeout.InfiniteTimeSpan) : null;
        if (_midnight is null && _desk is { Employees.Count: > 0 } desk)
        {
            var next = desk.Employees.Select(e => e.TimeZone).Append(_actor!.TimeZone).Distinct().Min(zone => NextMidnight(now, zone));
            _midnight = Clock.CreateTimer(_ => _ = InvokeAsync(NewDayAsync), null, Later(next), Timeout.InfiniteTimeSpan);
        }

        TimeSpan Later(DateTimeOffset then) => then > now ? then - now : TimeSpan.Zero;
    }

    private static DateTimeOffset NextMidnight(DateTimeOffset now, string zone)
    {
        var there = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var midnight = TimeZoneInfo.ConvertTime(now, there).Date.AddDays(1);
        return new DateTimeOffset(midnight, there.GetUtcOffset(midnight)).ToUniversalTime();
    }

    private async Task NewDayAsync()
    {
        _midnight?.Dispose();
        _midnight = null;
        await _list!.RefreshAsync();
        Arm();
        StateHasChanged();
    }

    private async Task ShowAsync(Task<bool> act)
    {
        var changed = await act;
        Arm();
        if (changed)
        {
            StateHasChanged();
        }
    }
}
