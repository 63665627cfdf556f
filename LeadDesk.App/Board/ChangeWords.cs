using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Board;

/// <summary>What a card says about a change that was not made on this board. The time stands behind it.</summary>
internal static class ChangeWords
{
    /// <summary>On a lead that is in the column now; null where nothing of it is to be said.</summary>
    public static CardNote? Note(LeadChange change, bool wasShown, Desk desk, EmployeeId? me)
    {
        var who = Who(change, desk, me);
        if (change.Before is { } before && before.StageId != change.After.StageId)
        {
            return new($"{who} moved it here", "arrow", change.At, IsMove: wasShown);
        }

        var owner = desk.Employee(change.After.OwnerId)?.FirstName;
        (string Text, string Icon)? words = change.Kind switch
        {
            _ when !wasShown => ($"{who} assigned it to {owner}", "assign"),
            LeadEventKind.Assigned or LeadEventKind.Reassigned => ($"{who} gave it to {owner}", "reassign"),
            LeadEventKind.Commented => ($"{who} commented", "comment"),
            LeadEventKind.Called => ($"{who} called", "call"),
            LeadEventKind.CallTagApplied => ($"{who} noted an outcome", "calltag"),
            LeadEventKind.Tagged => ($"{who} tagged it", "tag"),
            LeadEventKind.Untagged => ($"{who} took a tag off", "tag"),
            LeadEventKind.DetailsEdited => ($"{who} edited it", "edit"),
            LeadEventKind.StageChanged => ($"{who} moved it here", "arrow"),
            _ => null,
        };
        return words is { } w ? new(w.Text, w.Icon, change.At) : null;
    }

    /// <summary>On a lead that this board shows no longer.</summary>
    public static CardNote Farewell(LeadChange change, Desk desk, EmployeeId? me)
    {
        var who = Who(change, desk, me);
        return change.After switch
        {
            { IsRetired: true } => new("retired", "retired", change.At),
            { OwnerId: null } => new($"{who} unassigned it", "unassign", change.At),
            { OwnerId: var owner } when owner != change.Before?.OwnerId => new($"{who} gave it to {desk.Employee(owner)?.FirstName}", "reassign", change.At),
            _ => new($"{who} changed it", "edit", change.At),
        };
    }

    /// <summary>On a lead that is no longer what the board is filtered by.</summary>
    public static CardNote Lost(LeadChange change, StageId shownIn, Desk desk, EmployeeId? me) =>
        change.After.StageId != shownIn || change.Kind is LeadEventKind.StageChanged
            ? new($"{Who(change, desk, me)} moved it to {desk.Stage(change.After.StageId)?.Name}", "check", change.At)
            : new(Note(change, true, desk, me)?.Text ?? $"{Who(change, desk, me)} changed it", "check", change.At);

    private static string Who(LeadChange change, Desk desk, EmployeeId? me) =>
        change.ById is null ? "The desk" : change.ById == me ? "You" : desk.Employee(change.ById)?.FirstName ?? "Somebody";
}
