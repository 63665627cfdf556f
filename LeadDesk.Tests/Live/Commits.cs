using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;

namespace LeadDesk.Tests.Live;

/// <summary>Commits as the feed gets them, by hand.</summary>
internal static class Commits
{
    private static readonly DateTimeOffset At = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    public static LeadPlace Place(long? owner = null, long? team = null, long? pool = 1, bool retired = false, long? retiredFromTeam = null) =>
        new(Id<EmployeeId>(owner), Id<TeamId>(team), Id<PoolId>(pool), new(1), new(1), retired, Id<TeamId>(retiredFromTeam));

    public static Commit Of(params LeadChange[] changes) => new(changes, []);

    public static Commit Of(Topic topic) => new([], [topic]);

    public static LeadChange Change(long lead, LeadPlace after, LeadPlace? before = null, LeadEventKind kind = LeadEventKind.Commented, long? batch = null) =>
        new(new(lead), after, before, kind, null, At, Id<BatchId>(batch));

    public static Commit Comment(long lead, long owner = 7) => Of(Change(lead, Place(owner), Place(owner)));

    private static TId? Id<TId>(long? value) where TId : struct, IId<TId> => value is { } v ? TId.From(v) : null;
}
