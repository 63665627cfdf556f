using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Requests;

namespace LeadDesk.App.Requests;

/// <summary>One request of the queue.</summary>
/// <param name="Lead">The lead's name.</param>
/// <param name="DecidedById">None where it waits, or closed itself.</param>
/// <param name="Comment">The decision's, or why it closed itself.</param>
public sealed record RequestRow(
    RequestId Id, LeadId LeadId, string Lead, TagId TagId, bool PutsOn, EmployeeId AskedById, DateTimeOffset AskedAt, string Reason,
    RequestState State, EmployeeId? DecidedById, DateTimeOffset? DecidedAt, string? Comment)
{
    public bool Waits => State is RequestState.Waiting;
}

/// <summary>What stands beside the queue: how many match, since when the oldest waits, what this manager decided today.</summary>
/// <param name="Median">Between question and decision, of those decided today; none where nothing was.</param>
public sealed record QueueFigures(int Count, DateTimeOffset? Oldest, int DecidedToday, TimeSpan? Median);
