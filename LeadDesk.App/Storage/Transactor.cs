using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
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
