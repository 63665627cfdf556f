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
}
