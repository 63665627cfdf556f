using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Requests;

/// <summary>The queue of data change requests that a manager keeps open all day.</summary>
public sealed partial class Approvals : IDisposable
{
    private readonly OpenQueue _queue = new();

    /// <summary>Where the manager walked by themselves: the address follows, and does not call them back.</summary>
    private readonly HashSet<RequestId> _walked = [];

    private ApprovalsFilter _filter = new(false, null, null, null);
    private Actor? _actor;
    private Desk? _desk;
    private QueueFigures? _figures;
    private RequestPreview? _preview;
    private int _turn;
    private int _news;
    private bool _sheet;
    private bool _failed;
    private ITimer? _clearing;
    private ApprovalQueue? _list;
    private LiveRegion? _region;

    [Inject] public required ApprovalsQuery Query { get; init; }
    [Inject] public required RequestPreviewQuery Previews { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required IOptions<RequestOptions> Options { get; init; }
    [Inject] public required ILogger<Approvals> Log { get; init; }

    [SupplyParameterFromQuery(Name = "view")] public string? View { get; set; }
    [SupplyParameterFromQuery(Name = "team")] public long? Team { get; set; }
    [SupplyParameterFromQuery(Name = "agent")] public long? Agent { get; set; }
    [SupplyParameterFromQuery(Name = "tag")] public long? TagNumber { get; set; }
    [SupplyParameterFromQuery(Name = "request")] public long? RequestNumber { get; set; }

    private DateTimeOffset Now => Clock.GetUtcNow();
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_actor?.TimeZone ?? "UTC");
    private TimeSpan RemindAfter => Options.Value.RemindAfter;

    private IReadOnlyCollection<Topic> Topics => _preview is { } p ? [Topic.Requests, Topic.Desk, Topic.Lead(p.Lead.Id)] : [Topic.Requests, Topic.Desk];

    private IReadOnlyList<FilterOption<long?>> Agents =>
        [.. _desk!.Employees.Where(e => e.Roles.HasFlag(Roles.Agent) && (_filter.Team is null || e.TeamId == _filter.Team)).Select(e => new FilterOption<long?>(e.Id.Value, e.Name))];

    public void Dispose() => _clearing?.Dispose();

    protected override async Task OnParametersSetAsync()
    {
        var filter = new ApprovalsFilter(
            View == "decided", Team is { } team ? new TeamId(team) : null, Agent is { } agent ? new EmployeeId(agent) : null, TagNumber is { } tag ? new TagId(tag) : null);
        if (_actor is null || filter != _filter)
        {
            _filter = filter;
            await OpenAsync();
        }
        else if (RequestNumber is { } number && !_walked.Remove(new(number)) && _queue.Current != new RequestId(number))
        {
            _queue.Choose(new(number));
            await LookAsync();
        }
    }

    private static string Waits(int count) => count switch
    {
        0 => "nothing waits",
        1 => "1 waits",
        > ApprovalsQuery.CountedTo => "10,000+ wait",
        _ => $"{count.ToString("N0", CultureInfo.CurrentCulture)} wait",
    };

    private string Nothing(QueueFigures figures) => _filter.Decided ? "Nothing was decided yet."
        : figures is { DecidedToday: > 0 and var today, Median: { } median } ? string.Create(CultureInfo.CurrentCulture, $"Nothing waits. You decided {today:N0} today, median {TimeWords.Left(median)}.")
        : "Nothing waits.";

    private Task AgainAsync() => OpenAsync();

    private async Task OpenAsync()
    {
        try
        {
            (_actor, _desk) = (await Current.GetAsync(), await Directory.GetAsync());
            var rows = await Query.PageAsync(_filter, null, ApprovalsQuery.PageSize, _actor);
            _figures = await Query.FiguresAsync(_filter, _actor);
            _queue.Open(rows, rows.Count < ApprovalsQuery.PageSize, RequestNumber is { } number ? new RequestId(number) : null);
            (_news, _failed, _receipt) = (0, false, null);
            await LookAsync();
        }
        catch (Exception e) when (e is not (OperationCanceledException or UnauthorizedAccessException))
        {
            Log.LogError(e, "The queue of requests could not be read");
            _failed = true;
        }
    }

    /// <summary>Reads the request where the manager is. Whoever walks on meanwhile sees only the last one.</summary>
    private async Task LookAsync()
    {
        (_wrong, _refused) = (null, null);
        var id = _queue.Current;
        var found = id is { } request ? await Previews.FindAsync(request, _actor!) : null;
        if (id == _queue.Current)
        {
            _preview = found;
            _sheet &= found is not null;
        }
    }

    private async Task HearAsync(Wave wave)
    {
        var (actor, desk) = (_actor, _desk);
        (_actor, _desk) = (await Current.GetAsync(), await Directory.GetAsync());
        var figures = await Query.FiguresAsync(_filter, _actor);
        var different = (actor, desk) != (_actor, _desk) || figures != _figures;
        _figures = figures;
        different |= await MergeAsync();
        if (_queue.Current is { } id && await Previews.FindAsync(id, _actor) is var preview && id == _queue.Current && !(preview?.ShowsLike(_preview) ?? _preview is null))
        {
            await SayFateAsync(_preview?.Request, preview?.Request);
            (_preview, different) = (preview, true);
        }

        if (different)
        {
            StateHasChanged();
        }
    }

    private async Task<bool> MergeAsync()
    {
        var (turn, filter) = (++_turn, _filter);
        var count = Math.Max(ApprovalsQuery.PageSize, filter.Decided ? 0 : _queue.Waiting.Count());
        var rows = await Query.PageAsync(filter, null, count, _actor!);
        var others = filter.Decided ? [] : await Query.FindAsync(_queue.MissingIn(rows), _actor!);
        if (turn != _turn || filter != _filter)
        {
            // Somebody read later, and so knows more.
            return true;
        }

        if (_filter.Decided)
        {
            var (known, before) = (_queue.Lines.Select(l => l.Row.Id).ToHashSet(), _news);
            _news = rows.Count(r => !known.Contains(r.Id));
            return _news != before;
        }

        var (had, hadAll) = (_queue.Waiting.Select(r => r.Id).ToHashSet(), _queue.AtEnd);
        var (over, different) = _queue.Merge(rows, others, rows.Count < count, Now);
        // Where more waits than is loaded, what comes into the list has waited behind it, and what is new stands behind that.
        var came = hadAll ? _queue.Waiting.Where(r => !had.Contains(r.Id)).ToList() : [];
        if (over.Count > 0)
        {
            _clearing ??= Clock.CreateTimer(_ => _ = InvokeAsync(ClearTombs), null, OpenQueue.Mourning, OpenQueue.Mourning / 4);
        }

        if (came.Count > 0)
        {
            await SayAsync(came.Count == 1 ? $"New: {RequestWords.Spoken(came[0], _desk!, Now)}." : $"{came.Count} new requests.");
        }

        return different;
    }

    /// <summary>Somebody else ended the request that stands open.</summary>
    private Task SayFateAsync(RequestRow? before, RequestRow? after) =>
        before is { Waits: true } && after is { Waits: false } && after.Id == before.Id && after.DecidedById != _actor!.Id
            ? SayAsync($"{RequestWords.Fate(after, _desk!, _actor.Id)}: {RequestWords.Wish(after, _desk!)}, {after.Lead}.")
            : Task.CompletedTask;

    private void ClearTombs()
    {
        var cleared = _queue.Clear(Now);
        if (_queue.Lines.All(l => l.IsLive || l.Row.Id == _queue.Current))
        {
            _clearing?.Dispose();
            _clearing = null;
        }

        if (cleared)
        {
            StateHasChanged();
        }
    }

    private Task SayAsync(string sentence) => _region?.SayAsync(sentence) ?? Task.CompletedTask;

    private void Go(ApprovalsFilter filter) => Navigation.NavigateTo(Navigation.GetUriWithQueryParameters(new Dictionary<string, object?>
    {
        ["view"] = filter.Decided ? "decided" : null,
        ["team"] = filter.Team?.Value,
        ["agent"] = filter.Agent?.Value,
        ["tag"] = filter.Tag?.Value,
        ["request"] = null,
    }), replace: true);
}
