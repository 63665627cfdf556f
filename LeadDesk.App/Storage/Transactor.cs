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

/// <summary>
/// The only place that opens a context for writing. One transaction for entity and history rows; nothing is written on a refusal;
/// who lost a race is decided anew on what is there now; notices leave after the commit.
/// </summary>
public sealed class Transactor(
    IDbContextFactory<LeadDeskDb> databases, DeskDirectory directory, ChangeFeed feed, IdSource ids, TimeProvider clock, ILogger<Transactor> log)
{
    private const int Attempts = 8;
    private const int AttemptsAfterViolation = 3;
    private const int IdsAtHand = 50;

    private static readonly AsyncLocal<bool> _isWriting = new();

    private readonly SemaphoreSlim _oneByOne = new(1, 1);
    private readonly CompiledReads _reads = new();

    /// <summary>The actor is read again inside the transaction: a role taken a second ago is gone.</summary>
    public async Task<Outcome> RunAsync(Actor by, Func<Work, Task<Outcome>> body, CancellationToken ct = default)
    {
        var outcome = await RunAsync<bool>(by, async work =>
        {
            var inner = await body(work);
            return new Outcome<bool>(inner.Kind, true, inner.Refusal);
        }, ct);
        return outcome.Plain;
    }

    public async Task<Outcome<T>> RunAsync<T>(Actor by, Func<Work, Task<Outcome<T>>> body, CancellationToken ct = default)
    {
        MayBegin();
        await ids.ReserveAsync<LeadId>(IdsAtHand, ct);
        await ids.ReserveAsync<BatchId>(IdsAtHand, ct);
        await ids.ReserveAsync<RequestId>(Batch.ChunkSize, ct);
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            // Who lost twice steps out of the crowd: together they would go on losing against each other.
            var alone = attempt > 2;
            if (alone)
            {
                await _oneByOne.WaitAsync(ct);
            }

            try
            {
                return await RunWithIdsAsync(by, body, ct);
            }
            catch (Exception e) when (LostARace(e, attempt))
            {
                log.LogDebug(e, "Attempt {Attempt} of {Actor} lost a race and decides anew", attempt, by.Name);
            }
            finally
            {
                if (alone)
                {
                    _oneByOne.Release();
                }
            }
        }

        log.LogWarning("{Actor} lost {Attempts} races in a row", by.Name, Attempts);
        return new ChangedMeanwhile("Others change this at the same moment. Try again.");
    }

    /// <summary>Throws inside a transaction of the transactor: another one would wait for itself, or save what this one may still take back.</summary>
    internal static void MayBegin()
    {
        if (_isWriting.Value)
        {
            throw new InvalidOperationException("A transaction was begun inside another one. Do it before, after, or in the same one.");
        }
    }

    private async Task<Outcome<T>> RunWithIdsAsync<T>(Actor by, Func<Work, Task<Outcome<T>>> body, CancellationToken ct)
    {
        while (true)
        {
            try
            {
                return await RunOnceAsync(by, body, ct);
            }
            catch (NoIdAtHandException e)
            {
                await e.ReserveAsync(ct);
            }
        }
    }

    private async Task<Outcome<T>> RunOnceAsync<T>(Actor by, Func<Work, Task<Outcome<T>>> body, CancellationToken ct)
    {
        // Read before a connection is held: those who hold all of them would wait for one more.
        await directory.GetAsync(ct);
        await using var db = await databases.CreateDbContextAsync(ct);
        List<LeadChange> changes;
        Work work;
        Outcome<T> outcome;
        await using (var transaction = await db.Database.BeginTransactionAsync(ct))
        {
            var desk = await directory.GetAsync(ct);
            if (await FreshAsync(db, desk, by, ct) is not { } actor)
            {
                return new NotAllowed("You are signed out.");
            }

            work = new(db, _reads, actor, desk, ids, clock.GetUtcNow(), ct);
            _isWriting.Value = true;
            outcome = await body(work);
            if (outcome.Kind is not OutcomeKind.Done)
            {
                return outcome;
            }

            changes = work.Collect();
            await work.SaveAsync();
            await transaction.CommitAsync(ct);
            // Before the next writer may begin: it decides on what is there now.
            if (work.ChangesDesk)
            {
                directory.Forget();
            }
        }

        _isWriting.Value = false;
        feed.Publish(new(changes, work.Topics));
        return outcome;
    }

    private async Task<Actor?> FreshAsync(LeadDeskDb db, Desk desk, Actor by, CancellationToken ct)
    {
        if (by.IsSystem)
        {
            return by;
        }

        if (db is SqliteLeadDeskDb)
        {
            // Nobody else writes there, and whoever changed the desk forgot what was known of it before this one could begin.
            return by.Id is { } known ? desk.Actor(known) : null;
        }

        var employee = by.Id is { } id ? await _reads.EmployeeAsync(db, id, ct) : null;
        if (employee is not { IsActive: true })
        {
            return null;
        }

        var teams = employee.Roles.HasFlag(Roles.TeamLead)
            ? await db.Teams.Where(t => t.LeadId == employee.Id).Select(t => t.Id).ToListAsync(ct)
            : [];
        return Actor.Person(employee, teams);
    }

    /// <summary>Somebody changed meanwhile what this was decided on. On SQLite the gate leaves nobody to lose against.</summary>
    private static bool LostARace(Exception e, int attempt) =>
        e is DbUpdateConcurrencyException || (e as Npgsql.PostgresException ?? e.InnerException as Npgsql.PostgresException) switch
        {
            { SqlState: Npgsql.PostgresErrorCodes.DeadlockDetected or Npgsql.PostgresErrorCodes.SerializationFailure } => true,
            // A tag of a lead, a request for one: looked for by each verb before it adds, so another one added it since.
            { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation, ConstraintName: "PK_LeadTags" or "IX_Requests_LeadId_TagId_PutsOn" } => true,
            // Added or deleted by another, or else a bug, which comes to light when it happens again.
            { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation or Npgsql.PostgresErrorCodes.ForeignKeyViolation } => attempt < AttemptsAfterViolation,
            _ => false,
        };
}

/// <summary>Takes a transaction back to reserve what it needs, which it cannot do within itself.</summary>
internal sealed class NoIdAtHandException(Func<CancellationToken, Task> reserve) : Exception("Fewer ids were reserved than are needed.")
{
    public Task ReserveAsync(CancellationToken ct) => reserve(ct);
}

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
        if (lead is not null)
        {
            _held.Add(new(lead, InsertPlan.For(db, typeof(Lead))));
        }

        return lead;
    }

    /// <summary>The same for hundreds at a time.</summary>
    public async Task<List<Lead>> LeadsAloneAsync(IQueryable<Lead> leads)
    {
        var read = await leads.AsNoTracking().ToListAsync(ct);
        var plan = InsertPlan.For(db, typeof(Lead));
        _held.AddRange(read.Select(l => new HeldLead(l, plan)));
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
            changes.Add(new(lead.Id, LeadPlace.Of(lead), null, lead.NewEvents[^1].Kind, by.Id, now, lead.NewEvents[^1].BatchId));
        }

        changes.AddRange(_held.Where(h => h.Lead.NewEvents.Count > 0)
            .Select(h => new LeadChange(h.Lead.Id, LeadPlace.Of(h.Lead), h.Before, h.Lead.NewEvents[^1].Kind, by.Id, now, h.Lead.NewEvents[^1].BatchId)));
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

            changes.Add(new(
                lead.Id,
                LeadPlace.Of(lead),
                isNew ? null : new(
                    entry.OriginalValues.GetValue<EmployeeId?>(nameof(Lead.OwnerId)),
                    entry.OriginalValues.GetValue<TeamId?>(nameof(Lead.TeamId)),
                    entry.OriginalValues.GetValue<PoolId?>(nameof(Lead.PoolId)),
                    entry.OriginalValues.GetValue<StageId>(nameof(Lead.StageId)),
                    lead.SourceId,
                    entry.OriginalValues.GetValue<DateTimeOffset?>(nameof(Lead.RetiredAt)) is not null,
                    entry.OriginalValues.GetValue<TeamId?>(nameof(Lead.RetiredFromTeamId))),
                lead.NewEvents[^1].Kind,
                by.Id,
                now,
                lead.NewEvents[^1].BatchId));
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
}
