using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement.Stale;

/// <summary>Team leads see their team's leads inside the warning window, managers all, agents their own: soonest first, and what can be done about each.</summary>
public sealed partial class GoingStale : IDisposable
{
    private const int Page = 200;

    private static readonly Topic[] _presence = [Topic.Presence];

    private readonly Dictionary<LeadId, StaleShown> _ended = [];
    private readonly List<ITimer> _timers = [];
    private Actor? _actor;
    private Desk? _desk;
    private StaleFilter _filter = new();
    private StaleList? _list;
    private IReadOnlyList<StaleDay> _days = [];
    private IReadOnlyList<StaleGroup> _groups = [];
    private IReadOnlyList<Topic> _topics = [];
    private IReadOnlyList<FilterOption<TeamId?>> _teams = [];
    private IReadOnlyList<FilterOption<EmployeeId?>> _agents = [];
    private LiveRegion? _region;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;
    private DateTimeOffset _now;
    private DateTimeOffset _daysReadAt;
    private DateOnly _today;
    private int _rows = Page;
    private bool _flat;
    private bool _failed;
    private string? _rule;
    private string _whose = "All teams";
    private string _empty = "";
    private string? _todayWords;

    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required StaleQuery Query { get; init; }
    [Inject] public required Presence Presence { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required ILogger<GoingStale> Log { get; init; }

    [SupplyParameterFromQuery(Name = "team")] public long? Team { get; set; }
    [SupplyParameterFromQuery(Name = "owner")] public long? Owner { get; set; }
    [SupplyParameterFromQuery(Name = "order")] public string? By { get; set; }

    private string? Fact => _list is null ? null
        : _list.Total == 0 ? "none now"
        : $"{_list.Total.ToString("N0", CultureInfo.CurrentCulture)} {_whose switch { "All teams" => "on the desk", "You" => "of yours", var w => $"in {w[..1].ToLowerInvariant()}{w[1..]}" }}, soonest in {Soonest()}";

    public void Dispose() => _timers.ForEach(t => t.Dispose());

    protected override Task OnParametersSetAsync()
    {
        _filter = new(Team is { } team ? new TeamId(team) : null, Owner is { } owner ? new EmployeeId(owner) : null);
        _flat = By == "soonest";
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        try
        {
            await ReadAsync(true);
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The leads going stale could not be read for {Actor}", _actor?.Name);
            _failed = true;
        }
    }

    private async Task ReadAsync(bool withDays)
    {
        _actor = await Current.GetAsync();
        _desk = await Directory.GetAsync();
        _zone = TimeZoneInfo.FindSystemTimeZoneById(_actor.TimeZone);
        _now = Clock.GetUtcNow();
        _today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(_now, _zone).DateTime);
        _topics = _filter.Topics(_actor);
        _teams = [.. _desk.Teams.Where(t => _actor.MaySeeAllLeads || _actor.LeadsTeams.Contains(t.Id)).Select(t => new FilterOption<TeamId?>(t.Id, t.Name))];
        _agents = [.. _desk.Employees.Where(e => e.IsActive && e.Roles.HasFlag(Roles.Agent) && MaySee(e)).Select(e => new FilterOption<EmployeeId?>(e.Id, e.Name))];
        _whose = _desk.Employee(_filter.OwnerId)?.Name
            ?? (_desk.Team(_filter.TeamId) is { } team ? $"Team {team.Name}"
            : _actor.MaySeeAllLeads ? "All teams"
            : _actor.LeadsTeams.Count > 0 ? $"Team {string.Join(", ", _actor.LeadsTeams.Select(t => _desk.Team(t)?.Name))}" : "You");
        _rule = _desk.Policy.PeriodAt(_now) is { } period ? $"Warning window {Span(_desk.Policy.WindowFor(period))} · period {Span(period)}" : "Retirement is off. No lead has a clock.";
        var before = _list;
        _list = await Query.ListAsync(_filter, _actor, _rows);
        await NoteEndsAsync(before);
        if (withDays || _now - _daysReadAt > TimeSpan.FromSeconds(5))
        {
            _days = await Query.DaysAsync(_filter, _actor);
            _daysReadAt = _now;
        }

        var (saved, retired) = await Query.TodayAsync(_filter, _actor);
        _todayWords = $"today {saved} saved, {retired} retired";
        _empty = _list.Total == 0 && await Query.NextAsync(_filter, _actor) is { } next ? $"Nothing is going stale. The next lead turns {TimeWords.MomentInFull(next, _now, _zone)}." : "Nothing is going stale.";
        Arrange();
    }

    private async Task HearAsync(Wave wave)
    {
        var (groups, days, today, rule, empty) = (_groups, _days, _todayWords, _rule, _empty);
        await ReadAsync(false);
        if (!Same(groups, _groups) || empty != _empty || !days.SequenceEqual(_days) || today != _todayWords || rule != _rule)
        {
            StateHasChanged();
        }
    }

    /// <summary>Somebody came to a lead or went: nothing is read for it.</summary>
    private Task LookAround()
    {
        if (_list is not null)
        {
            var groups = _groups;
            Arrange();
            if (!Same(groups, _groups))
            {
                StateHasChanged();
            }
        }

        return Task.CompletedTask;
    }

    private static bool Same(IReadOnlyList<StaleGroup> one, IReadOnlyList<StaleGroup> other) =>
        one.Count == other.Count && one.Zip(other).All(p => (p.First.Owner, p.First.Count, p.First.ToNudge) == (p.Second.Owner, p.Second.Count, p.Second.ToNudge) && p.First.Lines.SequenceEqual(p.Second.Lines));

    /// <summary>What left the list stays for eight seconds as a line that says why: saved in green, or gone.</summary>
    private async Task NoteEndsAsync(StaleList? before)
    {
        if (before is null || _list!.Rows.Count >= _rows)
        {
            return;
        }

        var left = before.Rows.ExceptBy(_list.Rows.Select(r => r.Id), r => r.Id).Where(r => !_ended.ContainsKey(r.Id)).Take(Wave.Many).ToList();
        if (left.Count == 0)
        {
            return;
        }

        var ends = (await Query.EndsAsync([.. left.Select(r => r.Id)], _actor!)).ToDictionary(e => e.Id);
        foreach (var row in left)
        {
            var words = Words(row, ends.GetValueOrDefault(row.Id));
            _ended[row.Id] = Show(row) with { End = words };
            _timers.Add(Clock.CreateTimer(_ => _ = InvokeAsync(() => Forget(row.Id)), null, TimeSpan.FromSeconds(8), Timeout.InfiniteTimeSpan));
            if (_region is not null)
            {
                await _region.SayAsync($"{row.Title} {words.Words}");
            }
        }
    }

    private void Forget(LeadId lead)
    {
        if (_ended.Remove(lead))
        {
            Arrange();
            StateHasChanged();
        }
    }

    private StaleEndWords Words(StaleRow row, StaleEnd? end)
    {
        var who = end?.ById == _actor!.Id ? "you" : _desk!.Employee(end?.ById)?.FirstName;
        return end switch
        {
            { Kind: LeadEventKind.Retired } => new(false, $"retired at {TimeWords.Moment(end.At, _now, _zone)}"),
            { OwnerId: not null } when end.OwnerId == row.OwnerId && end.ClockStart > row.ClockStart =>
                new(true, $"saved by {who}: {Did(end.Kind)}.{Ends(end)}"),
            { OwnerId: { } owner } when owner != row.OwnerId => new(false, $"reassigned to {NameOf(owner)} by {who}"),
            { OwnerId: null } => new(false, $"unassigned by {who}"),
            _ => new(false, "left the list"),
        };
    }

    private string Ends(StaleEnd end) =>
        _desk!.Clock(end.ClockStart, end.StageId, _now) is { } next ? $" Next clock ends {TimeWords.Moment(next.RetiresAt, _now, _zone)}." : "";

    private static string Did(LeadEventKind kind) => kind switch
    {
        LeadEventKind.Called => "logged a call",
        LeadEventKind.Commented => "commented",
        LeadEventKind.StageChanged => "changed its stage",
        LeadEventKind.CallTagApplied => "applied a call tag",
        _ => "worked it",
    };

    private void Arrange()
    {
        var shown = _list!.Rows.Select(r => Show(r)).Concat(_ended.Where(e => _list.Rows.All(r => r.Id != e.Key)).Select(e => e.Value)).OrderBy(s => s.Row.ClockStart).ThenBy(s => s.Row.Id).ToList();
        _groups = _flat || _agents.Count <= 1
            ? shown.Count == 0 ? [] : [new(default, null, _list.Total, 0, shown)]
            : [.. shown.GroupBy(s => s.Row.OwnerId).Select(g => new StaleGroup(
                g.Key, NameOf(g.Key), _list.ByOwner.GetValueOrDefault(g.Key), g.Count(l => l is { MayNudge: true, Nudged: null, End: null }), [.. g]))];
    }

    private StaleShown Show(StaleRow row)
    {
        var reading = _desk!.Clock(row.ClockStart, row.StageId, _now);
        var clock = reading is { } r ? new Countdown(r.Start, r.OldFrom, r.StaleFrom, r.RetiresAt) : new Countdown(row.ClockStart, row.ClockStart, row.ClockStart, row.ClockStart);
        return new(
            row, clock, _desk.Stage(row.StageId)?.Name ?? "", LastActivity(row),
            row.NudgedAt is { } at ? $"nudged {TimeWords.Moment(at, _now, _zone)} by {(row.NudgedById == _actor!.Id ? "you" : _desk.Employee(row.NudgedById)?.FirstName)}" : null,
            row.OwnerId != _actor!.Id && (_actor.MaySeeAllLeads || _actor.LeadsTeams.Count > 0),
            Presence.OthersAt(row.Id, _actor.Id, id => _desk.Employee(id)?.FirstName) is [var others, ..] ? others : null);
    }

    private string LastActivity(StaleRow row) => row.LastActivityAt is { } at ? $"{TimeWords.Moment(at, _now, _zone)}, {row.LastActivityKind switch
    {
        LeadEventKind.Called => "call",
        LeadEventKind.Commented => "comment",
        LeadEventKind.StageChanged => "stage",
        _ => "call tag",
    }}" : "never";

    private bool MaySee(Employee employee) => _actor!.MaySeeAllLeads || employee.Id == _actor.Id || (employee.TeamId is { } team && _actor.LeadsTeams.Contains(team));

    private string NameOf(EmployeeId id) => _desk?.Employee(id)?.Name ?? "Somebody";

    private string Soonest() => _list!.Rows.Count > 0 && _desk!.Clock(_list.Rows[0].ClockStart, _list.Rows[0].StageId, _now) is { } reading ? TimeWords.Left(reading.RetiresAt - _now) : "a while";

    private static string Span(TimeSpan span) => span.TotalDays >= 1 && span.Ticks % TimeSpan.TicksPerDay == 0 ? $"{span.Days} d" : TimeWords.Left(span);

    private sealed record StaleGroup(EmployeeId Owner, string? Name, int Count, int ToNudge, IReadOnlyList<StaleShown> Lines);
}
