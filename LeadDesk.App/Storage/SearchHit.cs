using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Storage;

/// <summary>A lead that the search index names.</summary>
public sealed class SearchHit
{
    public LeadId LeadId { get; init; }
}
