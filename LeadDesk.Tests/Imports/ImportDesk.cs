using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Imports;

/// <summary>Imports as the page and the command do: inspect, survey, create what is missing, run the job to its end.</summary>
internal static class ImportDesk
{
    public static string MadeFile { get; } = Repository.At("LeadDesk.Tests", "Imports", "made-leads.csv");

    /// <summary>The made file; and the real one where <c>LEADDESK_SAMPLE</c> names it.</summary>
    public static IReadOnlyList<string> Files { get; } =
        [MadeFile, .. Environment.GetEnvironmentVariable("LEADDESK_SAMPLE") is { Length: > 0 } sample ? new[] { sample } : []];

    /// <summary>With the files of its imports in the box: tests on PostgreSQL would share one folder.</summary>
    public static Task<TestDesk> OpenAsync(DatabaseProvider provider, PostgresCluster? cluster, FileBox box, Action<IServiceCollection>? adjust = null) =>
        TestDesk.OpenAsync(provider, cluster, services =>
        {
            services.AddSingleton(new ImportFolder(box.Path("imports")));
            adjust?.Invoke(services);
        });

    public static ImportOrder Order(string file, Func<ImportMapping, ImportMapping>? correct = null, string? pool = "Inbound", OnDuplicate onDuplicate = OnDuplicate.Skip)
    {
        var shape = ImportFile.Inspect(file).Value ?? throw new InvalidOperationException(ImportFile.Inspect(file).Refusal!.Sentence);
        var guess = ImportMapping.Guess(shape.Headers);
        return new(Path.GetFileName(file), shape, correct?.Invoke(guess) ?? guess, pool, onDuplicate);
    }

    public static ImportMapping WithoutExternalId(ImportMapping mapping) =>
        mapping with { Columns = [.. mapping.Columns.Select(c => c.Target is ColumnTarget.ExternalId ? c with { Target = ColumnTarget.FurtherDetail } : c)] };

    /// <param name="create">Whether missing sources, pools and tags are created.</param>
    public static async Task<BatchId> StartAsync(this TestDesk desk, string file, ImportOrder order, Employee? by = null, bool create = true)
    {
        var survey = FileSurvey.Run(file, order.Shape, order.Mapping, order.Pool).Value!;
        var names = create ? survey.Missing(await desk.Get<DeskDirectory>().GetAsync()) : NewNames.None;
        var started = await desk.Get<StartImport>().RunAsync(order, file, survey.Rows, names, await desk.As(by ?? desk.Meera));
        Assert.Null(started.Refusal);
        return started.Value;
    }

    public static async Task<Batch> ImportAsync(this TestDesk desk, string file, ImportOrder? order = null, Employee? by = null, bool create = true)
    {
        var batch = await desk.StartAsync(file, order ?? Order(file), by, create);
        await desk.Get<BatchRunner>().RunAllAsync(default);
        return await desk.BatchAsync(batch);
    }

    public static async Task<Batch> BatchAsync(this TestDesk desk, BatchId id)
    {
        await using var db = desk.Database();
        return await db.Batches.AsNoTracking().FirstAsync(b => b.Id == id);
    }

    public static async Task<IReadOnlyList<Lead>> LeadsAsync(this TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.Leads.AsNoTracking().Include(l => l.Tags).Include(l => l.Contacts).AsSplitQuery().OrderBy(l => l.Id).ToListAsync();
    }

    public static async Task<IReadOnlyList<FailedRow>> FailedRowsAsync(this TestDesk desk, BatchId id)
    {
        await using var db = desk.Database();
        return await db.FailedRows.AsNoTracking().Where(r => r.BatchId == id).OrderBy(r => r.Row).ToListAsync();
    }

    public static int Rows(string file) => FileSurvey.Run(file, Order(file).Shape, Order(file).Mapping, "Inbound").Value!.Rows;
}
