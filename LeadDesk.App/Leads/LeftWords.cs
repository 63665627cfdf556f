using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Leads;

/// <summary>What a list says in the place of a lead that left it: who did what.</summary>
public static class LeftWords
{
    public static Tomb Of(LeadChange change, Desk desk)
    {
        var who = desk.Employee(change.ById)?.FirstName ?? "The system";
        var (words, icon) = change.Kind switch
        {
            LeadEventKind.Assigned => ($"{who} assigned it to {desk.Employee(change.After.OwnerId)?.Name}", "assign"),
            LeadEventKind.Reassigned => ($"{who} reassigned it to {desk.Employee(change.After.OwnerId)?.Name}", "reassign"),
            LeadEventKind.Unassigned => ($"{who} unassigned it", "unassign"),
            LeadEventKind.Released => ($"{who} released it to pool {desk.Pool(change.After.PoolId)?.Name}", "pool"),
            LeadEventKind.Retired => ($"It retired from {desk.Employee(change.Before?.OwnerId)?.Name}", "retired"),
            LeadEventKind.PoolChanged => ($"{who} moved it to pool {desk.Pool(change.After.PoolId)?.Name}", "pool"),
            LeadEventKind.StageChanged => ($"{who} moved it to {desk.Stage(change.After.StageId)?.Name}", "stage"),
            _ => ($"{who} changed it, and it no longer matches", "edit"),
        };
        return new(words, change.At, icon);
    }
}
