using System.Globalization;
using LeadDesk.App.Storage;

namespace LeadDesk.Bench;

/// <summary>What the person at the keyboard wants measured.</summary>
/// <param name="Only">Names of budgets; empty for all.</param>
/// <param name="Keep">Generated databases are left for the next run.</param>
public sealed record BenchOptions(int Leads, IReadOnlySet<string> Only, DatabaseProvider Provider, bool Keep)
{
    public const string Usage = "dotnet run -c Release --project bench -- [--leads 1000000] [--only 3,9,approvals] [--provider Sqlite|Postgres] [--keep] | --soak [--minutes 10]";

    /// <summary>So long everybody works instead; none where the budgets are measured.</summary>
    public TimeSpan? Soak { get; init; }

    /// <summary>What everything is compared with that must not cost more because there is more.</summary>
    public int Small => Math.Max(100, Leads / 100);

    public int Agents => Math.Clamp(Leads / 1_000, 40, 200);

    /// <summary>Null where the line says something else.</summary>
    public static BenchOptions? Read(string[] args)
    {
        var options = new BenchOptions(1_000_000, new HashSet<string>(), DatabaseProvider.Sqlite, false);
        for (var i = 0; i < args.Length; i++)
        {
            var value = i + 1 < args.Length ? args[i + 1] : "";
            switch (args[i])
            {
                case "--leads" when int.TryParse(value, NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var leads) && leads >= 1_000:
                    options = options with { Leads = leads };
                    i++;
                    break;
                case "--only" when value.Length > 0:
                    options = options with { Only = value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase) };
                    i++;
                    break;
                case "--provider" when Enum.TryParse<DatabaseProvider>(value, ignoreCase: true, out var provider):
                    options = options with { Provider = provider };
                    i++;
                    break;
                case "--keep":
                    options = options with { Keep = true };
                    break;
                case "--soak":
                    options = options with { Soak = options.Soak ?? TimeSpan.FromMinutes(10) };
                    break;
                case "--minutes" when double.TryParse(value, CultureInfo.InvariantCulture, out var minutes) && minutes > 0:
                    options = options with { Soak = TimeSpan.FromMinutes(minutes) };
                    i++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    public bool Wants(string budget) => Only.Count == 0 || Only.Contains(budget);
}
