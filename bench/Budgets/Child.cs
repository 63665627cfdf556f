using System.Diagnostics;
using System.Globalization;
using LeadDesk.App;
using LeadDesk.Bench.Circuits;

namespace LeadDesk.Bench.Budgets;

/// <summary>What runs in a process of its own, so that its memory and its processor time are its own.</summary>
public static class Child
{
    public const string Word = "--child";

    public static async Task<int> RunAsync(string[] args)
    {
        switch (args)
        {
            case ["import", var file]:
                var code = await CommandLine.RunAsync(["import", file, "--pool", "Export"], TextWriter.Null, Console.Error);
                Console.WriteLine(File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal))[6..].Replace("kB", "", StringComparison.Ordinal).Trim());
                return code;
            case ["desk", var provider, var connection]:
                return await Serving.DeskAsync(provider, connection);
            case ["soak", var provider, var connection]:
                return await Serving.SoakAsync(provider, connection);
            case ["bare"]:
                return await Serving.BareAsync();
            default:
                return 1;
        }
    }

    /// <summary>Kilobytes at the highest, of a process that imports the file into an empty desk of its own.</summary>
    public static async Task<long> PeakOfImportAsync(string file)
    {
        var folder = Directory.CreateTempSubdirectory("leaddesk-bench-peak-").FullName;
        try
        {
            using var process = Start(folder, "import", file);
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? long.Parse(said.Trim(), CultureInfo.InvariantCulture) : throw new InvalidOperationException("The import ended with " + process.ExitCode);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    internal static Process Start(string folder, params string[] args) => Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, [.. Host(), Word, .. args]) { WorkingDirectory = folder, RedirectStandardInput = true, RedirectStandardOutput = true })!;

    /// <summary>Started as a program of its own or through the dotnet host.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, typeof(Child).Assembly.GetName().Name + ".dll")] : [];
}
