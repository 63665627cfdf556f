using System.Collections.Concurrent;
using System.Data.Common;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Bench.Budgets;

/// <summary>32 people set stages at once, through the whole intent and by its statements alone through a gate of the same kind.</summary>
public sealed class SetStageTogether() : Budget("9", "set stage, 32 at once")
{
    private const int Together = 32;
    private const int Warm = 2_000;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        foreach (var isDurable in new[] { true, false })
        {
            await using var desk = await store.CopyAsync(store.Options.Leads, isDurable);
            var moves = await MovesAsync(desk);
            await using var byHand = await StageByHand.OpenAsync(desk, Together);
            // Long enough for the compiler to have finished with both.
            await IntentAsync(desk, moves, Warm);
            await byHand.RunAsync(moves, Warm);
            List<(double Wall, double Cpu)> ours = [], theirs = [];
            var ops = Math.Min(800, store.Options.Leads / 20);
            for (var round = 0; round < 3; round++)
            {
                ours.Add(await Measure.WithCpuAsync(() => IntentAsync(desk, moves, ops)));
                theirs.Add(await Measure.WithCpuAsync(() => byHand.RunAsync(moves, ops)));
            }

            var word = isDurable ? "full durability" : "no durability";
            var (wall, handWall) = (new Times(ours.Select(o => o.Wall)).Median, new Times(theirs.Select(o => o.Wall)).Median);
            var (cpu, handCpu) = (new Times(ours.Select(o => o.Cpu)).Median / ops, new Times(theirs.Select(o => o.Cpu)).Median / ops);
            yield return new(Name, $"set stage, 32 at once, {word}: a second", $"{ops * 1000 / wall:0}", $"{ops * 1000 / handWall:0}", handWall / wall, 0.5, 0.8, "%", IsLeast: true);
            yield return new(Name, $"set stage, 32 at once, {word}: CPU each", Times.Say(cpu), Times.Say(handCpu), cpu / handCpu, 2, 1.3);
        }
    }

    private static async Task<ConcurrentQueue<(LeadId Lead, StageId Seen, StageId To)>> MovesAsync(BenchDesk desk)
    {
        var open = desk.Desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        await using var connection = await desk.ConnectAsync();
        // From all over the table, as people are.
        var found = await connection.ReadAsync($"""
            SELECT "Id", "StageId" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" IN ({string.Join(", ", open)}) ORDER BY ("Id" * 7919) % 1000003 LIMIT 20000
            """);
        return new(found.Select(f => (new LeadId((long)f[0]), new StageId((long)f[1]), open[(open.IndexOf(new((long)f[1])) + 1) % open.Count])));
    }

    private static Task IntentAsync(BenchDesk desk, ConcurrentQueue<(LeadId Lead, StageId Seen, StageId To)> moves, int ops)
    {
        var (intent, left) = (desk.Get<SetLeadStage>(), ops);
        return Task.WhenAll(Enumerable.Range(0, Together).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0 && moves.TryDequeue(out var move))
            {
                var outcome = await intent.RunAsync(move.Lead, move.To, move.Seen, desk.Manager);
                if (outcome.Kind is not OutcomeKind.Done)
                {
                    throw new InvalidOperationException(outcome.Refusal?.Sentence);
                }

                moves.Enqueue((move.Lead, move.To, move.Seen));
            }
        })));
    }

    /// <summary>A connection for each, with everything prepared.</summary>
    private sealed class StageByHand : IAsyncDisposable
    {
        private readonly BenchDesk _desk;
        private readonly SemaphoreSlim _gate;
        private readonly List<Writer> _writers = [];

        private StageByHand(BenchDesk desk, int together) =>
            (_desk, _gate) = (desk, desk.Provider is DatabaseProvider.Sqlite ? new(1, 1) : new(together, together));

        public static async Task<StageByHand> OpenAsync(BenchDesk desk, int together)
        {
            var opened = new StageByHand(desk, together);
            for (var i = 0; i < together; i++)
            {
                opened._writers.Add(new(await desk.ConnectAsync(), desk));
            }

            return opened;
        }

        public Task RunAsync(ConcurrentQueue<(LeadId Lead, StageId Seen, StageId To)> moves, int ops)
        {
            var left = ops;
            return Task.WhenAll(_writers.Select(writer => Task.Run(async () =>
            {
                while (Interlocked.Decrement(ref left) >= 0 && moves.TryDequeue(out var move))
                {
                    await _gate.WaitAsync();
                    try
                    {
                        await writer.MoveAsync(move.Lead, move.Seen, move.To, _desk.Manager.Id!.Value);
                    }
                    finally
                    {
                        _gate.Release();
                    }

                    moves.Enqueue((move.Lead, move.To, move.Seen));
                }
            })));
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var writer in _writers)
            {
                await writer.DisposeAsync();
            }

            _gate.Dispose();
        }
    }

    private sealed class Writer(DbConnection connection, BenchDesk desk) : IAsyncDisposable
    {
        private readonly DbCommand _employee = connection.Prepared("""SELECT * FROM "Employees" WHERE "Id" = @id""", "@id");
        private readonly DbCommand _lead = connection.Prepared("""SELECT l.*, t."TagId" FROM "Leads" AS l LEFT JOIN "LeadTags" AS t ON t."LeadId" = l."Id" WHERE l."Id" = @id""", "@id");
        private readonly DbCommand _stage = connection.Prepared("""SELECT * FROM "Stages" WHERE "Id" = @id""", "@id");
        private readonly DbCommand _version = connection.Prepared("""SELECT "Version" FROM "Leads" WHERE "Id" = @id""", "@id");
        private readonly DbCommand _move = connection.Prepared($"""
            UPDATE "Leads" SET "StageId" = @to, "StageSince" = @now, "ClockStart" = @now, "LastActivityAt" = @now, "LastActivityKind" = {(int)LeadEventKind.StageChanged},
                "WarnedAt" = NULL, "NudgedAt" = NULL, "NudgedById" = NULL, "Version" = "Version" + 1
            WHERE "Id" = @id AND "Version" = @version
            """, "@to", "@now", "@id", "@version");

        private readonly DbCommand _note = connection.Prepared($"""
            INSERT INTO "LeadEvents" ("LeadId", "Kind", "At", "ActorId", "Cause", "FromId", "ToId", "Verdict", "ClockStart", "LeadVersion")
            VALUES (@id, {(int)LeadEventKind.StageChanged}, @now, @by, {(int)Cause.Person}, @seen, @to, {(int)ClockVerdict.Restarted}, @now, @version)
            """, "@id", "@now", "@by", "@seen", "@to", "@version");

        public async Task MoveAsync(LeadId lead, StageId seen, StageId to, EmployeeId by)
        {
            var now = desk.Clock.GetUtcNow().UtcTicks;
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var command in new[] { _employee, _lead, _stage, _version, _move, _note })
            {
                command.Transaction = transaction;
            }

            await _employee.With(by.Value).RowsAsync();
            await _lead.With(lead.Value).RowsAsync();
            await _stage.With(to.Value).RowsAsync();
            var version = await _version.With(lead.Value).NumberAsync();
            await _move.With(to.Value, now, lead.Value, version).ExecuteNonQueryAsync();
            await _note.With(lead.Value, now, by.Value, seen.Value, to.Value, version + 1).ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }

        public ValueTask DisposeAsync() => connection.DisposeAsync();
    }
}
