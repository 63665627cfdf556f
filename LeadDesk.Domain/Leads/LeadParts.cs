using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Leads;

public sealed class LeadTag(LeadId leadId, TagId tagId)
{
    public LeadId LeadId { get; private set; } = leadId;
    public TagId TagId { get; private set; } = tagId;
}

/// <summary>Stored; numbers never change.</summary>
public enum ContactKind
{
    Email = 1,
    Phone = 2,
}

/// <summary>An e-mail address or phone number, as typed and as duplicates are recognised by (lower case; international form, none where it is no number).</summary>
public sealed class LeadContact(LeadId leadId, ContactKind kind, int position, string typed, string? comparable)
{
    public LeadId LeadId { get; private set; } = leadId;
    public ContactKind Kind { get; private set; } = kind;
    public int Position { get; private set; } = position;
    public string Typed { get; private set; } = typed;
    public string? Comparable { get; private set; } = comparable;
}

/// <summary>Name and text of an imported column that nobody mapped.</summary>
public sealed class FurtherDetail(LeadId leadId, string name, string text)
{
    public LeadId LeadId { get; private set; } = leadId;
    public string Name { get; private set; } = name;
    public string Text { get; set; } = text;
}

/// <summary>One field that an edit changed, as the history keeps it.</summary>
public sealed record FieldChange(string Field, string? From, string? To);
