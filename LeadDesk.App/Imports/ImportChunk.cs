using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>What became of one row, or would.</summary>
/// <param name="Why">The reason, where it fails; what it is, where the lead is there already.</param>
public sealed record RowOutcome(ImportRow Row, RowVerdict Verdict, string? Why = null);

/// <summary>
/// Decides what becomes of some rows and makes it so in memory. Whoever runs it stores what it made, or throws it away: a preview is the same
/// decision without the storing.
/// </summary>
internal sealed class ImportChunk(LeadDeskDb db, DeskNames names, ImportOrder order, Actor by, DateTimeOffset now, BatchId? batch, CancellationToken ct)
{
    private readonly List<Lead> _added = [];
    private readonly List<FurtherDetail> _addedDetails = [];
    private readonly List<RowOutcome> _outcomes = [];
    private readonly List<(ImportRow Row, LeadId Lead)> _changes = [];
    private Dictionary<LeadId, Lead> _leads = [];
    private Dictionary<LeadId, Dictionary<string, string>> _details = [];
    private HashSet<(LeadId, long)> _seenFrom = [];

    public IReadOnlyList<Lead> Added => _added;
    public IReadOnlyList<FurtherDetail> AddedDetails => _addedDetails;
    public IReadOnlyList<RowOutcome> Outcomes => _outcomes;

    /// <param name="newId">Called once for each new lead.</param>
    /// <param name="earlier">Says where in the file the same row stood, for those who do not store as they go.</param>
    public async Task DecideAsync(IReadOnlyList<ImportRow> rows, Func<LeadId> newId, Func<ImportRow, (int Row, bool InEverything)?>? earlier = null)
    {
        var sound = rows.Where(r => r.Trouble is null).ToList();
        var known = order.OnDuplicate is OnDuplicate.Create ? new() : await KnownLeads.FindAsync(db, sound, ct);
        if (order.OnDuplicate is OnDuplicate.Update)
        {
            await LoadAsync([.. sound.Select(known.Find).OfType<LeadId>().Distinct()], tracked: false);
        }

        foreach (var row in rows)
        {
            _outcomes.Add(Decide(row, known, newId, earlier));
        }
    }

    /// <summary>
    /// Does what was decided for leads of the desk once more, on leads that the context tracks and will store. Most rows of a file change
    /// nothing, so only those that do are paid for.
    /// </summary>
    /// <param name="hold">Takes the leads before they are read again, so that nobody works them in between.</param>
    public async Task ChangeKnownAsync(Func<IReadOnlyCollection<LeadId>, Task> hold)
    {
        var changes = _changes.Where(c => !_added.Exists(l => l.Id == c.Lead)).ToList();
        var leads = changes.Select(c => c.Lead).Distinct().ToList();
        _changes.Clear();
        await hold(leads);
        await LoadAsync(leads, tracked: true);
        foreach (var (row, lead) in changes)
        {
            Update(row, lead, tracked: true);
        }
    }

    private RowOutcome Decide(ImportRow row, KnownLeads known, Func<LeadId> newId, Func<ImportRow, (int Row, bool InEverything)?>? earlier)
    {
        if (row.Trouble is { } trouble)
        {
            return new(row, RowVerdict.Fails, trouble);
        }

        if (order.OnDuplicate is not OnDuplicate.Create)
        {
            if (known.Find(row) is { } lead)
            {
                known.Note(row, lead);
                return order.OnDuplicate is OnDuplicate.Update ? Update(row, lead, tracked: false) : new(row, RowVerdict.AlreadyThere);
            }

            if (earlier?.Invoke(row) is { } same)
            {
                var changes = order.OnDuplicate is OnDuplicate.Update && !same.InEverything;
                return new(row, changes ? RowVerdict.Update : RowVerdict.AlreadyThere, $"The same lead as row {same.Row}.");
            }
        }

        var created = Create(row, newId);
        if (created.Value is not { } made)
        {
            return new(row, RowVerdict.Fails, created.Refusal!.Sentence);
        }

        known.Note(row, made.Id);
        _leads[made.Id] = made;
        return new(row, RowVerdict.New);
    }

    private Outcome<Lead> Create(ImportRow row, Func<LeadId> newId)
    {
        if (names.FirstStage is not { } stage)
        {
            return new NotFound("The desk has no open stage.");
        }

        var (source, pool) = (names.SourceOf(row.Source ?? order.Mapping.SourceOfTheRest.Trim()), names.PoolOf(row.Pool ?? order.Pool));
        if ((source.Refusal ?? pool.Refusal) is { } refusal)
        {
            return refusal;
        }

        var created = Lead.Create(newId(), row.ForNewLead, source.Value!.Id, pool.Value!.Id, stage, by, Cause.Import, now, batch);
        if (created.Value is not { } lead)
        {
            return created.Refusal!;
        }

        lead.SetScore(row.Score);
        lead.SetImportKey(row.ContentKey);
        var why = Tag(lead, row).Refusal ?? Assign(lead, row, pool.Value);
        if (why is not null)
        {
            return why;
        }

        _added.Add(lead);
        var details = row.Further.Select(f => new FurtherDetail(lead.Id, f.Name, f.Text)).DistinctBy(d => d.Name).ToList();
        _addedDetails.AddRange(details);
        _details[lead.Id] = details.ToDictionary(d => d.Name, d => d.Text);
        return lead;
    }

    private Refusal? Assign(Lead lead, ImportRow row, Domain.Pools.Pool pool)
    {
        if (row.Owner is null)
        {
            return null;
        }

        var owner = names.OwnerOf(row.Owner);
        return owner.Value is { } employee ? lead.Assign(employee, pool, by, Cause.Import, now, batch).Refusal : owner.Refusal;
    }

    private Outcome Tag(Lead lead, ImportRow row)
    {
        var done = Outcome.NothingToDo;
        foreach (var name in row.Tags)
        {
            var tag = names.TagOf(name);
            var tagged = tag.Value is { } found ? lead.Tag(found, by, Cause.Import, now, batch) : new Outcome(OutcomeKind.Refused, tag.Refusal);
            if (tagged.IsRefused)
            {
                return tagged;
            }

            done = tagged.Kind is OutcomeKind.Done ? tagged : done;
        }

        return done;
    }

    private RowOutcome Update(ImportRow row, LeadId id, bool tracked)
    {
        var lead = _leads[id];
        if (row.Tags.Select(names.TagOf).FirstOrDefault(t => t.IsRefused).Refusal is { } noTag)
        {
            return new(row, RowVerdict.Fails, noTag.Sentence);
        }

        var source = row.Source is null ? default : names.SourceOf(row.Source);
        if (source.Refusal is { } noSource)
        {
            return new(row, RowVerdict.Fails, noSource.Sentence);
        }

        var details = _details.GetValueOrDefault(id) ?? (_details[id] = []);
        var further = row.Further.DistinctBy(f => f.Name).Where(f => details.GetValueOrDefault(f.Name) != f.Text).ToList();
        var taken = lead.TakeFromImport(
            row.Over(lead.Details()), row.Score, [.. further.Select(f => new FieldChange(f.Name, details.GetValueOrDefault(f.Name), f.Text))], by, now, batch);
        if (taken.Refusal is { } refusal)
        {
            return new(row, RowVerdict.Fails, refusal.Sentence);
        }

        further.ForEach(f => Refresh(lead, details, f, tracked));
        var tagged = Tag(lead, row);
        var isNoted = source.Value is { } from && from.Id != lead.SourceId && _seenFrom.Add((id, from.Id.Value));
        if (isNoted)
        {
            lead.NoteAlsoSeenFrom(source.Value!.Id, by, Cause.Import, now, batch);
        }

        if (taken.Kind is not OutcomeKind.Done && tagged.Kind is not OutcomeKind.Done && !isNoted)
        {
            return new(row, RowVerdict.AlreadyThere);
        }

        lead.SetImportKey(row.ContentKey);
        _changes.Add((row, id));
        return new(row, RowVerdict.Update);
    }

    /// <summary>"City, Tags": what a row changes or would change, in the words of the history.</summary>
    public string WhatChanges(ImportRow row)
    {
        var lead = _leads[_changes.First(c => ReferenceEquals(c.Row, row)).Lead];
        var fields = lead.NewEvents.Where(e => e is { Kind: LeadEventKind.DetailsEdited, Text: not null })
            .SelectMany(e => JsonSerializer.Deserialize<List<FieldChange>>(e.Text!)!).Select(c => c.Field);
        return string.Join(", ", fields.Concat(lead.NewEvents.Any(e => e.Kind is LeadEventKind.Tagged) ? ["Tags"] : []).Concat(
            lead.NewEvents.Any(e => e.Kind is LeadEventKind.AlsoSeenFrom) ? ["Also seen from"] : []).Distinct());
    }

    /// <summary>Read without the tracker, since almost none of them change: those that do are given to it one by one.</summary>
    private void Refresh(Lead lead, Dictionary<string, string> details, FieldText said, bool tracked)
    {
        var isKnown = details.ContainsKey(said.Name);
        details[said.Name] = said.Text;
        if (_added.Contains(lead))
        {
            _addedDetails.RemoveAll(d => d.LeadId == lead.Id && d.Name == said.Name);
            _addedDetails.Add(new(lead.Id, said.Name, said.Text));
        }
        else if (tracked)
        {
            var row = db.FurtherDetails.Local.FindEntryUntyped([lead.Id, said.Name])
                ?? (isKnown ? db.Attach(new FurtherDetail(lead.Id, said.Name, "")) : db.Add(new FurtherDetail(lead.Id, said.Name, "")));
            row.Entity.Text = said.Text;
        }
    }

    private async Task LoadAsync(List<LeadId> ids, bool tracked)
    {
        if (ids.Count == 0)
        {
            return;
        }

        var behaviour = tracked ? QueryTrackingBehavior.TrackAll : QueryTrackingBehavior.NoTracking;
        _leads = await db.Leads.AsTracking(behaviour).Include(l => l.Contacts).Include(l => l.Tags).AsSplitQuery().Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, ct);
        _details = (await db.FurtherDetails.Where(d => ids.Contains(d.LeadId)).Select(d => new { d.LeadId, d.Name, d.Text }).ToListAsync(ct))
            .GroupBy(d => d.LeadId).ToDictionary(g => g.Key, g => g.ToDictionary(d => d.Name, d => d.Text));
        _seenFrom = [.. (await db.LeadEvents.Where(e => ids.Contains(e.LeadId) && e.Kind == LeadEventKind.AlsoSeenFrom).Select(e => new { e.LeadId, e.ToId }).ToListAsync(ct))
            .Select(e => (e.LeadId, e.ToId ?? 0))];
    }
}
