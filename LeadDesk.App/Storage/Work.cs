using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Storage;

/// <summary>One transaction in the making: what an intent reads, decides on and changes.</summary>
public sealed class Work(LeadDeskDb db, CompiledReads reads, Actor by, Desk desk, IdSource ids, DateTimeOffset now, CancellationToken ct)
{
    private readonly HashSet<Topic> _topics = [];
    private readonly List<HeldLead> _held = [];
    private readonly Dictionary<(BatchId, NotificationKind), List<Notification>> _lines = [];
    private readonly List<Lead> _added = [];
    private readonly List<FurtherDetail> _addedDetails = [];
    private readonly List<DataChangeRequest> _addedRequests = [];
    private readonly Dictionary<Type, int> _idsTaken = [];

    public LeadDeskDb Db => db;

    /// <summary>The actor as the database knows them now.</summary>
    public Actor By => by;

    public Desk Desk => desk;

    /// <summary>When the server received the act; the same instant for everything in it.</summary>
    public DateTimeOffset Now => now;

    public CancellationToken Ct => ct;

    internal HashSet<Topic> Topics => _topics;

    /// <summary>Found by itself at the end; whoever saves such a change before says so.</summary>
    internal bool ChangesDesk { get; set; }

    /// <summary>Where none is at hand the transaction is taken back, ids are reserved, and it begins anew: whoever needs many reserves them before.</summary>
    public TId NewId<TId>() where TId : struct, IId<TId>
    {
        var needed = _idsTaken[typeof(TId)] = _idsTaken.GetValueOrDefault(typeof(TId)) + 1;
        return ids.TryNext<TId>() ?? throw new NoIdAtHandException(c => ids.ReserveAsync<TId>(2 * needed, c));
    }

    /// <summary>Wakes screens that listen to something other than leads, after the commit.</summary>
    public void Tell(Topic topic) => _topics.Add(topic);

    /// <summary>Puts a line into someone's inbox, with the act that it is about. Nobody is told of what they did themselves.</summary>
    public void Notify(Notification notification)
    {
        if (notification.EmployeeId != by.Id)
        {
            db.Notifications.Add(notification);
            _topics.Add(Topic.Inbox(notification.EmployeeId));
        }
    }

    /// <summary>
    /// One line per person, batch and text about leads that came to or left them, however many chunks the batch has.
    /// </summary>
    public async Task NotifyOfLeadsAsync(EmployeeId to, NotificationKind kind, IReadOnlyList<Lead> leads, BatchId? batch, string? text = null)
    {
        if (leads.Count == 0 || to == by.Id)
        {
            return;
        }

        var lines = batch is { } id ? await LinesAsync(id, kind) : null;
        if (lines?.Find(n => n.EmployeeId == to && n.Text == text) is { } known)
        {
            known.Grow(leads.Count, now);
            _topics.Add(Topic.Inbox(to));
            return;
        }

        var line = new Notification(to, kind, now)
        {
            ById = by.Id,
            LeadId = leads[0].Id,
            LeadName = leads[0].DisplayName,
            BatchId = batch,
            Count = leads.Count,
            Leads = leads.Count == 1 ? null : System.Text.Json.JsonSerializer.Serialize(leads.Take(50).Select(l => l.Id.Value)),
            Text = text,
        };
        Notify(line);
        lines?.Add(line);
    }

    /// <summary>Of all persons at once: each chunk of a batch asks for most of them.</summary>
    private async Task<List<Notification>> LinesAsync(BatchId batch, NotificationKind kind)
    {
        if (!_lines.TryGetValue((batch, kind), out var lines))
        {
            _lines[(batch, kind)] = lines = await db.Notifications.Where(n => n.BatchId == batch && n.Kind == kind).ToListAsync(ct);
        }

        return lines;
    }

    /// <summary>Whether the actor may see it is for the verb to say; null when there is no such lead.</summary>
    public Task<Lead?> LeadAsync(LeadId id) => reads.LeadAsync(db, id, ct);

    public Task<Stage?> StageAsync(StageId id) => reads.StageAsync(db, id, ct);

    public Task<Lead?> LeadWithContactsAsync(LeadId id) => db.Leads.Include(l => l.Tags).Include(l => l.Contacts).AsSplitQuery().FirstOrDefaultAsync(l => l.Id == id, ct);

    /// <summary>For verbs that look at nothing but the lead: its tags and contacts are not read. Null when there is no such lead.</summary>
    public async Task<Lead?> LeadAloneAsync(LeadId id)
    {
        var lead = await reads.LeadAloneAsync(db, id, ct);
        Hold(lead is null ? [] : [lead]);
        return lead;
    }

    /// <summary>The same for hundreds at a time.</summary>
    public async Task<List<Lead>> LeadsAloneAsync(IQueryable<Lead> leads)
    {
        var read = await leads.AsNoTracking().ToListAsync(ct);
        Hold(read);
        return read;
    }

    /// <summary>
    /// Whoever is about to change hundreds of leads takes them before reading them: one of them worked by another meanwhile would make all begin
    /// anew. On SQLite the gate sees to that.
    /// </summary>
    public Task HoldAsync(IReadOnlyCollection<LeadId> leads)
    {
        if (db is not PostgresLeadDeskDb || leads.Count < 2)
        {
            return Task.CompletedTask;
        }

        var ids = leads.Select(l => l.Value).ToArray();
        return db.Database.ExecuteSqlAsync($"""SELECT 1 FROM "Leads" WHERE "Id" = ANY({ids}) ORDER BY "Id" FOR UPDATE""", ct);
    }

    /// <summary>For hundreds of new leads at a time: stored past the change tracker, with everything that belongs to them and their history.</summary>
    public void Add(IReadOnlyCollection<Lead> leads, IReadOnlyCollection<FurtherDetail> details, IReadOnlyCollection<DataChangeRequest>? requests = null)
    {
        _addedRequests.AddRange(requests ?? []);
        _added.AddRange(leads);
        _addedDetails.AddRange(details);
    }

    /// <summary>After <see cref="Collect"/>, which settles what has changed.</summary>
    internal async Task SaveAsync()
    {
        await db.SaveLeadsAsync([.. db.ChangeTracker.Entries<Lead>().Where(e => e.State is EntityState.Modified)], [.. _held.Select(h => h.Changed()).OfType<ChangedLead>()], ct);
        await db.InsertAsync(_added, ct);
        await db.InsertAsync([.. _added.SelectMany(l => l.Contacts)], ct);
        await db.InsertAsync([.. _added.SelectMany(l => l.Tags)], ct);
        await db.InsertAsync(_addedDetails, ct);
        await db.InsertAsync(_addedRequests, ct);
        await db.InsertAsync([.. _added.SelectMany(l => l.NewEvents).OrderBy(e => e.At)], ct);
    }

    internal List<LeadChange> Collect()
    {
        // Once: hundreds of leads are compared column by column each time.
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        var changes = new List<LeadChange>(_added.Count);
        foreach (var lead in _added)
        {
            lead.SetSearchText(SearchFold.Of(lead));
            changes.Add(ChangeOf(lead, null));
        }

        changes.AddRange(_held.Where(h => h.Lead.NewEvents.Count > 0).Select(h => ChangeOf(h.Lead, h.Before)));
        foreach (var entry in db.ChangeTracker.Entries<Lead>().ToList())
        {
            var lead = entry.Entity;
            if (lead.NewEvents.Count == 0)
            {
                continue;
            }

            var isNew = entry.State is EntityState.Added;
            if (isNew)
            {
                db.LeadEvents.AddRange(lead.NewEvents);
            }

            if (isNew || lead.NewEvents.Any(e => e.Kind is LeadEventKind.DetailsEdited))
            {
                lead.SetSearchText(SearchFold.Of(lead));
                entry.DetectChanges();
            }

            changes.Add(ChangeOf(
                lead,
                isNew ? null : new(
                    entry.OriginalValues.GetValue<EmployeeId?>(nameof(Lead.OwnerId)),
                    entry.OriginalValues.GetValue<TeamId?>(nameof(Lead.TeamId)),
                    entry.OriginalValues.GetValue<PoolId?>(nameof(Lead.PoolId)),
                    entry.OriginalValues.GetValue<StageId>(nameof(Lead.StageId)),
                    lead.SourceId,
                    entry.OriginalValues.GetValue<DateTimeOffset?>(nameof(Lead.RetiredAt)) is not null,
                    entry.OriginalValues.GetValue<TeamId?>(nameof(Lead.RetiredFromTeamId)))));
        }

        NotifyOfEndedJobs();
        ChangesDesk |= db.ChangeTracker.Entries().Any(e => e.State is not EntityState.Unchanged
            && e.Entity is Employee or Team or Stage or Source or Pool or PoolMember or Tag or CallTag or RetirementSetting);
        if (ChangesDesk)
        {
            _topics.Add(Topic.Desk);
        }

        return changes;
    }

    /// <summary>Whoever started a stored job hears of its end, in the transaction that ends it; not of a stop of their own.</summary>
    private void NotifyOfEndedJobs()
    {
        foreach (var entry in db.ChangeTracker.Entries<Batch>().Where(e => e.State is EntityState.Modified && e.Entity.IsOver).ToList())
        {
            var (job, wasOver) = (entry.Entity, entry.OriginalValues.GetValue<BatchState>(nameof(Batch.State)) is not (BatchState.Waiting or BatchState.Running));
            if (wasOver || job.ById is not { } starter || (job.State is BatchState.Stopped && starter == by.Id))
            {
                continue;
            }

            db.Notifications.Add(new(starter, job.Kind is BatchKind.Import ? NotificationKind.ImportDone : NotificationKind.JobDone, now) { BatchId = job.Id });
            _topics.Add(Topic.Inbox(starter));
        }
    }

    private void Hold(IEnumerable<Lead> leads)
    {
        var plan = RowPlan.For(db, typeof(Lead));
        _held.AddRange(leads.Select(l => new HeldLead(l, plan)));
    }

    private LeadChange ChangeOf(Lead lead, LeadPlace? before) => new(lead.Id, LeadPlace.Of(lead), before, lead.NewEvents[^1].Kind, by.Id, now, lead.NewEvents[^1].BatchId);
}
