using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Storage;

/// <summary>
/// How many leads, and what they are worth, per owner, pool and stage. Kept by triggers in the transaction of the change (decision 0012).
/// Owner 0 is unassigned, owner -1 retired; pool 0 is none.
/// </summary>
public sealed class LeadCount
{
    public const long Unassigned = 0;
    public const long Retired = -1;

    public long OwnerKey { get; private set; }
    public long PoolKey { get; private set; }
    public StageId StageId { get; private set; }
    public long Leads { get; private set; }
    public long ValueMinor { get; private set; }
}
