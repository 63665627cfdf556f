using System.Globalization;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace LeadDesk.App.Leads.Profile.Forms;

/// <summary>
/// The call in one form: outcome, note, duration, when, next follow-up. It keeps what is typed whatever happens to the lead meanwhile;
/// the browser keeps it too, until it is saved.
/// </summary>
public sealed partial class CallComposer : IAsyncDisposable
{
    public static readonly string LimitWords = $"A text here ends at {Lead.LongestText.ToString("N0", CultureInfo.InvariantCulture)} characters. What was beyond is not in it.";

    private static readonly TimeSpan _longestRunning = TimeSpan.FromHours(24);

    private ElementReference _root;
    private BrowserModule? _module;
    private DateTimeOffset _openedAt;
    private CallTagId? _outcome;
    private string _note = "";
    private int? _minutes;
    private DateTime? _happened;
    private DateOnly? _next;
    private TimeOnly? _nextAt;
    private bool _earlier;
    private bool _planning;

    [Inject] public required IJSRuntime Js { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }

    [Parameter, EditorRequired] public Listed<CallTagChoice> Outcomes { get; set; } = null!;
    [Parameter, EditorRequired] public string DraftKey { get; set; } = "";

    /// <summary>What saving does to the clock, said beforehand.</summary>
    [Parameter] public string? Hint { get; set; }

    /// <summary>The lead has left: the call is kept, nothing is planned with it.</summary>
    [Parameter] public bool IsLastWord { get; set; }

    /// <summary>What happened to the lead since this was opened.</summary>
    [Parameter] public RenderFragment? News { get; set; }

    [Parameter] public Refusal? Refusal { get; set; }
    [Parameter] public bool Busy { get; set; }
    [Parameter] public DateOnly Today { get; set; }
    [Parameter] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;
    [Parameter] public EventCallback<CallForm> OnSave { get; set; }
    [Parameter] public EventCallback OnCancel { get; set; }

    private string Running => ((int)(Clock.GetUtcNow() - _openedAt).TotalMinutes).ToString(CultureInfo.InvariantCulture);

    private string FollowUpWords => _next is { } on ? $"Next follow-up {TimeWords.Day(on, Today)}{(_nextAt is { } at ? at.ToString(" HH:mm", CultureInfo.InvariantCulture) : "")}" : "Next follow-up";

    public async ValueTask DisposeAsync()
    {
        if (_module is not null)
        {
            await _module.DisposeAsync();
        }
    }

    protected override void OnInitialized() => _openedAt = Clock.GetUtcNow();

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
        {
            return;
        }

        await _root.FocusAsync();
        _module = await BrowserModule.OpenAsync(Js, "profile.js");
        await _module.CallAsync("restore", _root);
    }

    /// <summary>A draft that came back goes on counting from when it was begun.</summary>
    private void GoOnFrom(object? milliseconds)
    {
        if (long.TryParse(milliseconds as string, NumberStyles.None, CultureInfo.InvariantCulture, out var from)
            && from <= Clock.GetUtcNow().ToUnixTimeMilliseconds() && from >= (Clock.GetUtcNow() - _longestRunning).ToUnixTimeMilliseconds())
        {
            _openedAt = DateTimeOffset.FromUnixTimeMilliseconds(from);
        }
    }

    private void Plan((DateOnly? On, TimeOnly? At) chosen) => (_next, _nextAt, _planning) = (chosen.On, chosen.At, false);

    private Task SaveAsync()
    {
        var running = Clock.GetUtcNow() - _openedAt;
        var duration = _minutes is { } minutes ? TimeSpan.FromMinutes(minutes) : running < _longestRunning ? TimeSpan.FromSeconds(Math.Floor(running.TotalSeconds)) : (TimeSpan?)null;
        return OnSave.InvokeAsync(new(_outcome, _note, duration, _earlier && _happened is { } at ? LocalMoments.ToUtc(at, Zone) : null, _next, _nextAt));
    }
}
