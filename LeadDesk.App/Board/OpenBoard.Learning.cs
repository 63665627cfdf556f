using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Board;

public sealed partial class OpenBoard
{
    /// <param name="found">A lead that is elsewhere than this board showed: wherever it is, it is shown there at once.</param>
    private async Task<bool> LearnAsync(IReadOnlyCollection<BoardColumn> columns, IReadOnlyList<LeadChange> changes, LeadId? found = null)
    {
        IReadOnlyList<Told> notes = NotesOf(changes);
        var read = await Task.WhenAll(columns.Select(c => ReadAsync(c, notes, found)));
        notes = [.. notes, .. Lost(changes, read)];
        var hands = read.Any(r => r.Column.IsOpen && r.Column.WouldMove(r.Answer.Window)) ? await touched() : new HashSet<StageId>();
        return read.Select(r => Learn(r, notes, hands.Contains(r.Column.Id), found)).ToList().Contains(true);
    }

    /// <summary>
    /// Takes in changes that leave every card where it stands and every figure what it is, from what was read once for all boards. Null where one of
    /// them does not: then the columns are read again.
    /// </summary>
    private async Task<bool?> RepaintAsync(IReadOnlyList<LeadChange> changes)
    {
        List<LeadId> ids = [.. changes.Select(c => c.LeadId).Distinct().Order()];
        if (Filter.TagId is not null || changes.Any(c => c.Before != c.After || !Filter.MayShow(c.After, Actor)) || ids.Exists(id => ColumnOf(id) is null))
        {
            return null;
        }

        var read = await query.ChangedAsync(ids);
        if (ids.Exists(id => !StandsAsBefore(id, read.GetValueOrDefault(id))))
        {
            return null;
        }

        var notes = NotesOf(changes).ToDictionary(n => n.Lead, n => n.Note);
        var now = clock.GetUtcNow();
        return ids.ConvertAll(id => ColumnOf(id)!.Repaint(read[id], notes.GetValueOrDefault(id), ids.Count == 1, Lens, now)).Contains(true);
    }

    private bool StandsAsBefore(LeadId id, BoardLead? read) =>
        read is not null && !_moving.ContainsKey(id) && ColumnOf(id) is { } column && column.Find(id)!.Lead.StandsAs(read) && column.IsSettled(OrderOf(column));

    /// <summary>What happened to cards whose leads are still the reader's, but not what this board is filtered by: worked, so no longer going stale; without the tag.</summary>
    private IEnumerable<Told> Lost(IReadOnlyList<LeadChange> changes, IReadOnlyList<Reading> read)
    {
        if (!Filter.GoingStale && Filter.TagId is null && !Columns.Any(c => c.OnlyStale))
        {
            return [];
        }

        var found = read.SelectMany(r => r.Answer.Window.Leads.Select(l => l.Id).Concat(r.Others.Keys)).ToHashSet();
        return
        [
            .. from change in changes.Reverse().DistinctBy(c => c.LeadId)
               where !found.Contains(change.LeadId) && !_moving.ContainsKey(change.LeadId) && Filter.MayShow(change.After, Actor)
               let column = ColumnOf(change.LeadId)
               where column is not null
               select new Told(column.Id, change.LeadId, ChangeWords.Lost(change, column.Id, Desk, Actor.Id), true),
        ];
    }

    /// <summary>The window, and besides it the cards that stand outside of it (they were moved here) and leads that others moved here now.</summary>
    private async Task<Reading> ReadAsync(BoardColumn column, IReadOnlyList<Told> notes, LeadId? found)
    {
        var answer = await AnswerAsync(column, Filter, Actor, isNews: found is not null);
        var known = answer.Window.Leads.Select(l => l.Id).ToHashSet();
        var asked = column.Cards.Where(c => !c.HasLeft).Select(c => c.Lead.Id).Concat(notes.Where(n => n.Stage == column.Id && !n.IsFarewell).Select(n => n.Lead));
        List<LeadId> ids = column.IsOpen ? [.. (found is { } lead ? asked.Append(lead) : asked).Where(known.Add)] : [];
        var others = ids.Count == 0 ? [] : await query.SomeAsync(Of(column, Filter), column.Stage, ids, Actor);
        return new(column, answer, others.ToDictionary(l => l.Id));
    }

    private bool Learn(Reading read, IReadOnlyList<Told> notes, bool isTouched, LeadId? found)
    {
        var column = read.Column;
        if (!column.IsOpen)
        {
            return column.SetFigures(read.Answer.Figures);
        }

        foreach (var (id, to) in _moving)
        {
            if (to == column.Id && column.Find(id) is { } moving)
            {
                read.Others.TryAdd(id, moving.Lead);
            }
        }

        var here = notes.Where(n => n.Stage == column.Id).ToList();
        return column.Learn(new(
            read.Answer.Window with { Leads = [.. read.Answer.Window.Leads.Where(l => !_moving.TryGetValue(l.Id, out var to) || to == column.Id)] },
            read.Answer.Figures, read.Others,
            here.Where(n => !n.IsFarewell).ToDictionary(n => n.Lead, n => n.Note),
            here.Where(n => n.IsFarewell && column.Find(n.Lead) is not null).ToDictionary(n => n.Lead, n => n.Note),
            isTouched, found, OrderOf(column), Lens, clock.GetUtcNow()));
    }

    /// <summary>What was done elsewhere, by column; the last word on each lead counts.</summary>
    private List<Told> NotesOf(IReadOnlyList<LeadChange> changes)
    {
        List<Told> notes = [];
        foreach (var all in changes.GroupBy(c => c.LeadId))
        {
            var (before, last) = (all.First().Before, all.Last());
            if (last.ById == Actor.Id && _made.Remove((last.LeadId, last.After.StageId)))
            {
                continue;
            }

            if (!Filter.MayShow(last.After, Actor))
            {
                notes.Add(new(before?.StageId ?? last.After.StageId, last.LeadId, ChangeWords.Farewell(last, Desk, Actor.Id), true));
            }
            else if (ChangeWords.Note(last with { Before = before }, Filter.MayShow(before, Actor), Desk, Actor.Id) is { } note)
            {
                notes.Add(new(last.After.StageId, last.LeadId, note, false));
            }
        }

        return notes;
    }

    private sealed record Told(StageId Stage, LeadId Lead, CardNote Note, bool IsFarewell);

    private sealed record Reading(BoardColumn Column, Answer Answer, Dictionary<LeadId, BoardLead> Others);
}
