using System.CommandLine;
using LeadDesk.App.Demo.Generate;
using LeadDesk.App.Imports;
using LeadDesk.App.Storage;

namespace LeadDesk.App;

/// <summary>The verbs of the program. Without one it serves the desk, and everything else on the line is the host's: <c>--urls</c>, <c>--environment</c>.</summary>
public static class CommandLine
{
    private const string Serve = "serve";

    /// <returns>The exit code: 0 done, 1 refused with a sentence, 3 another process has the database.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error, CancellationToken ct = default)
    {
        var verbs = Verbs(output, error);
        if (args is [] || !(verbs.Any(v => v.Name == args[0]) || args[0] is "-h" or "--help" or "-?" or "--version"))
        {
            return await GuardAsync(() => ServeAsync(args is [Serve, ..] ? args[1..] : args, ct), error);
        }

        var root = new RootCommand("LeadDesk, the desk a sales floor works at. Without a verb it serves the desk; see the README for its settings.");
        root.Add(new Command(Serve, "Serve the desk. This is what happens without a verb; host options such as --urls pass through."));
        verbs.ForEach(root.Add);
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (parsed.Errors.Count > 0)
        {
            await error.WriteLineAsync(parsed.Errors[0].Message);
            return 1;
        }

        return await GuardAsync(() => parsed.InvokeAsync(new() { Output = output, Error = error, EnableDefaultExceptionHandler = false }, ct), error);
    }

    private static List<Command> Verbs(TextWriter output, TextWriter error) =>
    [
        ImportCommand.Create(output, error, CommandServices.OpenAsync),
        GenerateCommand.Create(output, error, CommandServices.OpenAsync),
    ];

    private static async Task<int> ServeAsync(string[] args, CancellationToken ct)
    {
        await using var app = DeskHost.Build(args);
        await DeskHost.PrepareAsync(app.Services, ct);
        await app.RunAsync(ct);
        return 0;
    }

    private static async Task<int> GuardAsync(Func<Task<int>> run, TextWriter error)
    {
        try
        {
            return await run();
        }
        catch (DatabaseInUseException e)
        {
            await error.WriteLineAsync(e.Message);
            return 3;
        }
    }
}
