using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Board;

/// <summary>
/// One open board: its columns, what others change in them, and the moves made on it. Belongs to one circuit and is used only there;
/// what it reads it takes in by turns, so that an older answer never covers a newer one.
/// </summary>
/// <param name="touched">Asks the browser in which columns there is a hand, or which are scrolled away from their top.</param>
public sealed partial class OpenBoard(BoardQuery query, SetLeadStage setStage, DeskDirectory directory, Presence presence, TimeProvider clock, Func<Task<IReadOnlySet<StageId>>> touched) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);

    private bool _showsOthers;

    /// <summary>Moves that the database has not answered yet.</summary>
    private readonly Dictionary<LeadId, StageId> _moving = [];

    private readonly Dictionary<LeadId, Task> _answers = [];

    /// <summary>Moves made here whose notice has not come back yet: this board says nothing more about them.</summary>
    private readonly HashSet<(LeadId Lead, StageId Stage)> _made = [];

    public BoardFilter Filter { get; private set; } = new();
    public Actor Actor { get; private set; } = null!;
    public BoardLens Lens { get; private set; } = null!;
    public IReadOnlyList<BoardColumn> Columns { get; private set; } = [];

    public Desk Desk => Lens.Desk;
    public bool IsEmpty => Columns.All(c => c.Figures.Leads == 0);

    public BoardColumn? Column(StageId id) => Columns.FirstOrDefault(c => c.Id == id);

    public BoardCard? Card(LeadId id) => ColumnOf(id)?.Find(id);

    public BoardColumn? ColumnOf(LeadId id) => Columns.FirstOrDefault(c => c.Find(id) is not null);

    public void Dispose() => _turn.Dispose();

    /// <summary>Reads everything anew, in order.</summary>
    public Task ReadAsync(BoardFilter filter, Actor actor, Desk desk) => InTurnAsync(async () =>
    {
        await ReadAllAsync(filter, actor, desk);
        return true;
    });

    /// <summary>Takes in a wave of changes. False when the board looks as before.</summary>
    public Task<bool> HearAsync(Wave wave) => InTurnAsync(async () =>
    {
        var desk = await directory.GetAsync();
        if (!ReferenceEquals(desk, Desk))
        {
            if (Actor.Id is { } me && desk.Actor(me) is { } actor)
            {
                await ReadAllAsync(Filter, actor, desk);
                return true;
            }

            return false;
        }

        if (wave.IsMany || wave.Leads.Count == 0)
        {
            return await LearnAsync(Columns, []);
        }

        List<LeadChange> mine = [.. wave.Leads.Where(c => Filter.MayShow(c.After, Actor) || Filter.MayShow(c.Before, Actor))];
        if (mine.Count > 0 && await RepaintAsync(mine) is { } isOther)
        {
            return isOther;
        }

        var stages = mine.SelectMany(c => new[] { c.After.StageId, c.Before?.StageId ?? c.After.StageId }).ToHashSet();
        return mine.Count > 0 && await LearnAsync([.. Columns.Where(c => stages.Contains(c.Id))], mine);
    });

    /// <summary>Time has passed: who is due and who going stale. False when the board looks as before.</summary>
    public Task<bool> TickAsync() => InTurnAsync(async () =>
    {
        var retiring = Columns.Where(c => c.Stage.Retires).ToLookup(c => Filter.GoingStale || c.OnlyStale);
        var isOther = retiring[true].Any() && await LearnAsync([.. retiring[true]], []);
        var figures = await Task.WhenAll(retiring[false].Select(c => query.FiguresAsync(Filter, c.Stage, Actor)));
        return retiring[false].Zip(figures).Select(c => c.First.SetFigures(c.Second)).ToList().Contains(true) | isOther;
    });

    /// <summary>Somebody came to a lead or went. False when the board looks as before. Nothing is read for it.</summary>
    public Task<bool> LookAroundAsync() => InTurnAsync(() => Task.FromResult(false));

    /// <summary>The tags of a lead, and what waits on it; null where it is out of sight.</summary>
    public Task<CardTags?> TagsAsync(LeadId lead) => query.TagsAsync(lead, Actor);

    /// <summary>The column anew, in order, with what waited.</summary>
    public Task ShowNewAsync(BoardColumn column) => InTurnAsync(async () =>
    {
        var answer = await AnswerAsync(column, Filter, Actor);
        column.Show(answer.Window, answer.Figures, Lens);
        return true;
    });

    public Task MoreAsync(BoardColumn column) => InTurnAsync(async () =>
    {
        if (column is not { HasMore: true, Last: { } last })
        {
            return false;
        }

        column.Append(await query.MoreAsync(Of(column, Filter), column.Stage, last, Actor), Lens);
        return true;
    });

    /// <summary>Opens Won or Lost, or shuts it again.</summary>
    public Task ToggleAsync(BoardColumn column)
    {
        column.Open(!column.IsOpen);
        return column.IsOpen ? ShowNewAsync(column) : Task.CompletedTask;
    }

    /// <summary>Shows only what is going stale in the column, or all of it again.</summary>
    public Task NarrowAsync(BoardColumn column)
    {
        column.Narrow(!column.OnlyStale);
        return ShowNewAsync(column);
    }

    /// <summary>Moves a card at once, asks, and puts it back where the answer is no. Null where there is nothing to move.</summary>
    /// <param name="moved">Called when the card stands in its new column, before the answer.</param>
    public async Task<BoardMove?> MoveAsync(LeadId id, StageId stage, Action moved)
    {
        if (ColumnOf(id) is not { } from || Column(stage) is not { } to || from == to)
        {
            return null;
        }

        // A second move waits for the answer to the first, and is dropped where that was no.
        while (_answers.TryGetValue(id, out var first))
        {
            await first;
            if (ColumnOf(id) != from)
            {
                return null;
            }
        }

        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _answers[id] = answer.Task;
        try
        {
            return await MoveAsync(id, from, to, moved);
        }
        finally
        {
            _answers.Remove(id);
            answer.SetResult();
        }
    }

    private async Task<BoardMove> MoveAsync(LeadId id, BoardColumn from, BoardColumn to, Action moved)
    {
        var (card, now) = (from.Find(id)!, clock.GetUtcNow());
        var isFresh = card.Lead.IsFresh && card.Lead.OwnerId != Actor.Id;
        var lead = card.Lead with { StageId = to.Id, ClockStart = now, StageSince = now, IsFresh = isFresh, IsSecondChance = isFresh && card.Lead.IsSecondChance };
        var at = from.Release(id);
        to.Receive(new(lead, Lens, new("", "", now), Others: card.Others), OrderOf(to));
        _moving[id] = to.Id;
        _made.Add((id, to.Id));
        moved();
        try
        {
            var outcome = await setStage.RunAsync(id, to.Id, from.Id, Actor);
            if (outcome.IsRefused)
            {
                PutBack();
            }

            _moving.Remove(id);
            if (outcome.Kind is not OutcomeKind.Done)
            {
                _made.Remove((id, to.Id));
                await InTurnAsync(() => LearnAsync(Columns, [], id));
            }

            return new(card.Lead, to, outcome);
        }
        catch
        {
            _made.Remove((id, to.Id));
            PutBack();
            throw;
        }

        void PutBack()
        {
            if (_moving.Remove(id))
            {
                to.Return(lead);
                from.PutBack(card with { Note = null }, at);
            }
        }
    }

    private async Task ReadAllAsync(BoardFilter filter, Actor actor, Desk desk)
    {
        var lens = new BoardLens(desk, TimeZoneInfo.FindSystemTimeZoneById(actor.TimeZone), clock);
        List<BoardColumn> columns = [.. desk.Stages.Select(s => filter == Filter && Column(s.Id) is { } known && ReferenceEquals(known.Stage, s) ? known : new BoardColumn(s, Column(s.Id)))];
        var read = await Task.WhenAll(columns.Select(c => AnswerAsync(c, filter, actor)));
        foreach (var (column, answer) in columns.Zip(read))
        {
            column.Show(answer.Window, answer.Figures, lens);
        }

        (Filter, Actor, Lens, Columns) = (filter, actor, lens, columns);
    }

    private async Task<Answer> AnswerAsync(BoardColumn column, BoardFilter filter, Actor actor, bool isNews = false)
    {
        var window = column.IsOpen ? query.WindowAsync(Of(column, filter), column.Stage, column.Take, actor, isNews) : Task.FromResult(new BoardWindow([], false));
        return new(await window, await query.FiguresAsync(filter, column.Stage, actor, isNews));
    }

    /// <summary>What is shown of a column, which may leave out more than the board does.</summary>
    private static BoardFilter Of(BoardColumn column, BoardFilter filter) => column.OnlyStale ? filter with { GoingStale = true } : filter;

    private BoardOrder OrderOf(BoardColumn column) => new(column.IsClosing ? BoardSort.Newest : Filter.Sort);

    private async Task<bool> InTurnAsync(Func<Task<bool>> act)
    {
        await _turn.WaitAsync();
        try
        {
            return await act() | LookAround();
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool LookAround()
    {
        // Hardly ever is somebody anywhere; then there is nothing to look for on each card.
        var (isAnybody, wasAnybody) = (presence.IsAnybodyThere, _showsOthers);
        _showsOthers = isAnybody;
        if (!isAnybody && !wasAnybody)
        {
            return false;
        }

        var isOther = false;
        Func<EmployeeId, string?> name = id => Desk.Employee(id)?.FirstName;
        foreach (var column in Columns)
        {
            isOther |= column.LookAround(l => presence.OthersAt(l, Actor.Id, name) is [var others, ..] ? others : null);
        }

        return isOther;
    }

    private sealed record Answer(BoardWindow Window, ColumnFigures Figures);
}

/// <summary>What became of a move.</summary>
public sealed record BoardMove(BoardLead Lead, BoardColumn To, Outcome Outcome);
