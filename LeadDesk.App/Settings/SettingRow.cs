using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;

namespace LeadDesk.App.Settings;

/// <summary>One line of a settings list. Compared by value, so a wave that changes nothing shown renders nothing.</summary>
/// <param name="Fact">What else is said of it; none where the list has no such column.</param>
/// <param name="Uses">How many leads have it; none where that is not counted.</param>
public sealed record SettingRow(long Id, string Name, string? Fact, long? Uses);

/// <summary>What is typed about one of them; each list uses the fields it has.</summary>
public sealed class SettingDraft
{
    public string Name { get; set; } = "";
    public StageKind Kind { get; set; }
    public bool Retires { get; set; } = true;
    public bool IsModifiable { get; set; } = true;
    public HashSet<EmployeeId> Members { get; init; } = [];
}
