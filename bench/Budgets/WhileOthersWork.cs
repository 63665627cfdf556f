using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Pipeline;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Bench.Budgets;

/// <summary>One person sets stages, alone and while an import and an assignment run as jobs.</summary>
public sealed class WhileOthersWork() : Budget("13", "set stage while an import and an assignment run")
{
    private const int Most = 300;
    private const int Least = 10;

    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-bench-while-").FullName;
        try
        {
            await using var desk = await store.CopyAsync(store.Options.Leads);
            var leads = await OwnedAsync(desk);
            await TimesAsync(desk, leads, () => false, 50);
            var alone = await TimesAsync(desk, leads, () => false, Most);

            await ImportRows.StartAsync(desk, ImportRows.NextFile(folder, store.Options.Leads / 10));
            var lot = await AssignMany.UnassignedAsync(desk, store.Options.Leads / 100);
            // As the server runs them: both jobs at the same time.
            var runner = desk.Get<BatchRunner>();
            await runner.StartAsync(CancellationToken.None);
            var outcome = await desk.Get<ActOnLeads>().RunAsync(new AssignLeads(LeadSelection.Of(lot.Leads), lot.To.Id), desk.Manager);
            if (outcome.Refusal is { } refusal)
            {
                throw new InvalidOperationException(refusal.Sentence);
            }

            var jobs = UntilOverAsync(desk);
            var meanwhile = await TimesAsync(desk, leads, () => jobs.IsCompleted, Most);
            await jobs;
            await runner.StopAsync(CancellationToken.None);
            yield return new(Name, $"set stage while {store.Options.Leads / 10:N0} rows are imported and {lot.Leads.Count:N0} leads assigned, against alone: p95",
                Times.Say(meanwhile.At(0.95)), Times.Say(alone.At(0.95)), meanwhile.At(0.95) / alone.At(0.95), 5, 2);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    private static async Task UntilOverAsync(BenchDesk desk)
    {
        while (true)
        {
            await using (var db = desk.Database())
            {
                if (!await db.Batches.AnyAsync(b => b.State == BatchState.Waiting || b.State == BatchState.Running))
                {
                    return;
                }
            }

            await Task.Delay(100);
        }
    }

    private static async Task<Queue<(LeadId Lead, StageId Seen, StageId To)>> OwnedAsync(BenchDesk desk)
    {
        var open = desk.Desk.Stages.Where(s => s.Kind is StageKind.Open).Select(s => s.Id).ToList();
        await using var connection = await desk.ConnectAsync();
        var found = await connection.ReadAsync($"""
            SELECT "Id", "StageId" FROM "Leads" WHERE "OwnerId" IS NOT NULL AND "StageId" IN ({string.Join(", ", open)}) ORDER BY ("Id" * 7919) % 1000003 LIMIT {Most * 3}
            """);
        return new(found.Select(f => (new LeadId((long)f[0]), new StageId((long)f[1]), open[(open.IndexOf(new((long)f[1])) + 1) % open.Count])));
    }

    private static async Task<Times> TimesAsync(BenchDesk desk, Queue<(LeadId Lead, StageId Seen, StageId To)> leads, Func<bool> isOver, int most)
    {
        var (intent, times) = (desk.Get<SetLeadStage>(), new List<double>());
        while (times.Count < most && (times.Count < Least || !isOver()))
        {
            var (lead, seen, to) = leads.Dequeue();
            leads.Enqueue((lead, to, seen));
            times.Add(await Measure.OnceAsync(() => intent.RunAsync(lead, to, seen, desk.Manager)));
        }

        return new(times);
    }
}
