using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Leads;

/// <summary>
/// What every list of leads does that is read page by page, changes while someone looks and whose rows can be ticked. The list itself says what it
/// asks for and how it looks.
/// </summary>
/// <typeparam name="TRow">A record: rows are compared by value.</typeparam>
/// <typeparam name="TAsk">What the list is asked for: filter and order. Compared by value.</typeparam>
public abstract class LiveLeadList<TRow, TAsk> : ComponentBase, IDisposable where TRow : class, ILeadRow where TAsk : class
{
    public const int PageSize = 50;

    private TAsk? _shownFor;
    private ITimer? _clearing;
    private bool _reading;
    private bool _disposed;

    [Inject] public required TimeProvider Clock { get; init; }
    [Inject] public required NavigationManager Navigation { get; init; }
    [Inject] public required ILoggerFactory Logs { get; init; }

    [Parameter, EditorRequired] public Actor Actor { get; set; } = null!;
    [Parameter, EditorRequired] public Desk Desk { get; set; } = null!;
    [Parameter, EditorRequired] public LeadTicks<TRow> Ticks { get; set; } = null!;

    /// <summary>Other leads are ticked than before; with how many of them left by themselves.</summary>
    [Parameter] public EventCallback<int> OnTicks { get; set; }

    /// <summary>Leads came to the list: how many.</summary>
    [Parameter] public EventCallback<int> OnNews { get; set; }

    /// <summary>All that match, where that is known.</summary>
    [Parameter] public int? Matching { get; set; }

    [Parameter] public RenderFragment? Empty { get; set; }

    protected LiveRows<TRow> List { get; } = new();

    protected LiveTable? Table { get; set; }

    protected bool HasFailed { get; private set; }

    protected bool IsLoading => _shownFor is null;

    protected bool IsEmpty => List.Shown.Count == 0 && List.News == 0;

    protected bool MayTick => Actor.MayAssign;

    protected DateTimeOffset Now => Clock.GetUtcNow();

    protected TimeZoneInfo Zone => TimeZoneInfo.FindSystemTimeZoneById(Actor.TimeZone);

    protected int? RowCount => Matching is { } all ? Math.Max(all, List.Above + List.Shown.Count) + 1 : null;

    protected bool AllLoaded => List.Rows.Any() && List.Rows.All(r => Ticks.Has(r.Id));

    protected abstract TAsk Ask { get; }

    protected abstract Comparison<TRow> Order { get; }

    protected abstract Task<List<TRow>> PageAsync(TRow? after, bool back, int count);

    /// <summary>Which of these leads belong to the list now.</summary>
    protected abstract Task<Dictionary<LeadId, TRow>> FindAsync(IReadOnlyCollection<LeadId> leads);

    /// <summary>From the top.</summary>
    public async Task StartAsync()
    {
        var ask = Ask;
        try
        {
            var rows = await PageAsync(null, false, PageSize + 1);
            if (ask.Equals(Ask))
            {
                (HasFailed, _shownFor) = (false, ask);
                List.Start([.. rows.Take(PageSize)], rows.Count <= PageSize, Order);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
        }

        Show();
    }

    /// <summary>After an act of one's own: what left is gone at once, what stayed stays ticked.</summary>
    public async Task TakeInAsync(IReadOnlyCollection<LeadId> leads)
    {
        var now = await FindAsync(leads);
        List.Merge(leads, now, _ => null, Now);
        Ticks.Merge(leads, now);
        await FillAsync();
        Show();
    }

    public void Dispose()
    {
        _disposed = true;
        _clearing?.Dispose();
        GC.SuppressFinalize(this);
    }

    protected override Task OnParametersSetAsync()
    {
        if (Ask.Equals(_shownFor))
        {
            return Task.CompletedTask;
        }

        List.Forget();
        return StartAsync();
    }

    protected async Task HearAsync(Wave wave)
    {
        if (IsLoading)
        {
            return;
        }

        var told = wave.Leads.GroupBy(l => l.LeadId).ToDictionary(g => g.Key, g => g.Last());
        IReadOnlyCollection<LeadId> changed = wave.IsMany
            ? [.. List.Rows.Concat(Ticks.Rows).Concat(await PageAsync(null, false, PageSize)).Select(r => r.Id).Distinct()]
            : told.Keys;
        var (now, before) = (await FindAsync(changed), List.News);
        var different = List.Merge(changed, now, id => wave.IsMany || told[id].ById == Actor.Id ? null : LeftWords.Of(told[id], Desk), Now);
        var left = Ticks.Merge(changed, now);
        if (List.News > before)
        {
            await OnNews.InvokeAsync(List.News - before);
        }

        if (List.News > 0 && !Ticks.Any && (Table is null || await Table.IsFreeAsync()))
        {
            await StartAsync();
        }
        else if (different)
        {
            await FillAsync();
            Show();
        }

        Mourn();
        if (left > 0 || (Ticks.All && different))
        {
            await OnTicks.InvokeAsync(left);
        }
    }

    protected async Task ShowNewsAsync()
    {
        await StartAsync();
        await (Table?.ToTopAsync() ?? Task.CompletedTask);
    }

    protected Task MoreAsync() => ReadAsync(async () =>
    {
        var rows = await PageAsync(List.Last, false, PageSize + 1);
        List.Append([.. rows.Take(PageSize)], rows.Count <= PageSize);
    });

    protected Task EarlierAsync() => ReadAsync(async () =>
    {
        var rows = await PageAsync(List.First, true, PageSize);
        List.Prepend(rows, rows.Count < PageSize);
    });

    protected Task TickAsync(TRow row, bool ticked)
    {
        Ticks.Set(row, ticked, List.Rows);
        return OnTicks.InvokeAsync(0);
    }

    protected Task TickLoadedAsync(bool ticked)
    {
        if (ticked)
        {
            Ticks.SetMany(List.Rows, true);
        }
        else
        {
            Ticks.Clear();
        }

        return OnTicks.InvokeAsync(0);
    }

    protected Task KeyAsync(string key, LeadId lead)
    {
        switch (key)
        {
            case "Enter":
                Navigation.NavigateTo($"leads/{lead}");
                return Task.CompletedTask;
            case ".":
                return ShowNewsAsync();
            case "X" when MayTick && List.Rows.FirstOrDefault(r => r.Id == lead) is { } row:
                return TickAsync(row, !Ticks.Has(lead));
            default:
                return Task.CompletedTask;
        }
    }

    protected Task RangeAsync(LeadId from, LeadId to)
    {
        var rows = List.Rows.ToList();
        var (a, b) = (rows.FindIndex(r => r.Id == from), rows.FindIndex(r => r.Id == to));
        if (!MayTick || b < 0)
        {
            return Task.CompletedTask;
        }

        a = a < 0 ? b : a;
        Ticks.Only(rows.GetRange(Math.Min(a, b), Math.Abs(a - b) + 1));
        return OnTicks.InvokeAsync(0);
    }

    /// <summary>Ctrl+A: the loaded ones, and once more all that match.</summary>
    protected Task AllAsync()
    {
        if (!MayTick)
        {
            return Task.CompletedTask;
        }

        if (AllLoaded)
        {
            Ticks.TickAll();
        }
        else
        {
            Ticks.SetMany(List.Rows, true);
        }

        return OnTicks.InvokeAsync(0);
    }

    /// <summary>A list that ran empty from the top reads on without being scrolled.</summary>
    private Task FillAsync() => List is { AtEnd: false, Shown.Count: < PageSize / 2 } ? MoreAsync() : Task.CompletedTask;

    private async Task ReadAsync(Func<Task> read)
    {
        if (_reading)
        {
            return;
        }

        _reading = true;
        try
        {
            await read();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Fail(e);
        }
        finally
        {
            _reading = false;
        }

        Show();
    }

    private void Fail(Exception e)
    {
        Logs.CreateLogger(GetType()).LogError(e, "A list could not be read");
        HasFailed = true;
    }

    private void Show()
    {
        if (!_disposed)
        {
            StateHasChanged();
        }
    }

    private void Mourn()
    {
        _clearing?.Dispose();
        _clearing = List.NextClearing is { } next && !_disposed
            ? Clock.CreateTimer(_ => _ = InvokeAsync(ClearAway), null, next > Now ? next - Now : TimeSpan.Zero, Timeout.InfiniteTimeSpan)
            : null;
    }

    private void ClearAway()
    {
        if (List.Clear(Now))
        {
            Show();
        }

        Mourn();
    }
}
