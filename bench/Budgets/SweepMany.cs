using System.Data.Common;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Bench.Budgets;

/// <summary>
/// Slices of a tenth of all leads, retired by turns by the sweep and by hand-written SQL: set-based statements a chunk, as many commits, the same rows,
/// receipts and inbox lines. All of them were warned before, so that warnings are no part of it.
/// </summary>
public sealed class SweepMany() : Budget("1", "sweep: retire a tenth of all leads")
{
    private const int Pairs = 2;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        await using var desk = await store.CopyAsync(store.Options.Leads);
        var period = desk.Desk.Policy.Period!.Value;
        await desk.Get<Transactor>().RunAsync(Actor.System("bench"), work =>
        {
            work.Db.RetirementSettings.Add(RetirementSetting.Of(new(period, TimeSpan.FromSeconds(1)), new(1, int.MaxValue), false, null, work.Now));
            return Task.FromResult(Outcome.Done);
        });
        await desk.ReadDeskAsync();
        await using var connection = await desk.ConnectAsync();
        await connection.RunAsync($"""UPDATE "Leads" SET "WarnedAt" = {desk.Clock.GetUtcNow().UtcTicks} WHERE "OwnerId" IS NOT NULL""");

        var slice = store.Options.Leads / 10;
        var stages = string.Join(", ", desk.Desk.Stages.Where(s => s.Retires).Select(s => s.Id.Value));
        var warm = Math.Max(slice / 100, slice / 2 < 500 ? slice / 2 : 500);
        List<double> ours = [], theirs = [];
        var done = 0;
        await SweepAsync(await CutoffAsync(warm));
        await ByHandAsync(await CutoffAsync(warm));
        for (var pair = 0; pair < Pairs; pair++)
        {
            var cutoff = await CutoffAsync(slice);
            ours.Add(await Measure.OnceAsync(() => SweepAsync(cutoff)));
            cutoff = await CutoffAsync(slice);
            theirs.Add(await Measure.OnceAsync(() => ByHandAsync(cutoff)));
        }

        yield return Ratio($"sweep: retire {slice:N0} of {store.Options.Leads:N0} leads, against hand-written SQL", new(ours), new(theirs), 2, 1.2);

        async Task<DateTimeOffset> CutoffAsync(int count)
        {
            var found = await connection.ReadAsync($"""
                SELECT "ClockStart" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" IN ({stages}) ORDER BY "ClockStart" LIMIT 1 OFFSET {count - 1}
                """);
            return new((long)found[0][0], TimeSpan.Zero);
        }

        async Task SweepAsync(DateTimeOffset cutoff) => done += await desk.Get<RetirementSweep>().RunAsync(cutoff + period);

        async Task ByHandAsync(DateTimeOffset cutoff) => done += await new SweepByHand(connection, desk, cutoff).RunAsync();
    }

    private sealed class SweepByHand(DbConnection connection, BenchDesk desk, DateTimeOffset cutoff)
    {
        private static long _batch = 1_000_000_000;

        private readonly long _now = desk.Clock.GetUtcNow().UtcTicks;

        public async Task<int> RunAsync()
        {
            var no = desk.Provider is DatabaseProvider.Postgres ? "FALSE" : "0";
            var id = ++_batch;
            await using var last = connection.Prepared("""SELECT coalesce(max("Id"), 0) FROM "LeadEvents" """);
            await using var note = connection.Prepared($"""
                INSERT INTO "LeadEvents" ("LeadId", "Kind", "At", "ActorId", "SystemName", "Cause", "BatchId", "FromId", "ToId", "Text", "Verdict", "ClockStart", "DurationSeconds", "HappenedAt", "LeadVersion")
                SELECT "Id", {(int)LeadEventKind.Retired}, @now, NULL, 'retirement', {(int)Cause.System}, @batch, "OwnerId", NULL, NULL, {(int)ClockVerdict.Ended}, NULL, NULL, NULL, "Version" + 1
                FROM "Leads" WHERE "StageId" = @stage AND "OwnerId" IS NOT NULL AND "ClockStart" <= @cutoff ORDER BY "ClockStart", "Id" LIMIT {Batch.ChunkSize}
                """, "@now", "@batch", "@stage", "@cutoff");
            await using var retire = connection.Prepared($"""
                UPDATE "Leads" SET "RetiredAt" = @now, "RetiredFromId" = "OwnerId", "RetiredFromTeamId" = "TeamId", "QuietSince" = "ClockStart", "TimesRetired" = "TimesRetired" + 1,
                    "WarnedAt" = NULL, "NudgedAt" = NULL, "NudgedById" = NULL, "LeftId" = "OwnerId", "LeftAt" = @now, "LeftWhy" = 1, "OwnerId" = NULL, "TeamId" = NULL,
                    "ClockStart" = NULL, "IsFresh" = {no}, "Version" = "Version" + 1
                WHERE "Id" IN (SELECT "LeadId" FROM "LeadEvents" WHERE "Id" > @last)
                """, "@now", "@last");
            await using var owners = connection.Prepared("""SELECT "FromId", count(*), min("LeadId") FROM "LeadEvents" WHERE "Id" > @last GROUP BY "FromId" """, "@last");
            await using var grow = connection.Prepared(
                """UPDATE "Notifications" SET "Count" = "Count" + @more, "At" = @now, "ReadAt" = NULL, "MailedAt" = NULL WHERE "BatchId" = @batch AND "EmployeeId" = @owner AND "Kind" = 3""",
                "@more", "@now", "@batch", "@owner");
            await using var tell = connection.Prepared("""
                INSERT INTO "Notifications" ("EmployeeId", "Kind", "At", "LeadId", "LeadName", "BatchId", "Count") VALUES (@owner, 3, @now, @lead, 'A lead', @batch, @more)
                """, "@owner", "@now", "@lead", "@batch", "@more");
            await using var receipt = connection.Prepared("""UPDATE "Batches" SET "Done" = "Done" + @more, "Total" = "Total" + @more, "FinishedAt" = @now WHERE "Id" = @id""", "@more", "@now", "@id");
            await connection.RunAsync($$"""
                INSERT INTO "Batches" ("Id", "Kind", "State", "At", "Order", "Total", "Done", "Unchanged", "Refused") VALUES ({{id}}, 8, 3, {{_now}}, '{}', 0, 0, 0, 0)
                """);
            var done = 0;
            foreach (var stage in desk.Desk.Stages.Where(s => s.Retires))
            {
                for (var full = true; full;)
                {
                    await using var transaction = await connection.BeginTransactionAsync();
                    foreach (var command in new[] { last, note, retire, owners, grow, tell, receipt })
                    {
                        command.Transaction = transaction;
                    }

                    var before = await last.NumberAsync();
                    var count = await note.With(_now, id, stage.Id.Value, cutoff.UtcTicks).ExecuteNonQueryAsync();
                    await retire.With(_now, before).ExecuteNonQueryAsync();
                    foreach (var owner in await owners.With(before).RowsAsync())
                    {
                        if (await grow.With(owner[1], _now, id, owner[0]).ExecuteNonQueryAsync() == 0)
                        {
                            await tell.With(owner[0], _now, owner[2], id, owner[1]).ExecuteNonQueryAsync();
                        }
                    }

                    await receipt.With(count, _now, id).ExecuteNonQueryAsync();
                    await transaction.CommitAsync();
                    (done, full) = (done + count, count == Batch.ChunkSize);
                }
            }

            return done;
        }
    }
}
