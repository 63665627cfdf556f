using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Architecture;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LeadDesk.Tests.Storage;

public sealed class WriterGateTests
{
    [Theory]
    [InlineData("commit"), InlineData("rollback"), InlineData("dispose"), InlineData("fault")]
    public async Task However_a_transaction_ends_the_next_writer_gets_in(string end)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var gate = desk.Get<WriterGate>();
        await using (var db = desk.Database())
        {
            var transaction = await db.Database.BeginTransactionAsync();
            Assert.Equal(1, gate.Queue);
            switch (end)
            {
                case "commit":
                    await transaction.CommitAsync();
                    break;
                case "rollback":
                    await transaction.RollbackAsync();
                    break;
                case "fault":
                    await Assert.ThrowsAsync<DbUpdateException>(async () =>
                    {
                        db.Leads.Add(Domain.Leads.Lead.Create(
                            new(1_000_000), new() { Name = "Nowhere" }, new SourceId(999_999), null, desk.Stages[0].Id, Actor.System("test"), Cause.System, desk.Now).Value!);
                        await db.SaveChangesAsync();
                    });
                    break;
            }

            await transaction.DisposeAsync();
        }

        Assert.Equal(0, gate.Queue);
        await AssertWritableAsync(desk);
    }

    [Fact]
    public async Task A_save_that_fails_in_a_transaction_of_its_own_lets_the_next_writer_in()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await SaveAsync();
        await Assert.ThrowsAsync<DbUpdateException>(SaveAsync);

        Assert.Equal(0, desk.Get<WriterGate>().Queue);
        await AssertWritableAsync(desk);

        async Task SaveAsync()
        {
            await using var db = desk.Database();
            db.PersonalSettings.Add(new(desk.Asha.Id, "the same key", "value"));
            await db.SaveChangesAsync();
        }
    }

    [Fact]
    public async Task A_second_writer_waits_for_the_first_and_readers_for_nobody()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var first = desk.Database();
        await using var second = desk.Database();
        var writing = await first.Database.BeginTransactionAsync();

        var waiting = second.Database.BeginTransactionAsync();

        Assert.Equal(2, desk.Get<WriterGate>().Queue);
        Assert.False(waiting.IsCompleted);
        await using (var reader = desk.Database())
        {
            Assert.Equal(7, await reader.Employees.CountAsync());
        }

        await writing.DisposeAsync();
        await using var got = await waiting;
        Assert.Equal(1, desk.Get<WriterGate>().Queue);
    }

    [Fact]
    public async Task Whoever_stops_waiting_leaves_no_one_stuck()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var first = desk.Database();
        await using var second = desk.Database();
        await using var third = desk.Database();
        using var patience = new CancellationTokenSource();
        var writing = await first.Database.BeginTransactionAsync();
        var impatient = second.Database.BeginTransactionAsync(patience.Token);
        var patient = third.Database.BeginTransactionAsync();

        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => impatient);
        await writing.DisposeAsync();

        await (await patient).DisposeAsync();
        Assert.Equal(0, desk.Get<WriterGate>().Queue);
        await AssertWritableAsync(desk);
    }

    [Fact]
    public async Task Whoever_is_inside_holds_the_write_lock_from_the_beginning()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var db = desk.Database();
        await using var writing = await db.Database.BeginTransactionAsync();

        await using var stranger = new SqliteConnection($"{db.Database.GetConnectionString()};Pooling=False");
        await stranger.OpenAsync();
        await using var command = stranger.CreateCommand();
        (command.CommandText, command.CommandTimeout) = ("BEGIN IMMEDIATE", 1);

        Assert.Equal(5, (await Assert.ThrowsAsync<SqliteException>(() => command.ExecuteNonQueryAsync())).SqliteErrorCode);
    }

    [Theory]
    [InlineData("save"), InlineData("account"), InlineData("key"), InlineData("blocking transaction")]
    public async Task Nobody_who_writes_passes_the_gate_by(string who)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: s => s.AddAccess());
        await using var first = desk.Database();
        var writing = await first.Database.BeginTransactionAsync();

        var write = Task.Run(() => WriteAsync(desk, who));
        await Until.TrueAsync(() => desk.Get<WriterGate>().Queue == 2, $"{who} to stand at the gate");
        Assert.False(write.IsCompleted);
        await writing.DisposeAsync();
        await write;

        Assert.Equal(0, desk.Get<WriterGate>().Queue);
    }

    [Fact]
    public async Task Sixty_four_writers_and_four_readers_meet_no_locked_database_and_lose_no_write()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var meera = await desk.As(desk.Meera);
        using var over = new CancellationTokenSource();

        var begun = Enumerable.Range(0, 4).Select(_ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).ToList();
        var readers = begun.Select(begins => Task.Run(async () =>
        {
            var reads = 0;
            while (!over.IsCancellationRequested)
            {
                await using var db = desk.Database();
                Assert.Equal(1, await db.Leads.CountAsync(l => l.OwnerId != null));
                reads += (await db.LeadEvents.AsNoTracking().OrderByDescending(e => e.Id).Take(100).ToListAsync()).Count;
                begins.TrySetResult();
            }

            return reads;
        })).ToList();
        // The writers may be done before the pool has come to a reader.
        await Task.WhenAny(Task.WhenAll(begun.Select(b => b.Task)), Task.WhenAll(readers)).WaitAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(w => Task.Run(async () =>
        {
            for (var i = 0; i < 5; i++)
            {
                Assert.Equal(Outcome.Done, await desk.Get<App.Leads.AddComment>().RunAsync(lead.Id, $"{w} {i}", meera));
            }
        })));
        await over.CancelAsync();

        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 0));
        var texts = (await desk.HistoryAsync(lead.Id)).Where(e => e.Kind is LeadEventKind.Commented).Select(e => e.Text!).ToList();
        Assert.Equal(320, texts.Distinct().Count());
        Assert.Equal(320, texts.Count);
        Assert.Equal(0, desk.Get<WriterGate>().Queue);
    }

    [Fact]
    public async Task Every_connection_is_durable_and_in_WAL()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        for (var i = 0; i < 3; i++)
        {
            await using var db = desk.Database();
            await using var writing = i == 1 ? await db.Database.BeginTransactionAsync() : null;
            Assert.Equal("wal", await PragmaAsync(db, "journal_mode"));
            Assert.Equal("2", await PragmaAsync(db, "synchronous"));
            Assert.Equal("1", await PragmaAsync(db, "foreign_keys"));
            Assert.Equal("0", await PragmaAsync(db, "mmap_size"));
        }

        using var blocking = desk.Database();
        Assert.Equal("2", await PragmaAsync(blocking, "synchronous"));
    }

    /// <summary>A bulk statement of its own would pass the gate, the history and the notices by: it belongs into a transaction of the transactor.</summary>
    [Fact]
    public void No_bulk_statement_stands_alone() =>
        Found.Nothing(from path in Repository.Files("LeadDesk.App", ".cs")
                      from Match statement in Regex.Matches(File.ReadAllText(Repository.At(path)), @"\.Execute(Update|Delete|Sql\w*)(Async)?\([^;]*;")
                      where !statement.Value.Contains("work.Ct", StringComparison.Ordinal) && !path.StartsWith("LeadDesk.App/Storage/", StringComparison.Ordinal)
                      select $"{path}: {statement.Value}");

    private static async Task WriteAsync(TestDesk desk, string who)
    {
        await using var scope = desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        switch (who)
        {
            case "save":
                await using (var db = desk.Database())
                {
                    db.PersonalSettings.Add(new(desk.Asha.Id, "key", "value"));
                    await db.SaveChangesAsync();
                }

                break;
            case "account":
                var result = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>()
                    .CreateAsync(new() { Id = desk.Asha.Id.Value, UserName = desk.Asha.Email, Email = desk.Asha.Email }, DeskServer.Password);
                Assert.True(result.Succeeded, result.ToString());
                break;
            case "key":
                desk.Get<IOptions<KeyManagementOptions>>().Value.XmlRepository!.StoreElement(new XElement("key"), "a key");
                break;
            default:
                using (var db = desk.Database())
                {
                    using var transaction = db.Database.BeginTransaction();
                    await db.SaveChangesAsync();
                    transaction.Commit();
                }

                break;
        }
    }

    private static async Task AssertWritableAsync(TestDesk desk)
    {
        var outcome = await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            work.Db.DeskEvents.Add(new(work.Now, null, "Wrote", null, null));
            return Task.FromResult(Outcome.Done);
        });
        Assert.Equal(Outcome.Done, outcome);
    }

    private static async Task<string> PragmaAsync(LeadDeskDb db, string name)
    {
        await db.Database.OpenConnectionAsync();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction?.GetDbTransaction();
        command.CommandText = $"PRAGMA {name}";
        return Convert.ToString(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture)!;
    }
}
