using System.Data.Common;
using System.Text.RegularExpressions;
using LeadDesk.App.Storage;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Kit;

/// <summary>Asks the database for the plan of every statement that reads leads or history, just before it runs, and keeps those that scan them.</summary>
public sealed partial class PlanWatch : DbCommandInterceptor
{
    private readonly List<string> _scans = [];
    private string? _asking;

    /// <summary>How many plans were read.</summary>
    public int Read { get; private set; }

    public IReadOnlyList<string> Scans => _scans;

    public void Watch(IServiceCollection services)
    {
        services.ConfigureDbContext<SqliteLeadDeskDb>(o => o.AddInterceptors(this));
        services.ConfigureDbContext<PostgresLeadDeskDb>(o => o.AddInterceptors(this));
    }

    /// <summary>Runs what is asked and watches it; one at a time.</summary>
    public async Task<T> OfAsync<T>(string name, Func<Task<T>> ask)
    {
        _asking = name;
        try
        {
            return await ask();
        }
        finally
        {
            _asking = null;
        }
    }

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Look(command);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Look(command);
        return ValueTask.FromResult(result);
    }

    private void Look(DbCommand command)
    {
        var isRead = command.CommandText.StartsWith("SELECT", StringComparison.Ordinal) || command.CommandText.StartsWith("WITH", StringComparison.Ordinal);
        if (_asking is not { } name || !isRead || Aliases(command.CommandText) is not { Count: > 0 } aliases)
        {
            return;
        }

        lock (_scans)
        {
            Read++;
            var isSqlite = command is SqliteCommand;
            var plan = Explain(command, isSqlite);
            if (isSqlite ? ScansInSqlite(plan, aliases, command.CommandText) : plan.Any(l => PostgresScan().IsMatch(l.Detail)))
            {
                _scans.Add($"{name}:\n{string.Join('\n', plan.Select(l => l.Detail))}\n{command.CommandText}\n");
            }
        }
    }

    private static HashSet<string> Aliases(string sql) => [.. Table().Matches(sql).Select(m => m.Groups[2].Value)];

    /// <summary>
    /// What is walked in the wanted order, by an index or by number, ends with the limit; what is sorted after does not. A walk of the index of fresh leads
    /// meets no others.
    /// </summary>
    private static bool ScansInSqlite(List<(long Id, long Parent, string Detail)> plan, HashSet<string> aliases, string sql) => plan.Any(line =>
        SqliteScan().Match(line.Detail) is { Success: true } scan && aliases.Contains(scan.Groups[1].Value)
        && !line.Detail.EndsWith("IX_Leads_Fresh", StringComparison.Ordinal)
        && (!sql.Contains("LIMIT", StringComparison.Ordinal) || !sql.Contains("ORDER BY", StringComparison.Ordinal)
            || plan.Any(other => other.Parent == line.Parent && other.Detail.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal))));

    private static List<(long Id, long Parent, string Detail)> Explain(DbCommand asked, bool isSqlite)
    {
        using var command = asked.Connection!.CreateCommand();
        command.Transaction = asked.Transaction;
        command.CommandText = (isSqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN ") + asked.CommandText;
        foreach (DbParameter parameter in asked.Parameters)
        {
            command.Parameters.Add(parameter is ICloneable kept ? kept.Clone() : new SqliteParameter(parameter.ParameterName, parameter.Value));
        }

        using var reader = command.ExecuteReader();
        var lines = new List<(long, long, string)>();
        while (reader.Read())
        {
            lines.Add(isSqlite ? (reader.GetInt64(0), reader.GetInt64(1), reader.GetString(3)) : (0, 0, reader.GetString(0)));
        }

        return lines;
    }

    [GeneratedRegex("""
        "(Leads|LeadEvents)" AS "?(\w+)"?
        """)]
    private static partial Regex Table();

    [GeneratedRegex(@"^SCAN (\w+)")]
    private static partial Regex SqliteScan();

    [GeneratedRegex("""
        Seq Scan on "(Leads|LeadEvents)"
        """)]
    private static partial Regex PostgresScan();
}
