using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Leads.Grid;

/// <summary>
/// A lead list as it stands open before one person: the rows around what they look at, what just happened to them, what is ticked.
/// Each act answers whether something that shows is different. For one circuit; not shared.
/// </summary>
public sealed class OpenList(LeadListQuery query, DeskDirectory directory, TimeProvider clock, Actor actor)
{
    /// <summary>So many rows are sent without waiting for a browser.</summary>
    public const int Page = 50;

    private static readonly TimeSpan _noteFor = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan _goneFor = TimeSpan.FromSeconds(8);

    private readonly HashSet<LeadId> _new = [];
    private Desk? _desk;
    private bool _outOfOrder;
    private DateTimeOffset? _orderAt;
    private int _opened;

    public LeadFilter Filter { get; private set; } = new();
    public ListOrder Order { get; private set; }

    /// <summary>Whether a column is shown that wants more of each lead; refresh after a change.</summary>
    public bool WantsMore { get; set; }

    /// <summary>None until first read.</summary>
    public LeadTallies? Tallies { get; private set; }

    public ListWindow Window { get; } = new();
    public ListSelection Selection { get; } = new();
    public IReadOnlyList<LeadRow> Rows => [.. Window.Leads.Select(l => l.Row)];
    public int NewCount => _new.Count;

    /// <summary>So much changed at once that rows come and go only when asked.</summary>
    public bool ManyChanged { get; private set; }

    /// <summary>Pointer or focus is in the list, or was two seconds ago; the browser says so.</summary>
    public bool IsTouched { get; private set; }

    /// <summary>Scrolled to its beginning; the browser says otherwise.</summary>
    public bool IsAtTop { get; private set; } = true;

    /// <summary>When something ends by itself: a note, a closed place, an order put off.</summary>
    public DateTimeOffset? WakeAt => Window.Lines.Select(l => l.Until).Append(_orderAt).Min();

    public async Task OpenAsync(LeadFilter filter, ListOrder order, CancellationToken ct = default)
    {
        var mine = ++_opened;
        var (rows, tallies) = await ReadAsync(filter, order, 0, Page, ct);
        if (mine != _opened)
        {
            return;
        }

        if (filter != Filter)
        {
            Selection.Clear();
        }

        (Filter, Order, IsAtTop) = (filter, order, true);
        Take(0, rows, tallies);
    }

    /// <summary>The first of the rows looked at, and how many there are; loads what is near them.</summary>
    public async Task<bool> ViewAsync(int first, int visible, CancellationToken ct = default)
    {
        IsAtTop = first == 0;
        var (from, to) = (Math.Max(0, first - (Page / 2)), Math.Min(Window.Extent, first + visible + (Page / 2)));
        if (from >= to || (from >= Window.Start && to <= Window.End))
        {
            return false;
        }

        var opened = _opened;
        if (from >= Window.End || to <= Window.Start)
        {
            var count = Math.Max(to - from, Page);
            var rows = await query.AtAsync(Filter, Order, from, count, actor, WantsMore, ct);
            if (opened == _opened)
            {
                Window.Land(from, rows, rows.Count < count, IsMore);
            }

            return true;
        }

        while (opened == _opened && to > Window.End && await GrowAsync(before: false, ct))
        {
        }

        while (opened == _opened && from < Window.Start && await GrowAsync(before: true, ct))
        {
        }

        if (opened == _opened)
        {
            Window.Trim(first, visible);
        }

        return true;
    }

    public async Task<bool> HearAsync(Wave wave)
    {
        var (opened, filter, desk) = (_opened, Filter, await directory.GetAsync());
        var changes = wave.Leads.GroupBy(c => c.LeadId).ToDictionary(g => g.Key, g => g.Last());
        var shown = Window.Leads.Select(l => l.Id).ToHashSet();
        var asked = changes.Values.Where(c => shown.Contains(c.LeadId) || IsTicked(c.LeadId) || ListNews.MayEnter(c, filter, actor, desk)).Select(c => c.LeadId).ToHashSet();
        if (wave.IsMany || desk != _desk)
        {
            asked.UnionWith(shown.Concat(Selection.Rows.Select(r => r.Id)));
        }

        var found = (await query.FindAsync(filter, asked, actor, WantsMore)).ToDictionary(r => r.Id);
        var tallies = await query.CountAsync(filter, actor);
        if (opened != _opened)
        {
            return false;
        }

        var changed = tallies != Tallies;
        Window.Count(Tallies!.Matching, tallies.Matching);
        (Tallies, _desk) = (tallies, desk);
        changed |= Apply(asked, found, changes, desk);
        ManyChanged |= wave.IsMany && changed;
        changed |= Notice(found.Values.Where(r => !shown.Contains(r.Id) && changes.ContainsKey(r.Id) && ListNews.MayEnter(changes[r.Id], filter, actor, desk)), desk);
        return await TidyAsync() || changed;
    }

    /// <summary>The pointer or the focus came into the list, or both have been out of it for a while.</summary>
    public Task<bool> TouchAsync(bool touched)
    {
        IsTouched = touched;
        return TidyAsync(handLeft: !touched);
    }

    /// <summary>What has had its time is taken away.</summary>
    public async Task<bool> WakeAsync()
    {
        var (any, closed) = Window.Calm(clock.GetUtcNow());
        if (closed && Window.Loaded < Math.Min(Page, Window.Extent - Window.Start))
        {
            await GrowAsync(before: false, default);
        }

        return await TidyAsync() || any;
    }

    /// <summary>Shows what waited: the list from its beginning, in its order.</summary>
    public Task ShowNewAsync() => OpenAsync(Filter, Order);

    /// <summary>The rows as they are now, at the same place.</summary>
    public async Task RefreshAsync()
    {
        var opened = _opened;
        var (rows, tallies) = await ReadAsync(Filter, Order, Window.Start, Math.Max(Page, Window.Loaded), default);
        if (opened == _opened)
        {
            Take(Window.Start, rows, tallies, Window.Leads.Where(l => l.Until is not null).ToDictionary(l => l.Id));
        }
    }

    /// <summary>Ticks what is loaded; asked again, everything that matches.</summary>
    public void TickAll()
    {
        if (Selection.AsFiltered is null && Window.Loaded > 0 && Window.Leads.All(l => Selection.Has(l.Id)))
        {
            Selection.TickAllMatching(Filter);
        }
        else
        {
            Selection.Tick(Rows);
        }
    }

    private bool IsMore => Tallies is { Matching.IsMore: true };

    private bool IsTicked(LeadId id) => Selection.AsFiltered is null && Selection.Has(id);

    private async Task<(IReadOnlyList<LeadRow> Rows, LeadTallies Tallies)> ReadAsync(LeadFilter filter, ListOrder order, int start, int count, CancellationToken ct)
    {
        _desk = await directory.GetAsync(ct);
        var tallies = query.CountAsync(filter, actor);
        return (await query.AtAsync(filter, order, start, count, actor, WantsMore, ct), await tallies.WaitAsync(ct));
    }

    private void Take(int start, IReadOnlyList<LeadRow> rows, LeadTallies tallies, Dictionary<LeadId, ListLine>? keep = null)
    {
        Window.Take(start, rows, tallies.Matching, keep);
        _new.Clear();
        (Tallies, ManyChanged, _outOfOrder, _orderAt) = (tallies, false, false, null);
    }

    private bool Apply(IEnumerable<LeadId> asked, Dictionary<LeadId, LeadRow> found, Dictionary<LeadId, LeadChange> changes, Desk desk)
    {
        var changed = false;
        var (now, lines, walk) = (clock.GetUtcNow(), Window.Leads.ToDictionary(l => l.Id), ListWalk.Of(Order, desk));
        foreach (var id in asked)
        {
            var (line, change) = (lines.GetValueOrDefault(id), changes.GetValueOrDefault(id));
            if (!found.TryGetValue(id, out var row))
            {
                changed |= Selection.Drop(id) | _new.Remove(id) | line is not null;
                line?.Leave(ListNews.Gone(change, desk, now, TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone)), now + _goneFor);
                continue;
            }

            Selection.Swap(row);
            var before = line?.Row;
            if (line?.Swap(row, change is null || change.ById == actor.Id ? null : ListNews.Note(change, desk), change is not null, now + _noteFor) == true)
            {
                changed = true;
                if (walk.IsBefore(before!, row) || walk.IsBefore(row, before!))
                {
                    (_outOfOrder, _orderAt) = (true, now + _noteFor);
                }
            }
        }

        return changed;
    }

    /// <summary>Rows that came, and belong above or between the loaded ones, wait to be shown.</summary>
    private bool Notice(IEnumerable<LeadRow> came, Desk desk)
    {
        var (walk, last, isWhole, before) = (ListWalk.Of(Order, desk), Window.Last?.Row, Window.End + _new.Count + 1 >= Tallies!.Matching.Count, _new.Count);
        _new.UnionWith(came.Where(r => last is null || isWhole || walk.IsBefore(r, last)).Select(r => r.Id));
        return _new.Count > before;
    }

    /// <summary>Puts rows where they belong, unless somebody's hand is in the list.</summary>
    private async Task<bool> TidyAsync(bool handLeft = false)
    {
        var orderIsDue = _outOfOrder && (handLeft || _orderAt <= clock.GetUtcNow());
        _orderAt = _orderAt <= clock.GetUtcNow() ? null : _orderAt;
        var comes = _new.Count > 0 || ManyChanged;
        if (IsTouched || !(comes || orderIsDue) || (comes && !(IsAtTop && Selection.IsEmpty)))
        {
            return false;
        }

        await RefreshAsync();
        return true;
    }

    private async Task<bool> GrowAsync(bool before, CancellationToken ct)
    {
        var opened = _opened;
        if ((before ? Window.First : Window.Last) is not { } edge)
        {
            return false;
        }

        var rows = await query.NextToAsync(Filter, Order, edge.Row, before, Page, actor, WantsMore, ct);
        return opened == _opened && Window.Grow(before, rows, rows.Count < Page, IsMore) && rows.Count == Page;
    }
}
