using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;

namespace LeadDesk.App.Notifications;

/// <summary>One line of an inbox, which may stand for several notifications of one burst.</summary>
/// <param name="Ids">Of all that it stands for, newest first.</param>
/// <param name="Href">The lead or screen it leads to, relative to the desk.</param>
public sealed record InboxLine(IReadOnlyList<long> Ids, NotificationKind Kind, string Sentence, string Icon, string Href, DateTimeOffset At, bool IsUnread)
{
    public long Key => Ids[0];

    public bool Equals(InboxLine? other) => other is not null && Ids.SequenceEqual(other.Ids) && (Sentence, Href, At, IsUnread) == (other.Sentence, other.Href, other.At, other.IsUnread);

    public override int GetHashCode() => HashCode.Combine(Key, At, IsUnread);
}

/// <summary>An open inbox: what is unread, and a page of what was read; each newest first.</summary>
/// <param name="Before">The notification from which older ones are read on; none where there are none.</param>
public sealed record InboxPage(IReadOnlyList<InboxLine> Unread, IReadOnlyList<InboxLine> Read, long? Before)
{
    /// <summary>The newest notification that is in it: what comes later is not meant by "all read".</summary>
    public long Newest => Unread.Concat(Read).SelectMany(l => l.Ids).DefaultIfEmpty().Max();

    public bool ShowsLike(InboxPage? other) => other is not null && Before == other.Before && Unread.SequenceEqual(other.Unread) && Read.SequenceEqual(other.Read);
}

/// <summary>What a notification's words need besides itself.</summary>
/// <param name="Lead">Of a lead that is still the reader's: its clock.</param>
/// <param name="Batch">Of a job that is over.</param>
/// <param name="Stop">Of a stopped sweep.</param>
public sealed record NoticeFacts(NoticedLead? Lead = null, Batch? Batch = null, SweepStop? Stop = null);

/// <summary>A lead that a notification of its owner is about, as it stands now.</summary>
public sealed record NoticedLead(LeadId Id, StageId StageId, DateTimeOffset? ClockStart, DateTimeOffset? WarnedAt);
