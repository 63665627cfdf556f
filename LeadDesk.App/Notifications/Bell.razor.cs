using System.Globalization;
using LeadDesk.App.Access;
using LeadDesk.App.Live;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Notifications;

/// <summary>The bell of the app bar: how much is unread, and behind it the inbox. Listens to its reader's inbox only, and reads lines only while it is open.</summary>
public sealed partial class Bell
{
    private ElementReference _button;
    private Actor? _actor;
    private IReadOnlyList<Topic> _topics = [];
    private OpenInbox? _inbox;
    private int _unread;
    private bool _failed;

    [Inject] public required InboxQuery Query { get; init; }
    [Inject] public required MarkRead Mark { get; init; }
    [Inject] public required CurrentActor Current { get; init; }
    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required ILogger<Bell> Log { get; init; }

    private DateTimeOffset Now => Clock.GetUtcNow();
    private TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(_actor?.TimeZone ?? "UTC");
    private string Figure => _unread > InboxQuery.CountedTo ? $"{InboxQuery.CountedTo}+" : _unread.ToString(CultureInfo.CurrentCulture);
    private string Label => _unread == 0 ? "Notifications" : $"Notifications, {Figure} unread";

    protected override async Task OnInitializedAsync()
    {
        _actor = await Current.FindAsync();
        if (_actor is { Id: { } me })
        {
            _topics = [Topic.Inbox(me)];
            _unread = await Query.UnreadAsync(_actor);
        }
    }

    private async Task HearAsync(Wave wave)
    {
        if (await Current.FindAsync() is not { } actor)
        {
            return;
        }

        var before = _unread;
        (_actor, _unread) = (actor, await Query.UnreadAsync(actor));
        var different = before != _unread;
        if (_inbox is { } open)
        {
            different |= open.Merge(await Query.ReadAsync(actor));
        }

        if (different)
        {
            StateHasChanged();
        }
    }

    private Task ToggleAsync() => _inbox is null ? OpenAsync() : CloseAsync();

    private async Task OpenAsync()
    {
        var inbox = new OpenInbox();
        try
        {
            inbox.Open(await Query.ReadAsync(_actor!));
            _failed = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.LogError(e, "The inbox of employee {Employee} could not be read", _actor?.Id);
            _failed = true;
        }

        _inbox = inbox;
    }

    private async Task CloseAsync()
    {
        _inbox = null;
        await _button.FocusAsync(preventScroll: true);
    }

    private async Task ReadAsync(InboxLine line)
    {
        if (line.IsUnread)
        {
            await Mark.RunAsync(line.Ids, _actor!);
            await AfterwardsAsync();
        }
    }

    private async Task AllReadAsync()
    {
        if (_inbox is { HasUnread: true } inbox)
        {
            await Mark.AllAsync(inbox.Newest, _actor!);
            await AfterwardsAsync();
        }
    }

    /// <summary>The link itself leads there.</summary>
    private async Task GoAsync(InboxLine line)
    {
        _inbox = null;
        await ReadAsync(line);
    }

    private async Task OlderAsync()
    {
        if (_inbox is { Before: { } before } inbox)
        {
            inbox.Append(await Query.ReadAsync(_actor!, before));
        }
    }

    private async Task AfterwardsAsync()
    {
        _unread = await Query.UnreadAsync(_actor!);
        _inbox?.Merge(await Query.ReadAsync(_actor!));
    }
}
