using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads.Profile;

/// <summary>What a person asked for on the profile with one click.</summary>
public abstract record ProfileAct;

public sealed record SetStageTo(StageId To) : ProfileAct;

public sealed record PutOnTag(TagId Tag) : ProfileAct;

public sealed record TakeOffTag(TagId Tag) : ProfileAct;

/// <summary>What only managers do to a tag; it takes a reason.</summary>
public sealed record AskForIt(TagId Tag, bool PutsOn) : ProfileAct;

/// <summary>None takes the follow-up off.</summary>
public sealed record PlanFollowUp(DateOnly? On, TimeOnly? At) : ProfileAct;

public sealed record UseCallTag(CallTagId Tag) : ProfileAct;

/// <summary>Assigns an unassigned lead, reassigns any other.</summary>
public sealed record GiveTo(EmployeeId To) : ProfileAct;

public sealed record TakeFromOwner : ProfileAct;

public sealed record PutIntoPool(PoolId To) : ProfileAct;

public sealed record ReleaseToPool : ProfileAct;

/// <summary>Which of the lists under the acts is open.</summary>
public enum ActMenu
{
    None,
    Stage,
    Tag,
    FollowUp,
    CallTag,
    Owner,
    Pool,
    More,
}

/// <summary>What is being written.</summary>
public enum Writing
{
    Nothing,
    Call,
    Comment,
}
