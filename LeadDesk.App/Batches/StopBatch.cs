using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Batches;

/// <summary>For whoever started the job, and for managers. What is done stays done.</summary>
public sealed class StopBatch(Transactor transactor)
{
    public Task<Outcome> RunAsync(BatchId id, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (await work.Db.Batches.FirstOrDefaultAsync(b => b.Id == id, work.Ct) is not { } batch || !(work.By.IsManager || batch.ById == work.By.Id))
        {
            return new NotFound("No job here that you may stop.");
        }

        work.Tell(Topic.Batch(id));
        work.Tell(Topic.Batches);
        return batch.Stop(work.Now);
    }, ct);
}
