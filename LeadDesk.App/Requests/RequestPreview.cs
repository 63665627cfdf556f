using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Requests;

/// <summary>Everything a manager looks at before deciding one request.</summary>
/// <param name="Since">What happened to the lead after the request, newest first; at most <see cref="RequestPreviewQuery.MostEvents"/>.</param>
/// <param name="MoreSince">Whether more happened than <paramref name="Since"/> holds.</param>
/// <param name="AlsoWaiting">Other requests on the same lead.</param>
/// <param name="Record">How earlier requests of the same person for the same tag ended.</param>
public sealed record RequestPreview(
    RequestRow Request, PreviewLead Lead, IReadOnlyList<LeadEvent> Since, bool MoreSince, IReadOnlyList<RequestRow> AlsoWaiting, AskerRecord Record)
{
    /// <summary>Whether a screen that shows the one would show the other in the same way.</summary>
    public bool ShowsLike(RequestPreview? other) => other is not null && Request == other.Request && Lead.Version == other.Lead.Version && Record == other.Record
        && MoreSince == other.MoreSince && Since.Select(e => e.Id).SequenceEqual(other.Since.Select(e => e.Id)) && AlsoWaiting.SequenceEqual(other.AlsoWaiting);
}

/// <summary>The lead of a request as it stands now.</summary>
public sealed record PreviewLead(
    LeadId Id, string? Company, string? City, long? ValueMinor, StageId StageId, EmployeeId? OwnerId, PoolId? PoolId, DateTimeOffset? ClockStart, DateTimeOffset? RetiredAt, long Version,
    IReadOnlyList<TagId> Tags)
{
    /// <summary>The tags as approving would leave them.</summary>
    public IReadOnlyList<TagId> TagsAfter(RequestRow request) =>
        request.PutsOn ? Tags.Contains(request.TagId) ? Tags : [.. Tags, request.TagId] : [.. Tags.Where(t => t != request.TagId)];
}

/// <summary>Of the last 90 days.</summary>
public sealed record AskerRecord(int Approved, int Rejected)
{
    public int Decided => Approved + Rejected;
}
