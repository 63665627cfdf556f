using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Storage;

/// <summary>What one person chose for one screen: columns, order, widths, density. The screen owns the JSON.</summary>
public sealed class PersonalSetting
{
    private PersonalSetting() { }

    public PersonalSetting(EmployeeId employeeId, string name, string json) => (EmployeeId, Name, Json) = (employeeId, name, json);

    public EmployeeId EmployeeId { get; private set; }
    public string Name { get; private set; } = "";
    public string Json { get; set; } = "";
}
