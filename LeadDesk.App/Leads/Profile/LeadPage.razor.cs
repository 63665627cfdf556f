using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Leads.Profile;

/// <summary>
/// Everything about one lead and every act on it. It reads again whenever the lead changed and shows only what is different; what is being typed
/// is never touched. A lead that leaves its reader turns it read-only, and from then on it hears nothing more.
/// </summary>
public sealed partial class LeadPage : IAsyncDisposable
{
    private readonly CancellationTokenSource _gone = new();
    private IReadOnlyCollection<Topic> _topics = [];
    private Face _face = Face.Loading;
    private LeadProfile? _profile;
    private Actor? _actor;
    private long _read;
    private int _turn;
    private int _taken;
    private bool _heardWhileLoading;
    private bool _readsEarlier;
    private int _shown = ProfileQuery.PageSize;
    private DateTimeOffset _now;
    private bool _details;
    private bool _asksForDraft;
    private LiveRegion? _region;
    private BrowserModule? _module;
    private ITimer? _wake;

    private enum Face
    {
        Loading,
        Ready,
        Missing,
        Failed,
    }

    [Inject] public required ProfileQuery Query { get; init; }
    [Inject] public required OwnerChoicesQuery OwnerChoices { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required ILogger<LeadPage> Log { get; init; }

    [Parameter] public long Id { get; set; }

    /// <summary>"call" or "comment" opens that form.</summary>
    [SupplyParameterFromQuery] public string? Act { get; set; }

    private LeadId LeadId => new(Id);
    private LeadFacts Facts => _profile!.Facts;
    private string Title => _face switch { Face.Ready => Facts.Title, Face.Loading => "Lead", Face.Missing => "No lead here", _ => "Lead" };
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_actor?.TimeZone ?? "UTC");
    private DateOnly Today => LocalMoments.Day(_now, Zone);
    private DateOnly FollowUpToday => LocalMoments.Day(_now, TimeZoneInfo.FindSystemTimeZoneById(Facts.FollowUpZone));
    private bool ReadOnly => _left is not null || _vanished || !_profile!.MayWork;
    private string? Step => _profile!.Clock.Countdown is { } countdown ? Countdown.Word(countdown.StepAt(_now)) : null;

    public async ValueTask DisposeAsync()
    {
        _stay?.Dispose();
        await _gone.CancelAsync();
        if (_wake is not null)
        {
            await _wake.DisposeAsync();
        }

        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }

    protected override async Task OnParametersSetAsync()
    {
        if (_read == Id)
        {
            return;
        }

        _read = Id;
        await ReadAnewAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        BeSeen();
        if (!_asksForDraft || _face is not Face.Ready)
        {
            return;
        }

        _asksForDraft = false;
        _module ??= await BrowserModule.OpenAsync(Js, "profile.js");
        var begun = await _module.AskAsync<string>("begun", $"{_actor?.Id}:{Id}");
        if (_writing is Writing.Nothing && begun is "call" or "comment" && !_vanished && (_left is not null || !ReadOnly))
        {
            _writing = begun is "call" ? Writing.Call : Writing.Comment;
            StateHasChanged();
        }
    }

    private async Task ReadAnewAsync()
    {
        (_face, _profile, _left, _vanished, _race, _said, _form, _refusal, _writing, _menu) = (Face.Loading, null, null, false, null, null, null, null, Writing.Nothing, ActMenu.None);
        _asking = null;
        (_shown, _details, _heardWhileLoading, _topics) = (ProfileQuery.PageSize, false, false, [Topic.Lead(LeadId), Topic.Desk]);
        var turn = ++_turn;
        try
        {
            _actor = await Current.GetAsync();
            var profile = await Query.AskAsync(LeadId, _actor, _shown, _gone.Token);
            if (turn < _turn)
            {
                return;
            }

            _taken = turn;
            Take(profile);
            _face = _profile is null ? Face.Missing : Face.Ready;
            _presence = _face is Face.Ready && _left is null ? [Topic.PresenceAt(LeadId)] : [];
            await SeeOthersAsync();
        }
        catch (Exception e) when (e is not OperationCanceledException and not UnauthorizedAccessException)
        {
            Log.LogError(e, "Lead {Lead} could not be read", Id);
            _face = Face.Failed;
            return;
        }

        _topics = _face is Face.Ready && _left is null ? _topics : [];
        if (_face is Face.Ready)
        {
            _asksForDraft = true;
            if (!ReadOnly && Act is "call" or "comment")
            {
                _writing = Act is "call" ? Writing.Call : Writing.Comment;
            }

            if (_heardWhileLoading)
            {
                await ReadAgainAsync();
            }
        }
    }

    private async Task HearAsync(Wave wave)
    {
        _heardWhileLoading = _face is Face.Loading;
        if (_face is Face.Ready && await ReadAgainAsync())
        {
            StateHasChanged();
        }
    }

    private async Task ShowEarlierAsync()
    {
        _readsEarlier = true;
        _shown = Math.Min(_shown + ProfileQuery.PageSize, ProfileQuery.LongestHistory);
        try
        {
            await ReadAgainAsync();
        }
        finally
        {
            _readsEarlier = false;
        }
    }

    /// <summary>True where something that is shown is different.</summary>
    private async Task<bool> ReadAgainAsync()
    {
        if (await Current.FindAsync() is not { } actor || _left is not null || _vanished)
        {
            return false;
        }

        _actor = actor;
        var (before, id, turn) = (_profile, Id, ++_turn);
        var after = await Query.AskAsync(LeadId, actor, _shown, _gone.Token);
        if (id != Id || turn < _taken || _left is not null || _face is not Face.Ready)
        {
            return false;
        }

        _taken = turn;
        if (after is null)
        {
            (_vanished, _topics, _menu) = (true, [], ActMenu.None);
            (_presence, _others) = ([], new([]));
            return true;
        }

        if (after.Equals(before))
        {
            return false;
        }

        Take(after);
        await NoteNewsAsync(before, after);
        return true;
    }

    private void Take(LeadProfile? profile)
    {
        (_profile, _now) = (profile, Clock.GetUtcNow());
        if (profile?.Left is { } left)
        {
            (_left, _topics, _menu) = (left, [], ActMenu.None);
            (_presence, _others) = ([], new([]));
        }

        WakeNext();
    }

    /// <summary>Words that name days, and the ten minutes of last words, change by themselves: at the reader's midnight, at the new period, at the end of the ten minutes.</summary>
    private void WakeNext()
    {
        _wake?.Dispose();
        DateTimeOffset?[] moments = [LocalMoments.NextMidnight(_now, Zone), _profile?.Clock.NextFrom, _left?.Until];
        var next = moments.Where(m => m > _now).Min()!.Value;
        _wake = Clock.CreateTimer(_ => _ = InvokeAsync(WakeAsync), null, next - _now, Timeout.InfiniteTimeSpan);
    }

    private async Task WakeAsync()
    {
        if (_gone.IsCancellationRequested || _face is not Face.Ready)
        {
            return;
        }

        if (_left is null)
        {
            await ReadAgainAsync();
        }

        _now = Clock.GetUtcNow();
        WakeNext();
        StateHasChanged();
    }
}
