namespace LeadDesk.Domain.Imports;

/// <summary>What becomes of a row whose lead is there already. Stored; numbers never change.</summary>
public enum OnDuplicate
{
    Skip = 0,

    /// <summary>Changed fields are taken over, tags added, further details refreshed. Owner, pool, stage and source stay.</summary>
    Update = 1,
    Create = 2,
}
