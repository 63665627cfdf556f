using LeadDesk.App.Live;
using LeadDesk.App.Storage;

namespace LeadDesk.App.Board;

/// <summary>A card as it is shown. Equal cards look alike, so an equal one is not rendered again.</summary>
/// <param name="Note">What just happened to it; empty text for an own move.</param>
/// <param name="HasLeft">The lead is no longer here: the note says why, and nobody can act on it.</param>
/// <param name="Others">Who else is at the lead right now.</param>
public sealed record BoardCard(BoardLead Lead, BoardLens Lens, CardNote? Note = null, bool HasLeft = false, OthersHere? Others = null)
{
    /// <summary>Where it is shown; no part of what it looks like.</summary>
    internal LeadCard? View { get; set; }

    public bool Equals(BoardCard? other) =>
        ReferenceEquals(this, other) || (other is not null && (Lead, Lens, Note, HasLeft, Others) == (other.Lead, other.Lens, other.Note, other.HasLeft, other.Others));

    public override int GetHashCode() => HashCode.Combine(Lead, Note, HasLeft);
}

/// <param name="Icon">A symbol of the icon sheet.</param>
/// <param name="IsMove">It was in another column of this board before.</param>
public sealed record CardNote(string Text, string Icon, DateTimeOffset At, bool IsMove = false)
{
    /// <summary>For so long a note stays on a card, and the order around it holds.</summary>
    public static readonly TimeSpan Stays = TimeSpan.FromSeconds(6);

    /// <summary>For so long a lead that left keeps its place.</summary>
    public static readonly TimeSpan Farewell = TimeSpan.FromSeconds(8);

    public bool IsYoung(DateTimeOffset now, bool hasLeft = false) => now - At < (hasLeft ? Farewell : Stays);
}

/// <summary>With what a board's cards are read: names, the reader's zone, the clock. Another one when the desk changed.</summary>
public sealed class BoardLens(Desk desk, TimeZoneInfo zone, TimeProvider clock)
{
    public Desk Desk => desk;
    public TimeZoneInfo Zone => zone;
    public DateTimeOffset Now => clock.GetUtcNow();
}
