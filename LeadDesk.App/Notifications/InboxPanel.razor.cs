using LeadDesk.App.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace LeadDesk.App.Notifications;

/// <summary>The open inbox: what is new first, by day. J K walk (the browser does, by keys.js), Enter goes there, E reads, Shift+E reads all.</summary>
public sealed partial class InboxPanel
{
    private readonly Dictionary<long, ElementReference> _links = [];
    private ElementReference _panel;
    private long? _at;

    [Parameter, EditorRequired] public OpenInbox Inbox { get; set; } = null!;
    [Parameter, EditorRequired] public DateTimeOffset Now { get; set; }
    [Parameter, EditorRequired] public TimeZoneInfo Zone { get; set; } = TimeZoneInfo.Utc;
    [Parameter] public bool Failed { get; set; }
    [Parameter] public EventCallback<InboxLine> OnRead { get; set; }
    [Parameter] public EventCallback OnAllRead { get; set; }

    /// <summary>The line was opened; its link leads there by itself.</summary>
    [Parameter] public EventCallback<InboxLine> OnGo { get; set; }

    [Parameter] public EventCallback OnOlder { get; set; }
    [Parameter] public EventCallback OnClose { get; set; }
    [Parameter] public EventCallback OnAgain { get; set; }

    private IReadOnlyList<InboxLine> Walked => [.. Groups.SelectMany(g => g.Lines)];

    private IEnumerable<(string Title, IReadOnlyList<InboxLine> Lines)> Groups => Inbox.Lines
        .GroupBy(l => (l.IsNew, Day: DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(l.Line.At, Zone).Date)))
        .OrderByDescending(g => g.Key.IsNew).ThenByDescending(g => g.Key.Day)
        .Select(g => (Title(g.Key.IsNew, g.Key.Day), (IReadOnlyList<InboxLine>)[.. g.Select(l => l.Line)]));

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (firstRender)
        {
            await (Walked.Count > 0 ? _links[Walked[0].Key] : _panel).FocusAsync(preventScroll: true);
        }
    }

    private string Title(bool isNew, DateOnly day)
    {
        var word = TimeWords.Day(day, DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Zone).Date));
        return isNew ? $"New {word}" : $"{char.ToUpperInvariant(word[0])}{word[1..]}";
    }

    private Task KeyAsync(KeyboardEventArgs e) => e switch
    {
        { CtrlKey: true } or { AltKey: true } or { MetaKey: true } => Task.CompletedTask,
        { Key: "E" } => OnAllRead.InvokeAsync(),
        { Key: "e" } when Walked.FirstOrDefault(l => l.Key == _at) is { } line => OnRead.InvokeAsync(line),
        _ => Task.CompletedTask,
    };
}
