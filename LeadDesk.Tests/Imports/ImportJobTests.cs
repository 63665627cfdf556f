using System.Text;
using LeadDesk.App;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Imports;

public sealed class ImportJobTests(PostgresCluster cluster) : IDisposable
{
    private readonly FileBox _box = new();

    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    public void Dispose() => _box.Dispose();

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Killed_in_the_middle_it_goes_on_without_doubles_and_without_gaps(DatabaseProvider provider)
    {
        await using var desk = await OpenAsync(provider);
        var file = Long(1_730);
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        var actor = await desk.As(desk.Meera);
        Assert.True(await desk.Get<ImportWork>().RunChunkAsync(id, actor, default));
        Assert.True(await desk.Get<ImportWork>().RunChunkAsync(id, actor, default));

        await using (var restarted = Restart(desk))
        {
            await restarted.GetRequiredService<BatchRunner>().RunAllAsync(default);
        }

        var batch = await desk.BatchAsync(id);
        Assert.Equal((BatchState.Done, 1_730, 1_557, 0, 173), (batch.State, batch.Total, batch.Done, batch.Unchanged, batch.Refused));
        var leads = await desk.LeadsAsync();
        Assert.Equal(1_557, leads.Count);
        Assert.Equal(1_557, leads.Select(l => l.Name).Distinct().Count());
        Assert.Equal(Enumerable.Range(2, 1_730).Where(row => row % 10 == 0), (await desk.FailedRowsAsync(id)).Select(r => r.Row));
        Assert.False(File.Exists(desk.Get<ImportFolder>().Stored(id)));
    }

    [Fact]
    public async Task A_chunk_that_is_not_stored_leaves_nothing_behind_and_is_read_again()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var file = Long(700);
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        using var broken = new CancellationTokenSource();
        var actor = await desk.As(desk.Meera);
        var work = desk.Get<ImportWork>();
        Assert.True(await work.RunChunkAsync(id, actor, default));

        await broken.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => work.RunChunkAsync(id, actor, broken.Token));
        Assert.Equal(450, (await desk.LeadsAsync()).Count);
        Assert.False(await work.RunChunkAsync(id, actor, default));

        Assert.Equal(630, (await desk.LeadsAsync()).Count);
        Assert.Equal(70, (await desk.FailedRowsAsync(id)).Count);
    }

    [Fact]
    public async Task Stopped_it_keeps_what_is_done_and_forgets_the_file()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var file = Long(1_200);
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        await desk.Get<ImportWork>().RunChunkAsync(id, await desk.As(desk.Meera), default);

        await desk.Get<StopBatch>().RunAsync(id, await desk.As(desk.Meera));
        Assert.False(await desk.Get<ImportWork>().RunChunkAsync(id, await desk.As(desk.Meera), default));

        Assert.Equal((BatchState.Stopped, 450), ((await desk.BatchAsync(id)).State, (await desk.LeadsAsync()).Count));
        Assert.False(File.Exists(desk.Get<ImportFolder>().Stored(id)));
    }

    [Fact]
    public async Task Whoever_may_no_longer_import_stops_the_import()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var file = Long(1_200);
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        await desk.Get<ImportWork>().RunChunkAsync(id, await desk.As(desk.Meera), default);
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
            (await work.Db.Employees.FirstAsync(e => e.Id == desk.Meera.Id)).Edit(desk.Meera.Name, desk.Meera.Email, Roles.Agent, null, "UTC"));

        await desk.Get<BatchRunner>().RunAllAsync(default);

        var batch = await desk.BatchAsync(id);
        Assert.Equal((BatchState.Failed, "Whoever started this may no longer import leads."), (batch.State, batch.Trouble));
        Assert.Equal(450, (await desk.LeadsAsync()).Count);
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var id = await desk.StartAsync(ImportDesk.MadeFile, ImportDesk.Order(ImportDesk.MadeFile));
        File.Delete(desk.Get<ImportFolder>().Stored(id));

        await desk.Get<BatchRunner>().RunAllAsync(default);

        Assert.Equal("The file of this import is gone. Import it again; what is there already is skipped.", (await desk.BatchAsync(id)).Trouble);
    }

    [Fact]
    public async Task Every_chunk_is_one_commit_that_screens_hear_of()
    {
        await using var desk = await OpenAsync(DatabaseProvider.Sqlite);
        var heard = new List<Commit>();
        var file = Long(1_200);
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        desk.Get<ChangeFeed>().Committed += heard.Add;

        await desk.Get<BatchRunner>().RunAllAsync(default);

        Assert.Equal([450, 450, 180], heard.Select(c => c.Leads.Count));
        Assert.All(heard, c => Assert.Contains(Topic.Batch(id), c.Topics));
    }

    private Task<TestDesk> OpenAsync(DatabaseProvider provider) => ImportDesk.OpenAsync(provider, cluster, _box);

    /// <summary>Every tenth row of the spreadsheet has an address that is none.</summary>
    private string Long(int rows)
    {
        var text = new StringBuilder("Name,Email,Tags\n");
        for (var row = 2; row < rows + 2; row++)
        {
            text.Append(FormattableString.Invariant($"Lead {row},{(row % 10 == 0 ? "broken" : $"lead{row}@example.org")},Ringing\n"));
        }

        return _box.Put("long.csv", text.ToString());
    }

    /// <summary>Another process on the same database: nothing in memory is shared.</summary>
    private ServiceProvider Restart(TestDesk desk)
    {
        var options = desk.Get<DatabaseOptions>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Database:Provider"] = options.Provider.ToString(),
            ["Database:ConnectionString"] = options.ConnectionString,
        }).Build();
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<TimeProvider>(desk.Clock);
        services.AddLogging();
        DeskHost.AddDesk(services, configuration);
        services.AddSingleton(new ImportFolder(_box.Path("imports")));
        return services.BuildServiceProvider();
    }
}
