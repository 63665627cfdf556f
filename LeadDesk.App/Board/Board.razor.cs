using LeadDesk.App.Access;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Board;

/// <summary>The pipeline board of whoever looks: own leads, the team's, or all.</summary>
public sealed partial class Board : IDisposable
{
    private static readonly Topic[] _presence = [Topic.Presence];
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private OpenBoard _board = null!;
    private BoardFilter _filter = new();
    private Actor? _actor;
    private Desk? _desk;
    private IReadOnlyList<Topic> _topics = [];
    private LeadBoard? _view;
    private LiveRegion? _region;
    private ITimer? _timer;
    private string? _fact;
    private int _stale;
    private bool _isRead;
    private bool _hasFailed;
    private bool _hasLeft;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required BoardQuery Query { get; init; }
    [Inject] public required SetLeadStage SetStage { get; init; }
    [Inject] public required Presence Presence { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required ILogger<Board> Log { get; init; }

    [SupplyParameterFromQuery] private string? Owner { get; set; }
    [SupplyParameterFromQuery] private string? Team { get; set; }
    [SupplyParameterFromQuery] private string? Pool { get; set; }
    [SupplyParameterFromQuery] private string? Source { get; set; }
    [SupplyParameterFromQuery] private string? Tag { get; set; }
    [SupplyParameterFromQuery] private string? View { get; set; }
    [SupplyParameterFromQuery] private string? Sort { get; set; }

    public void Dispose()
    {
        _hasLeft = true;
        _timer?.Dispose();
        _board.Dispose();
    }

    protected override void OnInitialized()
    {
        _board = new(Query, SetStage, Directory, Presence, Clock, () => _view?.TouchedAsync() ?? Task.FromResult<IReadOnlySet<StageId>>(new HashSet<StageId>()));
        var toTheMinute = Minute - TimeSpan.FromTicks(Clock.GetUtcNow().Ticks % Minute.Ticks);
        _timer = Clock.CreateTimer(_ => _ = InvokeAsync(TickAsync), null, toTheMinute, Minute);
    }

    protected override Task OnParametersSetAsync() => ReadAsync();

    /// <summary>Reads what the address asks for, unless it is what is shown.</summary>
    private async Task ReadAsync()
    {
        var actor = await Current.GetAsync();
        var desk = await Directory.GetAsync();
        var filter = BoardFilter.Read(new(Owner, Team, Pool, Source, Tag, View, Sort), actor, desk);
        if (_isRead && filter == _filter)
        {
            return;
        }

        (_actor, _desk, _filter, _topics) = (actor, desk, filter, filter.Topics(actor));
        try
        {
            await _board.ReadAsync(filter, actor, desk);
            (_isRead, _hasFailed) = (true, false);
            Sum();
        }
        catch (Exception e) when (!_hasLeft)
        {
            Log.LogError(e, "A board could not be read");
            (_isRead, _hasFailed) = (false, true);
        }
    }

    private async Task HearAsync(Wave wave)
    {
        if (!_isRead)
        {
            return;
        }

        if (await _board.HearAsync(wave))
        {
            Show();
        }
    }

    private async Task LookAroundAsync()
    {
        if (_isRead && !_hasLeft && await _board.LookAroundAsync())
        {
            Show();
        }
    }

    private async Task TickAsync()
    {
        if (_isRead && !_hasLeft && await _board.TickAsync())
        {
            Show();
        }
    }

    /// <summary>One batch: the columns alone, or the whole page where its own words have changed too.</summary>
    private void Show()
    {
        if (!ReferenceEquals(_desk, _board.Desk))
        {
            (_desk, _actor, _filter) = (_board.Desk, _board.Actor, _board.Filter);
            _topics = _filter.Topics(_actor);
            Sum();
            StateHasChanged();
        }
        else if (Sum())
        {
            StateHasChanged();
        }
        else
        {
            _view?.Refresh();
        }
    }

    private void RenderIfFiguresChanged()
    {
        if (Sum())
        {
            StateHasChanged();
        }
    }

    /// <summary>True where the page's own words and numbers are others now.</summary>
    private bool Sum()
    {
        var before = (_fact, _stale);
        (_fact, _stale) = (BoardWords.Fact(_board), BoardWords.Stale(_board));
        return before != (_fact, _stale);
    }

    private Task SayAsync(string sentence) => _region?.SayAsync(sentence) ?? Task.CompletedTask;
}
