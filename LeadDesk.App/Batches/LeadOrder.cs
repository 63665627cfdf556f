using System.Text.Json.Serialization;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;

namespace LeadDesk.App.Batches;

/// <summary>What is to be done to a selection of leads; stored with its batch.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "act")]
[JsonDerivedType(typeof(AssignLeads), "assign")]
[JsonDerivedType(typeof(UnassignLeads), "unassign")]
[JsonDerivedType(typeof(ReassignLeads), "reassign")]
[JsonDerivedType(typeof(ReleaseLeads), "release")]
[JsonDerivedType(typeof(MoveLeadsToPool), "pool")]
[JsonDerivedType(typeof(SetLeadsStage), "stage")]
[JsonDerivedType(typeof(TagLeads), "tag")]
[JsonDerivedType(typeof(UntagLeads), "untag")]
[JsonDerivedType(typeof(SetLeadsFollowUp), "follow-up")]
public abstract record LeadOrder(LeadSelection Leads)
{
    [JsonIgnore]
    public abstract BatchKind Kind { get; }
}

/// <summary>For managers; unassigned leads only.</summary>
public sealed record AssignLeads(LeadSelection Leads, EmployeeId To) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Assign;
}

/// <summary>For managers.</summary>
public sealed record UnassignLeads(LeadSelection Leads) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Unassign;
}

/// <summary>For managers; owned or retired leads, to the same agent or another.</summary>
public sealed record ReassignLeads(LeadSelection Leads, EmployeeId To) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Reassign;

    /// <summary>Decided on as retired: one that somebody gave away meanwhile is left alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool WhereRetired { get; init; }

    /// <summary>Decided on as this one's: one that has another owner by now is left alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public EmployeeId? From { get; init; }

    /// <summary>Why the lead is not what this was decided on any more.</summary>
    public Refusal? Faster(EmployeeId? owner) =>
        owner is { } has && has != To && (WhereRetired || (From is { } from && from != has)) ? new HasOwnerAlready(has) : null;
}

/// <summary>For managers; retired leads become unassigned ones of their pool.</summary>
public sealed record ReleaseLeads(LeadSelection Leads) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Release;
}

/// <summary>For managers.</summary>
public sealed record MoveLeadsToPool(LeadSelection Leads, PoolId To) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.MoveToPool;
}

/// <summary>For whoever may work the leads.</summary>
public sealed record SetLeadsStage(LeadSelection Leads, StageId To) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.SetStage;
}

/// <summary>For whoever may work the leads; an agent's attempt with a non-modifiable tag asks instead, for <paramref name="Reason"/>.</summary>
public sealed record TagLeads(LeadSelection Leads, TagId Tag, string? Reason = null) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Tag;
}

/// <summary>For whoever may work the leads; an agent's attempt with a non-modifiable tag asks instead, for <paramref name="Reason"/>.</summary>
public sealed record UntagLeads(LeadSelection Leads, TagId Tag, string? Reason = null) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.Untag;
}

/// <summary>For whoever may work the leads; none takes the follow-up off.</summary>
public sealed record SetLeadsFollowUp(LeadSelection Leads, DateOnly? On, TimeOnly? At) : LeadOrder(Leads)
{
    public override BatchKind Kind => BatchKind.SetFollowUp;
}
