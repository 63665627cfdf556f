namespace LeadDesk.Domain.Basics;

/// <summary>Stored; numbers never change.</summary>
public enum LeadEventKind
{
    Created = 1,
    Assigned = 2,
    Reassigned = 3,
    Unassigned = 4,
    Retired = 5,
    Released = 6,
    StageChanged = 10,
    Commented = 11,
    Called = 12,
    CallTagApplied = 13,
    Tagged = 20,
    Untagged = 21,
    FollowUpSet = 22,
    DetailsEdited = 23,
    PoolChanged = 24,
    AlsoSeenFrom = 30,
    TagRequested = 40,
    RequestRejected = 41,
    RequestWithdrawn = 42,
    RequestClosed = 43,
    Warned = 50,
    Nudged = 51,

    /// <summary>A stopped sweep was dropped: the clock of each of its leads starts anew.</summary>
    SweepDropped = 52,
}
