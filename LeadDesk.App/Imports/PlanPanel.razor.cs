using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Imports;

/// <summary>The whole file decided before anything is stored; what is to be created is ticked here and nowhere else.</summary>
public sealed partial class PlanPanel : IDisposable
{
    private readonly HashSet<(string Kind, string Name)> _left = [];
    private CancellationTokenSource _looking = new();
    private FileSurvey? _survey;
    private ImportPreview? _preview;
    private NewNames _missing = NewNames.None;
    private string? _refused;
    private int _read;
    private int _total;
    private bool _failing;
    private bool _starting;

    [Inject] public required ImportPreviewQuery Preview { get; init; }
    [Inject] public required StartImport Starter { get; init; }
    [Inject] public required WaitingFiles Waiting { get; init; }
    [Inject] public required DeskDirectory Directory { get; init; }

    [Parameter, EditorRequired] public ImportDraft Draft { get; set; } = null!;
    [Parameter, EditorRequired] public ImportOrder Order { get; set; } = null!;
    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter] public EventCallback OnBack { get; set; }
    [Parameter] public EventCallback<BatchId> OnStarted { get; set; }

    private IEnumerable<(string Word, string Icon, IReadOnlyList<string> Names)> Kinds =>
        new[] { ("Pools", "pool", _missing.Pools), ("Sources", "source", _missing.Sources), ("Tags", "tag", _missing.Tags) }.Where(k => k.Item3.Count > 0);

    private bool MayStart => !_starting && _refused is null && _preview is { } p && p.New + p.Update > 0;

    private string StartWord => _preview switch
    {
        { New: > 0, Update: > 0 } p => $"Create {ImportWords.Figure(p.New)}, update {ImportWords.Figure(p.Update)}",
        { Update: > 0 } p => $"Update {ImportWords.Leads(p.Update)}",
        { New: > 0 } p => $"Create {ImportWords.Leads(p.New)}",
        { } => "Nothing to import",
        null => "Import",
    };

    public void Dispose()
    {
        _looking.Cancel();
        _looking.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        var surveyed = await Task.Run(() => FileSurvey.Run(Draft.Path, Order.Shape, Order.Mapping, Order.Pool, _looking.Token));
        if (surveyed.Value is not { } survey)
        {
            _refused = surveyed.Refusal!.Sentence;
            return;
        }

        (_survey, _total, _missing) = (survey, survey.Rows, survey.Missing(await Directory.GetAsync()));
        await LookAsync();
    }

    private static (RowVerdict, int)[] Counts(ImportPreview preview) =>
        [(RowVerdict.New, preview.New), (RowVerdict.Update, preview.Update), (RowVerdict.AlreadyThere, preview.AlreadyThere), (RowVerdict.Fails, preview.Fails)];

    private NewNames Ticked() => new(Kept("Sources", _missing.Sources), Kept("Pools", _missing.Pools), Kept("Tags", _missing.Tags));

    private IReadOnlyList<string> Kept(string kind, IReadOnlyList<string> names) => [.. names.Where(n => !_left.Contains((kind, n)))];

    private Task TickAsync((string, string) name, bool on)
    {
        _ = on ? _left.Remove(name) : _left.Add(name);
        return LookAsync();
    }

    /// <summary>Reads the file by a thread of its own; a newer look ends an older one.</summary>
    private async Task LookAsync()
    {
        await _looking.CancelAsync();
        _looking.Dispose();
        _looking = new();
        var (ct, create) = (_looking.Token, Ticked());
        (_preview, _read) = (null, 0);
        StateHasChanged();
        try
        {
            var progress = new Progress<int>(rows => Show(rows, ct));
            _preview = await Task.Run(() => Preview.RunAsync(Draft.Path, Order, create, Actor, progress, ct), ct);
        }
        catch (OperationCanceledException)
        {
            // The page was left, or another tick looks anew.
        }
    }

    private void Show(int rows, CancellationToken ct)
    {
        // A wave of progress costs a render batch each: one per cent of the file is enough.
        if (!ct.IsCancellationRequested && rows - _read >= Math.Max(1_000, _total / 50))
        {
            _read = rows;
            StateHasChanged();
        }
    }

    private async Task StartAsync()
    {
        _starting = true;
        var started = await Starter.RunAsync(Order, Draft.Path, _survey!.Rows, Ticked(), Actor);
        _starting = false;
        if (started.Refusal is { } refusal)
        {
            _refused = refusal.Sentence;
            return;
        }

        Waiting.Remove(Actor.Id!.Value, Draft.Token);
        await OnStarted.InvokeAsync(started.Value);
    }
}
