using LeadDesk.App.Leads;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Assignment;

/// <summary>What the address of the screen asks for.</summary>
/// <param name="Pool">None until someone chose one: then the fullest pool of the employee is shown.</param>
/// <param name="HeldToo">What the employee holds, won and lost leads too.</param>
public sealed record AssignAsk(EmployeeId? To, PoolId? Pool, SourceId? Source, string? Search, bool OldestFirst, bool HeldToo)
{
    public static AssignAsk Of(long? to, long? pool, long? source, string? search, string? order, string? held) => new(
        to is { } t ? new(t) : null, pool is { } p ? new(p) : null, source is { } s ? new(s) : null, string.IsNullOrWhiteSpace(search) ? null : search.Trim(), order == "oldest", held == "all");

    public bool IsFiltered => Source is not null || Search is not null;

    public LeadFilter Waiting(PoolId pool) => new() { Status = LeadStatus.Unassigned, PoolId = pool, SourceId = Source, Search = Search };

    public LeadFilter Held(EmployeeId owner) => new() { Status = LeadStatus.Assigned, OwnerId = owner, OpenOnly = !HeldToo };

    /// <summary>As the address says it; none takes a part out.</summary>
    public Dictionary<string, object?> Address() => new()
    {
        ["to"] = To?.Value,
        ["pool"] = Pool?.Value,
        ["source"] = Source?.Value,
        ["q"] = Search,
        ["order"] = OldestFirst ? "oldest" : null,
        ["held"] = HeldToo ? "all" : null,
    };
}
