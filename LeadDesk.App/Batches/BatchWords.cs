using System.Globalization;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Batches;

namespace LeadDesk.App.Batches;

/// <summary>What a bulk act does and did, in one sentence.</summary>
public static class BatchWords
{
    /// <summary>The name of whom or what an order sends leads to; none where it sends them nowhere.</summary>
    public static string? Target(LeadOrder order, Desk desk) => order switch
    {
        AssignLeads a => desk.Employee(a.To)?.Name,
        ReassignLeads r => desk.Employee(r.To)?.Name,
        MoveLeadsToPool m => desk.Pool(m.To)?.Name,
        SetLeadsStage s => desk.Stage(s.To)?.Name,
        TagLeads t => desk.Tag(t.Tag)?.Name,
        UntagLeads u => desk.Tag(u.Tag)?.Name,
        SetLeadsFollowUp { On: { } on } => on.ToString("ddd d MMM", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>"Assigning 1,500 of 5,000 to Ana Costa".</summary>
    public static string Running(BatchView batch) =>
        $"{(batch.Asks ? "Asking for" : Doing(batch.Kind))} {Figure(batch.Gone)} of {Figure(batch.Total)}{(batch.Asks ? "" : Whereto(batch.Kind, batch.Target))}";

    /// <summary>"Reassigned 2 to Jana. Chiara Greco stayed: Jana is not in pool Export, so they cannot own this lead."</summary>
    public static string Over(BatchView batch)
    {
        var done = Done(batch.Asks ? Requests(batch.Done) : Done(batch.Kind, batch.Target, batch.Done), batch.Unchanged, batch.Refused, batch.RefusedCount);
        return batch.State switch
        {
            BatchState.Stopped => $"Stopped. {done}",
            BatchState.Failed => $"{done} {batch.Trouble}",
            _ => done,
        };
    }

    /// <summary>The same for an act that was done at once.</summary>
    public static string Done(BatchKind kind, string? target, ActResult result) => Done(Done(kind, target, result.Done), result.Unchanged, result.Refused, result.RefusedCount);

    /// <summary>The same for any order; one that only asks says "3 requests sent."</summary>
    public static string Done(LeadOrder order, Desk desk, ActResult result) =>
        Asks(order) ? Done(Requests(result.Done), result.Unchanged, result.Refused, result.RefusedCount) : Done(order.Kind, Target(order, desk), result);

    /// <summary>A tag that only managers use was asked for.</summary>
    public static bool Asks(LeadOrder order) => order is TagLeads { Reason: not null } or UntagLeads { Reason: not null };

    private static string Done(BatchKind kind, string? target, int done) => done == 0 ? $"{DoneVerb(kind)} none." : $"{DoneVerb(kind)} {Figure(done)}{Whereto(kind, target)}.";

    private static string Requests(int sent) => sent switch { 0 => "No request sent.", 1 => "1 request sent.", _ => $"{Figure(sent)} requests sent." };

    private static string Done(string sentence, int unchanged, IReadOnlyList<RefusedLead> refused, int refusedCount)
    {
        if (unchanged > 0)
        {
            sentence += unchanged == 1 ? " 1 was so already." : $" {Figure(unchanged)} were so already.";
        }

        return sentence + refusedCount switch
        {
            0 => "",
            1 when refused.Count == 1 => $" {refused[0].Name} stayed: {refused[0].Why}",
            _ when refused.Count == refusedCount && refused.All(r => r.Why == refused[0].Why) => $" {Figure(refusedCount)} stayed: {refused[0].Why}",
            _ => $" {Figure(refusedCount)} stayed, for several reasons.",
        };
    }

    private static string Doing(BatchKind kind) => kind switch
    {
        BatchKind.Assign => "Assigning",
        BatchKind.Unassign => "Unassigning",
        BatchKind.Reassign => "Reassigning",
        BatchKind.Release => "Releasing",
        BatchKind.SetStage or BatchKind.MoveToPool => "Moving",
        BatchKind.Tag => "Tagging",
        BatchKind.Untag => "Untagging",
        BatchKind.Sweep => "Retiring",
        BatchKind.Import => "Importing",
        BatchKind.SetFollowUp => "Setting the follow-up of",
        BatchKind.DropSweep => "Starting the clock anew of",
    };

    private static string DoneVerb(BatchKind kind) => kind switch
    {
        BatchKind.Assign => "Assigned",
        BatchKind.Unassign => "Unassigned",
        BatchKind.Reassign => "Reassigned",
        BatchKind.Release => "Released",
        BatchKind.SetStage or BatchKind.MoveToPool => "Moved",
        BatchKind.Tag => "Tagged",
        BatchKind.Untag => "Untagged",
        BatchKind.Sweep => "Retired",
        BatchKind.Import => "Imported",
        BatchKind.SetFollowUp => "Set the follow-up of",
        BatchKind.DropSweep => "Started the clock anew of",
    };

    private static string Whereto(BatchKind kind, string? target) => (kind, target) switch
    {
        (BatchKind.Release, _) => " to their pools",
        (_, null) => "",
        (BatchKind.Assign or BatchKind.Reassign or BatchKind.SetStage or BatchKind.SetFollowUp, _) => $" to {target}",
        (BatchKind.MoveToPool, _) => $" to pool {target}",
        (BatchKind.Tag, _) => $" with {target}",
        (BatchKind.Untag, _) => $": {target} is off",
        _ => "",
    };

    private static string Figure(int number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
