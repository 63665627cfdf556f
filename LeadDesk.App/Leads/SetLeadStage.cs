using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Leads;

/// <summary>For whoever may work the lead. Decided on the stage that the person saw: who was slower is told who was faster.</summary>
public sealed class SetLeadStage(Transactor transactor)
{
    public Task<Outcome> RunAsync(LeadId id, StageId to, StageId seen, Actor by, CancellationToken ct = default) =>
        transactor.RunAsync(by, async work =>
        {
            if (await work.LeadAloneAsync(id) is not { } lead)
            {
                return new NoLeadHere();
            }

            if (await work.StageAsync(to) is not { } stage)
            {
                return new NotFound("This stage is gone.");
            }

            var outcome = lead.MoveTo(stage, seen, work.By, Cause.Person, work.Now);
            return outcome.Refusal is ChangedMeanwhile ? await SayWhoAsync(work, lead) : outcome;
        }, ct);

    private static async Task<Outcome> SayWhoAsync(Work work, Lead lead)
    {
        var last = await work.Db.LeadEvents.AsNoTracking()
            .Where(e => e.LeadId == lead.Id && e.Kind == LeadEventKind.StageChanged).OrderByDescending(e => e.Id).FirstOrDefaultAsync(work.Ct);
        var who = work.Desk.Employee(last?.ActorId)?.FirstName ?? "Somebody";
        var stage = work.Desk.Stage(lead.StageId)?.Name ?? "another stage";
        return new ChangedMeanwhile($"{who} moved this lead to {stage} {(last is null ? "a moment ago" : Ago(work.Now - last.At))}. It is shown there now.");
    }

    private static string Ago(TimeSpan age) => age switch
    {
        { TotalSeconds: < 60 } => $"{Math.Max(1, (int)age.TotalSeconds)} s ago",
        { TotalMinutes: < 60 } => $"{(int)age.TotalMinutes} min ago",
        _ => "some time ago",
    };
}
