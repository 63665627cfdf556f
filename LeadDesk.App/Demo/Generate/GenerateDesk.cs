using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace LeadDesk.App.Demo.Generate;

public sealed record GenerateOrder(int Leads, int Agents, int Seed);

/// <param name="Password">The admin's one-time password; none where everyone has the demo's.</param>
public sealed record GeneratedDesk(int Leads, long HistoryRows, string Admin, string? Password);

public sealed record DeskIsNotEmpty() : Refusal("This database has people or leads already. Generating needs an empty one.");

/// <summary>
/// Fills an empty database in one transaction: all of it is there or nothing. Every lead lives through its own verbs, so it obeys the rules;
/// leads go in by id and their history in the order of time, and indexes, counters and foreign keys are built when the rows are there.
/// </summary>
public sealed class GenerateDesk(
    Transactor transactor, IDbContextFactory<LeadDeskDb> databases, IdSource ids, Passwords passwords, App.Leads.PhoneNumbers phones, IOptions<DemoOptions> demo)
{
    private const int AtOnce = 4;

    private static readonly string[] _tables = ["Leads", "LeadContacts", "LeadTags", "LeadEvents"];

    /// <param name="say">Told how far it is, a few times.</param>
    public async Task<Outcome<GeneratedDesk>> RunAsync(GenerateOrder order, Action<string>? say = null, CancellationToken ct = default)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (await IsTakenAsync(db, ct))
        {
            return new DeskIsNotEmpty();
        }

        var plan = await PlanAsync(order, ct);
        var password = demo.Value.Enabled == true ? null : Passwords.OneTime();
        var hash = passwords.Hash(password ?? DemoCast.Password);
        await db.BeforeFillAsync(ct);
        try
        {
            return await transactor.RunAsync<GeneratedDesk>(Actor.System("generate"), async work =>
            {
                if (await IsTakenAsync(work.Db, work.Ct))
                {
                    return new DeskIsNotEmpty();
                }

                var cast = await GeneratedStaff.HireAsync(work, passwords, hash, isKnown: password is null, order);
                work.ChangesDesk = true;
                var rows = await FillAsync(work, cast, plan, say ?? (_ => { }));
                return new GeneratedDesk(order.Leads, rows, GeneratedStaff.Admin, password);
            }, ct);
        }
        finally
        {
            await db.AfterFillAsync(CancellationToken.None);
        }
    }

    private static async Task<bool> IsTakenAsync(LeadDeskDb db, CancellationToken ct) => await db.Employees.AnyAsync(ct) || await db.Leads.AnyAsync(ct);

    private async Task<GeneratePlan> PlanAsync(GenerateOrder order, CancellationToken ct)
    {
        await GeneratedStaff.ReserveAsync(ids, order, ct);
        var plan = new GeneratePlan(order);
        return plan with
        {
            LeadIds = await ids.TakeAsync<LeadId>(order.Leads, ct),
            SweepIds = await ids.TakeAsync<BatchId>(plan.Sweeps, ct),
            RequestIds = await ids.TakeAsync<RequestId>(plan.Waiting + plan.Decided, ct),
        };
    }

    private async Task<long> FillAsync(Work work, DemoCast cast, GeneratePlan plan, Action<string> say)
    {
        var period = work.Desk.Policy.Period ?? TimeSpan.FromDays(7);
        var floor = new GeneratedFloor(plan, cast, phones, work.Desk.Policy with { Period = period }, work.Now);
        var news = new GeneratedNews(cast, floor.Sweeps);
        var restore = await work.Db.StripAsync(_tables, work.Ct);
        var history = new HistoryRows();
        var making = new Queue<Task<GeneratedChunk>>();
        for (var (next, done) = (0, 0); done < plan.Chunks; done++)
        {
            while (next < plan.Chunks && making.Count < AtOnce)
            {
                var number = next++;
                making.Enqueue(Task.Run(() => floor.Make(number), work.Ct));
            }

            var chunk = await making.Dequeue();
            await work.Db.InsertAsync(chunk.Leads, work.Ct);
            await work.Db.InsertAsync([.. chunk.Leads.SelectMany(l => l.Contacts)], work.Ct);
            await work.Db.InsertAsync([.. chunk.Leads.SelectMany(l => l.Tags)], work.Ct);
            await work.Db.InsertAsync(chunk.Requests, work.Ct);
            history.Add(chunk.History);
            news.Add(chunk);
            if ((done + 1) * 10 / plan.Chunks > done * 10 / plan.Chunks && plan.Chunks >= 100)
            {
                say($"{(done + 1) * 100L / plan.Chunks} % of the leads");
            }
        }

        await work.Db.InsertAsync(HistoryRows.Plan(work.Db), history.InOrder(), work.Ct);
        say("History is in, indexes and search follow");
        foreach (var statement in restore.Concat(CounterTriggers.Recount).Concat(work.Db.SearchRefill))
        {
            await work.Db.RunPlainAsync(statement, work.Ct);
        }

        work.Db.Batches.AddRange(news.Sweeps());
        work.Db.Notifications.AddRange(news.Notifications());
        return history.Count;
    }
}

/// <summary>How much of everything, and the ids it gets.</summary>
internal sealed record GeneratePlan(GenerateOrder Order)
{
    public const int ChunkSize = 1_000;

    public IReadOnlyList<LeadId> LeadIds { get; init; } = [];
    public IReadOnlyList<BatchId> SweepIds { get; init; } = [];
    public IReadOnlyList<RequestId> RequestIds { get; init; } = [];

    public int Chunks => (Order.Leads + ChunkSize - 1) / ChunkSize;
    public int Sweeps => Math.Clamp(Order.Leads / 250, 1, 2_000);

    /// <summary>Requests that wait; the queue of a busy floor.</summary>
    public int Waiting => Math.Clamp(Order.Leads / 20, 1, 500);

    public int Decided => 2 * Waiting;

    public int FirstOf(int chunk) => chunk * ChunkSize;

    /// <summary>The part of so many that falls to a chunk.</summary>
    public (int From, int To) Share(int all, int chunk) => ((int)((long)all * chunk / Chunks), (int)((long)all * (chunk + 1) / Chunks));
}
