using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using LeadDesk.App.Batches;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Imports;

/// <summary>
/// <c>import FILE --pool NAME</c>. Calling it is the asking: pools, sources and tags that are missing are created. What a killed run left goes
/// on first, and what is there already is skipped.
/// </summary>
public sealed class ImportCommand
{
    private static readonly Actor _importer = Actor.System("import");

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The CSV file. Its first row names the columns." };
    private readonly Option<string?> _pool = new("--pool") { Description = "The pool for rows that name none." };
    private readonly Option<FileInfo?> _mapping = new("--mapping") { Description = "A JSON file that corrects what the columns become; --print-mapping writes one to begin with." };
    private readonly Option<OnDuplicate> _onDuplicate = new("--on-duplicate")
    {
        Description = "What becomes of a row whose lead is there already: skip (as without the option), update or create.",
        HelpName = "skip|update|create",
        CustomParser = ReadOnDuplicate,
    };
    private readonly Option<bool> _printMapping = new("--print-mapping") { Description = "Only print what the columns would become." };
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<CancellationToken, Task<ServiceProvider>> _open;

    private ImportCommand(TextWriter output, TextWriter error, Func<CancellationToken, Task<ServiceProvider>> open) => (_output, _error, _open) = (output, error, open);

    /// <param name="open">Gives the desk when it is needed; a bad file never comes so far.</param>
    public static Command Create(TextWriter output, TextWriter error, Func<CancellationToken, Task<ServiceProvider>> open)
    {
        var import = new ImportCommand(output, error, open);
        var command = new Command("import", "Import leads from a CSV file. The same file twice creates nothing new.")
        {
            import._file, import._pool, import._mapping, import._onDuplicate, import._printMapping,
        };
        command.SetAction(import.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken ct)
    {
        var path = line.GetRequiredValue(_file).FullName;
        var inspected = Inspect(path, line.GetValue(_mapping));
        if (inspected.Refusal is { } refusal)
        {
            return await RefuseAsync(refusal);
        }

        var (shape, mapping) = inspected.Value;
        if (line.GetValue(_printMapping))
        {
            await _output.WriteLineAsync(MappingFile.Write(mapping));
            return 0;
        }

        var pool = line.GetValue(_pool)?.Trim();
        if (string.IsNullOrEmpty(pool) && !mapping.Maps(ColumnTarget.Pool))
        {
            return await RefuseAsync(new NotAList("Name the pool with --pool, or map a column to pool."));
        }

        var order = new ImportOrder(Path.GetFileName(path), shape, mapping, string.IsNullOrEmpty(pool) ? null : pool, line.GetValue(_onDuplicate));
        var survey = mapping.Check() is { } unfit ? unfit : FileSurvey.Run(path, shape, mapping, order.Pool, ct);
        return survey.Value is { } found ? await ImportAsync(path, order, found, ct) : await RefuseAsync(survey.Refusal!);
    }

    private static Outcome<(ImportShape Shape, ImportMapping Mapping)> Inspect(string path, FileInfo? corrections)
    {
        var shape = ImportFile.Inspect(path);
        if (shape.Value is not { } found)
        {
            return shape.Refusal!;
        }

        var guess = ImportMapping.Guess(found.Headers);
        if (corrections is null)
        {
            return (found, guess);
        }

        if (!corrections.Exists)
        {
            return new NotAList($"There is no mapping file {corrections.Name}.");
        }

        var mapping = MappingFile.Read(File.ReadAllText(corrections.FullName), guess);
        return mapping.Value is { } corrected ? (found, corrected) : mapping.Refusal!;
    }

    private static OnDuplicate ReadOnDuplicate(ArgumentResult argument)
    {
        if (argument.Tokens is [{ Value: "skip" or "update" or "create" } token])
        {
            return Enum.Parse<OnDuplicate>(token.Value, ignoreCase: true);
        }

        argument.AddError("--on-duplicate is skip, update or create.");
        return default;
    }

    private async Task<int> ImportAsync(string path, ImportOrder order, FileSurvey survey, CancellationToken ct)
    {
        await using var services = await _open(ct);
        await services.GetRequiredService<BatchRunner>().RunAllAsync(ct);
        var desk = await services.GetRequiredService<DeskDirectory>().GetAsync(ct);
        var started = await services.GetRequiredService<StartImport>().RunAsync(order, path, survey.Rows, survey.Missing(desk), _importer, ct);
        if (started.Refusal is { } refusal)
        {
            return await RefuseAsync(refusal);
        }

        var batch = await CarryOutAsync(services, started.Value, ct);
        if (batch.State is not BatchState.Done)
        {
            return await RefuseAsync(new NotAList(batch.Trouble ?? "The import was stopped."));
        }

        await TellAsync(services, batch, ct);
        return 0;
    }

    private async Task<Batch> CarryOutAsync(ServiceProvider services, BatchId id, CancellationToken ct)
    {
        var (work, tenth) = (services.GetRequiredService<ImportWork>(), 0);
        while (true)
        {
            var more = await work.RunChunkAsync(id, _importer, ct);
            await using var db = await services.GetRequiredService<IDbContextFactory<LeadDeskDb>>().CreateDbContextAsync(ct);
            var batch = await db.Batches.AsNoTracking().FirstAsync(b => b.Id == id, ct);
            if (!more)
            {
                return batch;
            }

            var gone = batch.Done + batch.Unchanged + batch.Refused;
            if (gone * 10L / Math.Max(1, batch.Total) > tenth)
            {
                tenth = (int)(gone * 10L / batch.Total);
                await _output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{gone:N0} of {batch.Total:N0}"));
            }
        }
    }

    private async Task TellAsync(ServiceProvider services, Batch batch, CancellationToken ct)
    {
        await _output.WriteLineAsync(ImportWords.Result(batch));
        if (batch.Refused == 0)
        {
            return;
        }

        var file = services.GetRequiredService<ImportFolder>().Failed(batch.Id);
        await using (var to = File.Create(file))
        {
            await services.GetRequiredService<FailedRowsFile>().WriteAsync(batch.Id, to, ct);
        }

        await _output.WriteLineAsync($"The rows that failed, each with its reason: {Path.GetRelativePath(Environment.CurrentDirectory, file)}");
    }

    private async Task<int> RefuseAsync(Refusal refusal)
    {
        await _error.WriteLineAsync(refusal.Sentence);
        return 1;
    }
}
