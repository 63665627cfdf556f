using LeadDesk.App.Leads;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Retirement;

/// <summary>What the address of the retired list asks for.</summary>
/// <param name="Since">A word of <see cref="Spans"/>; none for any time.</param>
public sealed record RetiredAsk(string? Search, TeamId? Team, EmployeeId? Had, PoolId? Pool, StageId? Stage, string? Since, RetiredSort Sort)
{
    public static readonly IReadOnlyList<FilterOption<string>> Spans = [new("24h", "24 hours"), new("7d", "7 days"), new("30d", "30 days")];

    public static RetiredAsk Of(string? search, long? team, long? had, long? pool, long? stage, string? since, string? sort) => new(
        string.IsNullOrWhiteSpace(search) ? null : search.Trim(), team is { } t ? new(t) : null, had is { } h ? new(h) : null, pool is { } p ? new(p) : null, stage is { } s ? new(s) : null,
        Spans.Any(o => o.Value == since) ? since : null, sort switch { "oldest" => RetiredSort.Oldest, "quiet" => RetiredSort.Quiet, "value" => RetiredSort.Value, _ => RetiredSort.Newest });

    public bool IsFiltered => this with { Sort = default } != new RetiredAsk(null, null, null, null, null, null, default);

    public LeadFilter Filter(DateTimeOffset now) => new()
    {
        Status = LeadStatus.Retired,
        Search = Search,
        RetiredFromTeamId = Team,
        RetiredFromId = Had,
        PoolId = Pool,
        StageId = Stage,
        RetiredSince = Since switch { "24h" => now.AddDays(-1), "7d" => now.AddDays(-7), "30d" => now.AddDays(-30), _ => null },
    };

    /// <summary>As the address says it; none takes a part out.</summary>
    public Dictionary<string, object?> Address() => new()
    {
        ["q"] = Search,
        ["team"] = Team?.Value,
        ["had"] = Had?.Value,
        ["pool"] = Pool?.Value,
        ["stage"] = Stage?.Value,
        ["since"] = Since,
        ["sort"] = Sort is RetiredSort.Newest ? null : Sort switch { RetiredSort.Oldest => "oldest", RetiredSort.Quiet => "quiet", _ => "value" },
    };
}
