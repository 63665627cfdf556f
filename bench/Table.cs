using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace LeadDesk.Bench;

/// <summary>One line of the table: what was measured, against what, and whether the budget holds.</summary>
/// <param name="Figure">With its unit: "12.3 ms".</param>
/// <param name="Baseline">The same of what it is compared with; empty where the budget is a plain limit.</param>
/// <param name="Ratio">What must and want are about; <paramref name="Unit"/> says of what.</param>
/// <param name="IsLeast">Must and want are the least, not the most.</param>
public sealed record TableRow(
    string Number, string Work, string Figure, string Baseline, double Ratio, double Must, double? Want, string Unit = "×", bool IsLeast = false)
{
    public bool Holds => IsLeast ? Ratio >= Must : Ratio <= Must;

    public bool MeetsWant => Want is not { } want || (IsLeast ? Ratio >= want : Ratio <= want);

    public string RatioWords => Say(Ratio);

    public string MustWords => Limit(Must);

    public string WantWords => Want is { } want ? Limit(want) : "";

    public string HoldsWord => Holds ? "yes" : "no";

    public override string ToString() => $"{Work}: {Figure} against {(Baseline.Length == 0 ? "nothing" : Baseline)}, {RatioWords} ({MustWords}) {HoldsWord}";

    private string Limit(double value) => $"{(IsLeast ? "≥" : "≤")} {Say(value)}";

    private string Say(double value) => Unit switch
    {
        "%" => string.Create(CultureInfo.InvariantCulture, $"{value * 100:0} %"),
        "×" => string.Create(CultureInfo.InvariantCulture, $"{value:0.##}×"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{value:0.#} {Unit}"),
    };
}

/// <summary>All lines, printed and kept in <c>docs/performance.md</c>.</summary>
public sealed class Table(BenchOptions options)
{
    private static readonly string[] _head = ["#", "work", "figure", "baseline", "ratio", "must", "want", "holds"];

    private readonly List<TableRow> _rows = [];
    private readonly string _load = File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    public bool Holds => _rows.All(r => r.Holds);

    public void Add(TableRow row) => _rows.Add(row);

    public string ToText()
    {
        var lines = Cells().Prepend(_head).ToList();
        var widths = Enumerable.Range(0, _head.Length).Select(c => lines.Max(l => l[c].Length)).ToList();
        return string.Join('\n', lines.Select(l => string.Join("  ", l.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd()));
    }

    /// <summary>Only a whole run is kept: some budgets alone are for whoever is looking for something.</summary>
    public void Keep()
    {
        if (options.Only.Count > 0 || options.Soak is not null || Repository() is not { } root)
        {
            return;
        }

        var file = Path.Combine(root, "docs", "performance.md");
        var title = $"## {options.Leads.ToString("N0", CultureInfo.InvariantCulture)} leads, {options.Provider}";
        var others = File.Exists(file) ? Sections(File.ReadAllText(file)).Where(s => !s.StartsWith(title, StringComparison.Ordinal)) : [];
        var text = new StringBuilder("""
            # Performance

            Written by `dotnet run -c Release --project bench`; see `bench/`. Medians of many warm runs. A ratio compares with a baseline of the same run.

            """);
        foreach (var section in others.Append(Section(title)).Order(StringComparer.Ordinal))
        {
            text.Append('\n').Append(section.Trim()).Append('\n');
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text.ToString());
    }

    private string Section(string title)
    {
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (1024.0 * 1024 * 1024);
        var text = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"""
            {title}

            {TimeProvider.System.GetUtcNow():yyyy-MM-dd}, {Environment.ProcessorCount} cores, {memory:0} GB, {RuntimeInformation.OSArchitecture}, .NET {Environment.Version}, load before {_load}. `--leads {options.Leads} --provider {options.Provider}`

            | {string.Join(" | ", _head)} |
            |{string.Concat(_head.Select(_ => " --- |"))}

            """));
        foreach (var cells in Cells())
        {
            text.Append(CultureInfo.InvariantCulture, $"| {string.Join(" | ", cells)} |\n");
        }

        return text.ToString();
    }

    private IEnumerable<string[]> Cells() => _rows.Select(r => new[] { r.Number, r.Work, r.Figure, r.Baseline, r.RatioWords, r.MustWords, r.WantWords, r.HoldsWord });

    private static IEnumerable<string> Sections(string text) => text.Split("\n## ").Skip(1).Select(s => "## " + s);

    internal static string? Repository()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LeadDesk.sln")))
            {
                return folder.FullName;
            }
        }

        return null;
    }
}
