using LeadDesk.App.Requests;
using LeadDesk.Bench.Circuits;
using LeadDesk.Bench.Desks;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Bench.Budgets;

/// <summary>What the server does to open the queue: the figures, the first page, and the preview of its first request.</summary>
public sealed class Approvals() : Budget("approvals", "open the approvals queue with 500 waiting requests")
{
    public override async IAsyncEnumerable<TableRow> MeasureAsync(DeskStore store)
    {
        var desk = await store.ReadAsync(store.Options.Leads);
        await using var db = desk.Database();
        var waiting = await db.Requests.CountAsync(r => r.State == RequestState.Waiting);
        var (query, preview, filter) = (desk.Get<ApprovalsQuery>(), desk.Get<RequestPreviewQuery>(), new ApprovalsFilter(false, null, null, null));
        var times = await Measure.ManyAsync(
            async () =>
            {
                desk.ForgetAnswers();
                var figures = query.FiguresAsync(filter, desk.Manager);
                var queue = new OpenQueue();
                var rows = await query.PageAsync(filter, null, ApprovalsQuery.PageSize, desk.Manager);
                queue.Open(rows, rows.Count < ApprovalsQuery.PageSize, null);
                await figures;
                await preview.FindAsync(rows[0].Id, desk.Manager);
            }, runs: 100);
        yield return new(Name, $"{waiting} waiting requests: the queue's data, p95", Times.Say(times.At(0.95)), "", times.At(0.95), 150, null, "ms");

        await using var open = await CircuitDesk.OpenAsync(store);
        var manager = await open.SignInAsync(desk.Manager.Id!.Value);
        var shown = new List<double>();
        for (var n = -10; n < 60; n++)
        {
            await using var screen = await Circuit.OpenAsync(manager, "approvals", "Waiting requests, oldest first");
            if (n >= 0)
            {
                shown.Add(screen.ShownAfter);
            }
        }

        var whole = new Times(shown).At(0.95);
        yield return new(Name, $"{waiting} waiting requests: the whole screen on a new circuit until its rows are there, p95", Times.Say(whole), "", whole, 150, null, "ms");
    }
}
