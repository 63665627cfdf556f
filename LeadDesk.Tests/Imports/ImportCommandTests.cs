using System.Diagnostics;
using LeadDesk.App.Storage;
using Microsoft.Data.Sqlite;

namespace LeadDesk.Tests.Imports;

/// <summary>The program as it is called, in an empty folder of its own.</summary>
public sealed class ImportCommandTests : IDisposable
{
    private readonly FileBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task A_desk_that_was_never_started_gets_the_leads_and_twice_is_once()
    {
        var first = await RunAsync("import", ImportDesk.MadeFile, "--pool", "New leads");
        var second = await RunAsync("import", ImportDesk.MadeFile, "--pool", "new LEADS");

        Assert.Equal((0, "", "60 created, 0 updated, 0 skipped, 0 failed"), (first.Code, first.Error, first.Output[^1]));
        Assert.Equal((0, "", "0 created, 0 updated, 60 skipped, 0 failed"), (second.Code, second.Error, second.Output[^1]));
        Assert.Equal(("60", "New leads", "6", "0"), (Ask("SELECT count(*) FROM Leads"), Ask("SELECT group_concat(Name) FROM Pools"), Ask("SELECT count(*) FROM Tags"), Ask("SELECT count(*) FROM Employees")));
    }

    [Fact]
    public async Task The_guess_is_printed_and_a_mapping_file_corrects_it()
    {
        var guess = await RunAsync("import", ImportDesk.MadeFile, "--print-mapping");
        Assert.Equal(0, guess.Code);
        Assert.Contains("    \"Prospect ID\": \"external id\",", guess.Output);
        Assert.False(Directory.Exists(_box.Path("data")));

        var mapping = _box.Put("mapping.json", string.Join('\n', guess.Output).Replace("\"Lead Origin\": \"further detail\"", "\"Lead Origin\": \"company\"", StringComparison.Ordinal));
        var import = await RunAsync("import", ImportDesk.MadeFile, "--pool", "New leads", "--mapping", mapping);

        Assert.Equal(0, import.Code);
        Assert.Equal("API,Landing Page Submission,Lead Add Form", Ask("SELECT group_concat(Company) FROM (SELECT DISTINCT Company FROM Leads ORDER BY Company)"));
    }

    [Fact]
    public async Task Rows_that_fail_are_counted_and_their_file_is_named()
    {
        var file = _box.Put("leads.csv", "Name,Email\nGood,good@example.org\nBad,bad\n");

        var import = await RunAsync("import", file, "--pool", "New leads");

        Assert.Equal((0, "1 created, 0 updated, 0 skipped, 1 failed"), (import.Code, import.Output[^2]));
        var named = import.Output[^1]["The rows that failed, each with its reason: ".Length..];
        Assert.Equal(["Why it failed,Name,Email", "“bad” is not an e-mail address.,Bad,bad"], File.ReadAllLines(_box.Path(named)));
    }

    [Theory]
    [InlineData("There is no such file.", "nowhere.csv", "--pool", "New leads")]
    [InlineData("This file is empty.", "empty.csv", "--pool", "New leads")]
    [InlineData("This is a packed file. Unpack it and import the CSV in it.", "packed.csv", "--pool", "New leads")]
    [InlineData("Name the pool with --pool, or map a column to pool.", "good.csv")]
    [InlineData("There is no mapping file nowhere.json.", "good.csv", "--pool", "New leads", "--mapping", "nowhere.json")]
    [InlineData("No column is a name, company, e-mail, phone or external id. Say which one is.", "nobody.csv", "--pool", "New leads")]
    [InlineData("--on-duplicate is skip, update or create.", "good.csv", "--pool", "New leads", "--on-duplicate", "perhaps")]
    [InlineData("Unrecognized command or argument '--colour'.", "good.csv", "--pool", "New leads", "--colour")]
    public async Task A_bad_call_gets_one_sentence_and_changes_nothing(string sentence, params string[] call)
    {
        _box.Put("empty.csv", "");
        _box.Put("packed.csv", "PK\u0003\u0004 and so on");
        _box.Put("good.csv", "Name\nLena\n");
        _box.Put("nobody.csv", "City,Country\nBerlin,Germany\n");

        var import = await RunAsync(["import", .. call]);

        Assert.Equal((1, 1), (import.Code, import.Error.Split('\n').Length));
        Assert.StartsWith(sentence, import.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(_box.Path("data")));
    }

    [Fact]
    public async Task While_a_desk_runs_it_says_so_and_exits_3()
    {
        Directory.CreateDirectory(_box.Path("data"));
        using var running = new DatabaseStart(null!, new() { ConnectionString = $"Data Source={_box.Path("data/leaddesk.db")}" });
        await Assert.ThrowsAnyAsync<Exception>(() => running.RunAsync());

        var import = await RunAsync("import", ImportDesk.MadeFile, "--pool", "New leads");

        Assert.Equal((3, $"Another LeadDesk process has {_box.Path("data/leaddesk.db")} open. Stop it first."), (import.Code, import.Error));
    }

    [Fact]
    public async Task Killed_and_called_again_it_goes_on_where_it_stood()
    {
        var file = _box.Put("long.csv", "Name,Email\n" + string.Concat(Enumerable.Range(0, 20_000).Select(n => FormattableString.Invariant($"Lead {n},lead{n}@example.org\n"))));
        using (var killed = Start("import", file, "--pool", "New leads"))
        {
            while (await killed.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line && !line.StartsWith("4,000 of", StringComparison.Ordinal))
            {
            }

            killed.Kill(entireProcessTree: true);
            await killed.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.InRange(int.Parse(Ask("SELECT count(*) FROM Leads"), System.Globalization.CultureInfo.InvariantCulture), 4_000, 19_500);
        var again = await RunAsync("import", file, "--pool", "New leads");

        Assert.Equal((0, "0 created, 0 updated, 20,000 skipped, 0 failed"), (again.Code, again.Output[^1]));
        Assert.Equal(("20000", "20000", "20000"), (Ask("SELECT count(*) FROM Leads"), Ask("SELECT count(DISTINCT Name) FROM Leads"), Ask("SELECT count(*) FROM LeadEvents")));
    }

    private Process Start(params string[] call)
    {
        var program = new ProcessStartInfo("dotnet") { WorkingDirectory = _box.Path(""), RedirectStandardOutput = true, RedirectStandardError = true };
        program.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "LeadDesk.App.dll"));
        Array.ForEach(call, program.ArgumentList.Add);
        program.Environment["DOTNET_ENVIRONMENT"] = "Production";
        return Process.Start(program)!;
    }

    private async Task<(int Code, string[] Output, string Error)> RunAsync(params string[] call)
    {
        using var program = Start(call);
        var (output, error) = (program.StandardOutput.ReadToEndAsync(), program.StandardError.ReadToEndAsync());
        await program.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (program.ExitCode, (await output).TrimEnd().Split('\n'), (await error).TrimEnd());
    }

    private string Ask(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={_box.Path("data/leaddesk.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar()!.ToString()!;
    }
}
