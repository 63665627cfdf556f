using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.Bench.Budgets;

/// <summary>A hundredth of all leads, unassigned ones of one pool, given to one agent; by turns with set-based SQL, a commit for as many leads.</summary>
public sealed class AssignMany() : Budget("10", "assign many leads in one act")
{
    private const int Pairs = 3;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        await using var desk = await store.CopyAsync(store.Options.Leads);
        var count = store.Options.Leads / 100;
        await IntentAsync(desk, await UnassignedAsync(desk, 10));
        await ByHandAsync(desk, await UnassignedAsync(desk, 10));
        List<double> ours = [], theirs = [];
        for (var pair = 0; pair < Pairs; pair++)
        {
            var lot = await UnassignedAsync(desk, count);
            ours.Add(await Measure.OnceAsync(() => IntentAsync(desk, lot)));
            lot = await UnassignedAsync(desk, count);
            theirs.Add(await Measure.OnceAsync(() => ByHandAsync(desk, lot)));
        }

        yield return Ratio($"assign {count:N0} leads in one act, against hand-written SQL", new(ours), new(theirs), 3, 1.5);
    }

    internal sealed record Lot(IReadOnlyList<LeadId> Leads, Employee To);

    /// <summary>Of the pool that has most of them.</summary>
    internal static async Task<Lot> UnassignedAsync(BenchDesk desk, int count)
    {
        await using var connection = await desk.ConnectAsync();
        var pool = desk.Desk.Pool(new((long)(await connection.ReadAsync($"""
            SELECT "PoolKey" FROM "LeadCounts" WHERE "OwnerKey" = {LeadCount.Unassigned} GROUP BY "PoolKey" ORDER BY sum("Leads") DESC LIMIT 1
            """))[0][0]))!;
        var leads = await connection.ReadAsync($"""
            SELECT "Id" FROM "Leads" WHERE "OwnerId" IS NULL AND "RetiredAt" IS NULL AND "PoolId" = {pool.Id.Value} ORDER BY "CreatedAt" LIMIT {count}
            """);
        return leads.Count == count
            ? new([.. leads.Select(l => new LeadId((long)l[0]))], desk.Desk.Eligible(pool).First())
            : throw new InvalidOperationException($"Only {leads.Count} leads wait in {pool.Name}.");
    }

    internal static async Task IntentAsync(BenchDesk desk, Lot lot)
    {
        var outcome = await desk.Get<ActOnLeads>().RunAsync(new AssignLeads(LeadSelection.Of(lot.Leads), lot.To.Id), desk.Manager);
        if (outcome.Value is not { } result)
        {
            throw new InvalidOperationException(outcome.Refusal!.Sentence);
        }

        if (result.IsRunning)
        {
            await desk.Get<BatchRunner>().RunAllAsync(CancellationToken.None);
        }
    }

    private static async Task ByHandAsync(BenchDesk desk, Lot lot)
    {
        await using var connection = await desk.ConnectAsync();
        var (now, batch, by) = (desk.Clock.GetUtcNow().UtcTicks, 2_000_000_000 + lot.Leads[0].Value, desk.Manager.Id!.Value.Value);
        var isPostgres = desk.Provider is DatabaseProvider.Postgres;
        var (those, yes) = isPostgres ? ("= ANY(@ids)", "TRUE") : ("IN (SELECT value FROM json_each(@ids))", "1");
        await using var hold = connection.Prepared(isPostgres ? $"""SELECT 1 FROM "Leads" WHERE "Id" {those} ORDER BY "Id" FOR UPDATE""" : "SELECT @ids", "@ids");
        await using var note = connection.Prepared($"""
            INSERT INTO "LeadEvents" ("LeadId", "Kind", "At", "ActorId", "Cause", "BatchId", "ToId", "Verdict", "ClockStart", "LeadVersion")
            SELECT "Id", {(int)LeadEventKind.Assigned}, @now, @by, {(int)Cause.Bulk}, @batch, @to, {(int)ClockVerdict.NewOwner}, @now, "Version" + 1
            FROM "Leads" WHERE "Id" {those} AND "OwnerId" IS NULL AND "RetiredAt" IS NULL
            """, "@ids", "@now", "@by", "@batch", "@to");
        await using var give = connection.Prepared($"""
            UPDATE "Leads" SET "OwnerId" = @to, "TeamId" = @team, "IsFresh" = {yes}, "ClockStart" = @now, "WarnedAt" = NULL, "NudgedAt" = NULL, "NudgedById" = NULL, "Version" = "Version" + 1
            WHERE "Id" {those} AND "OwnerId" IS NULL AND "RetiredAt" IS NULL
            """, "@ids", "@to", "@team", "@now");
        await using var grow = connection.Prepared("""UPDATE "Notifications" SET "Count" = "Count" + @more WHERE "BatchId" = @batch AND "EmployeeId" = @to AND "Kind" = 1""", "@more", "@batch", "@to");
        await using var tell = connection.Prepared("""
            INSERT INTO "Notifications" ("EmployeeId", "Kind", "At", "ById", "LeadId", "LeadName", "BatchId", "Count") VALUES (@to, 1, @now, @by, @lead, 'A lead', @batch, @more)
            """, "@to", "@now", "@by", "@lead", "@batch", "@more");
        await using var receipt = connection.Prepared("""UPDATE "Batches" SET "Done" = "Done" + @more WHERE "Id" = @batch""", "@more", "@batch");
        await connection.RunAsync($$"""
            INSERT INTO "Batches" ("Id", "Kind", "State", "ById", "At", "Order", "Total", "Done", "Unchanged", "Refused")
            VALUES ({{batch}}, 1, 3, {{by}}, {{now}}, '{"Ids": [{{string.Join(",", lot.Leads)}}]}', {{lot.Leads.Count}}, 0, 0, 0)
            """);
        foreach (var chunk in lot.Leads.Chunk(Batch.ChunkSize))
        {
            object ids = isPostgres ? chunk.Select(l => l.Value).ToArray() : $"[{string.Join(",", chunk)}]";
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var command in new[] { hold, note, give, grow, tell, receipt })
            {
                command.Transaction = transaction;
            }

            await hold.With(ids).RowsAsync();
            await note.With(ids, now, by, batch, lot.To.Id.Value).ExecuteNonQueryAsync();
            await give.With(ids, lot.To.Id.Value, lot.To.TeamId?.Value, now).ExecuteNonQueryAsync();
            if (await grow.With(chunk.Length, batch, lot.To.Id.Value).ExecuteNonQueryAsync() == 0)
            {
                await tell.With(lot.To.Id.Value, now, by, chunk[0].Value, batch, chunk.Length).ExecuteNonQueryAsync();
            }

            await receipt.With(chunk.Length, batch).ExecuteNonQueryAsync();
            await transaction.CommitAsync();
        }
    }
}
