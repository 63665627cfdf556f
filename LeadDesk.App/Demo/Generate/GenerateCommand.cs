using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace LeadDesk.App.Demo.Generate;

/// <summary><c>generate --leads N --agents A --seed S</c>: a desk of any size, to try and measure with.</summary>
public sealed class GenerateCommand
{
    private readonly Option<int> _leads = Number("--leads", "How many leads.", 10_000, 1, 20_000_000);
    private readonly Option<int> _agents = Number("--agents", "How many agents work on them.", 200, 1, 10_000);
    private readonly Option<int> _seed = Number("--seed", "The same seed gives the same desk, at another hour.", 1, 0, int.MaxValue);
    private readonly TextWriter _output;
    private readonly TextWriter _error;
    private readonly Func<CancellationToken, Task<ServiceProvider>> _open;

    private GenerateCommand(TextWriter output, TextWriter error, Func<CancellationToken, Task<ServiceProvider>> open) => (_output, _error, _open) = (output, error, open);

    public static Command Create(TextWriter output, TextWriter error, Func<CancellationToken, Task<ServiceProvider>> open)
    {
        var generate = new GenerateCommand(output, error, open);
        var command = new Command("generate", "Fill an empty database with leads and their history, to try and measure with.") { generate._leads, generate._agents, generate._seed };
        command.SetAction(generate.RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult line, CancellationToken ct)
    {
        await using var services = await _open(ct);
        var said = services.GetRequiredService<TimeProvider>().GetTimestamp();
        var outcome = await services.GetRequiredService<GenerateDesk>().RunAsync(
            new(line.GetValue(_leads), line.GetValue(_agents), line.GetValue(_seed)), _output.WriteLine, ct);
        if (outcome.Value is not { } made)
        {
            await _error.WriteLineAsync(outcome.Refusal!.Sentence);
            return 1;
        }

        var took = services.GetRequiredService<TimeProvider>().GetElapsedTime(said);
        await _output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{made.Leads:N0} leads with {made.HistoryRows:N0} history rows in {took:h\\:mm\\:ss}"));
        await _output.WriteLineAsync(made.Password is { } password
            ? $"Sign in as {made.Admin} with the one-time password {password}. It is told only here; People gives the others theirs."
            : $"Sign in as {string.Join(", ", DemoCast.Doors.Select(d => d.Email))} with {DemoCast.Password}.");
        return 0;
    }

    private static Option<int> Number(string name, string description, int usual, int least, int most)
    {
        var option = new Option<int>(name)
        {
            Description = description,
            DefaultValueFactory = _ => usual,
            CustomParser = argument => Read(argument, name, least, most),
        };
        return option;
    }

    private static int Read(ArgumentResult argument, string name, int least, int most)
    {
        if (argument.Tokens is [var token]
            && int.TryParse(token.Value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        argument.AddError(string.Create(CultureInfo.InvariantCulture, $"{name} is a number from {least:N0} to {most:N0}."));
        return least;
    }
}
