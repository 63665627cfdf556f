using LeadDesk.App.Requests;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Board;

/// <summary>What a card shows of a lead, and by what it is sorted. Equal values look alike.</summary>
/// <param name="Line">Company and city.</param>
/// <param name="FirstTag">By name; the rest of the tags is only counted.</param>
public sealed record BoardLead(
    LeadId Id, string Name, string? Line, EmployeeId OwnerId, StageId StageId, long? ValueMinor, DateTimeOffset ClockStart, DateTimeOffset StageSince,
    bool IsFresh, bool IsSecondChance, TagId? FirstTag, TagId? SecondTag, int MoreTags)
{
    /// <summary>What was asked for and waits for a manager: "VIP", "VIP +1"; none on most leads.</summary>
    public string? Waits { get; init; }

    /// <summary>Whether it stands where the other stands, in any order, and counts for as much.</summary>
    public bool StandsAs(BoardLead other) =>
        (OwnerId, StageId, ValueMinor, ClockStart, StageSince) == (other.OwnerId, other.StageId, other.ValueMinor, other.ClockStart, other.StageSince);
}

/// <summary>All tags of one lead, for its menu.</summary>
public sealed record CardTags(IReadOnlySet<TagId> On, IReadOnlyList<WaitingTag> Waiting);

/// <summary>The first leads of a column in the board's order.</summary>
/// <param name="HasMore">Whether others follow.</param>
public sealed record BoardWindow(IReadOnlyList<BoardLead> Leads, bool HasMore);

/// <summary>What the head of a column says.</summary>
/// <param name="IsCapped">There are more than were counted.</param>
/// <param name="ValueMinor">The sum; none where nothing carries a value, or where not all were counted.</param>
public sealed record ColumnFigures(long Leads, bool IsCapped, long? ValueMinor, int Due, int Stale)
{
    public static ColumnFigures None { get; } = new(0, false, null, 0, 0);
}

/// <summary>The board's order, for what is already in memory.</summary>
internal sealed class BoardOrder : IComparer<BoardLead>
{
    private readonly BoardSort _sort;

    public BoardOrder(BoardSort sort) => _sort = sort;

    public int Compare(BoardLead? x, BoardLead? y) => (x, y) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        _ => _sort switch
        {
            BoardSort.Soonest => Then(x.ClockStart.CompareTo(y.ClockStart), x.Id.CompareTo(y.Id)),
            BoardSort.Value => Then((y.ValueMinor ?? long.MinValue).CompareTo(x.ValueMinor ?? long.MinValue), y.Id.CompareTo(x.Id)),
            BoardSort.Newest => Then(y.StageSince.CompareTo(x.StageSince), y.Id.CompareTo(x.Id)),
        },
    };

    private static int Then(int first, int second) => first != 0 ? first : second;
}
