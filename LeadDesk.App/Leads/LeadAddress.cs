using System.Globalization;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads;

/// <summary>A filter as it stands in an address: "view=fresh&amp;owner=12&amp;q=weber". List and board use the same words, so that one leads to the other.</summary>
public static class LeadAddress
{
    private static readonly (string Word, LeadView View)[] _views = [("follow-ups", LeadView.FollowUps), ("fresh", LeadView.Fresh), ("stale", LeadView.GoingStale), ("all", LeadView.All)];

    private static readonly (string Word, LeadStatus Status)[] _statuses =
        [("assigned", LeadStatus.Assigned), ("unassigned", LeadStatus.Unassigned), ("retired", LeadStatus.Retired)];

    /// <summary>What is unknown or no number is left out, so that an old link still opens something.</summary>
    public static LeadFilter Read(
        string? view, string? status = null, string? owner = null, string? team = null, string? pool = null, string? source = null, string? tag = null, string? stage = null, string? open = null,
        string? search = null) => new()
        {
            View = Array.Find(_views, v => v.Word == view).View,
            Status = Array.Find(_statuses, s => s.Word == status).Status,
            OwnerId = Id<EmployeeId>(owner),
            TeamId = Id<TeamId>(team),
            PoolId = Id<PoolId>(pool),
            SourceId = Id<SourceId>(source),
            TagId = Id<TagId>(tag),
            StageId = Id<StageId>(stage),
            OpenOnly = open == "1",
            Search = string.IsNullOrWhiteSpace(search) ? null : search.Trim(),
        };

    /// <summary>With the question mark; empty for the filter that is none.</summary>
    public static string Query(LeadFilter filter, params (string Name, string? Value)[] more)
    {
        (string Name, string? Value)[] parts =
        [
            ("view", filter.View is LeadView.All ? null : Array.Find(_views, v => v.View == filter.View).Word),
            ("status", Array.Find(_statuses, s => s.Status == filter.Status).Word),
            ("owner", Text(filter.OwnerId)),
            ("team", Text(filter.TeamId)),
            ("pool", Text(filter.PoolId)),
            ("source", Text(filter.SourceId)),
            ("tag", Text(filter.TagId)),
            ("stage", Text(filter.StageId)),
            ("open", filter.OpenOnly ? "1" : null),
            ("q", filter.Search),
            .. more,
        ];
        var query = string.Join('&', parts.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length == 0 ? "" : $"?{query}";
    }

    private static TId? Id<TId>(string? text) where TId : struct, IId<TId> =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? TId.From(value) : null;

    private static string? Text<TId>(TId? id) where TId : struct, IId<TId> => id?.Value.ToString(CultureInfo.InvariantCulture);
}
