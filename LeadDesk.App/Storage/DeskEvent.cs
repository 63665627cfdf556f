using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Storage;

/// <summary>The history of what is not a lead: settings, employees, teams. Who changed what, from what to what.</summary>
public sealed class DeskEvent
{
    private DeskEvent() { }

    public DeskEvent(DateTimeOffset at, EmployeeId? by, string what, string? from, string? to) => (At, ById, What, From, To) = (at, by, what, from, to);

    public long Id { get; private set; }
    public DateTimeOffset At { get; private set; }
    public EmployeeId? ById { get; private set; }
    public string What { get; private set; } = "";
    public string? From { get; private set; }
    public string? To { get; private set; }
}
