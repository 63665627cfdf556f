using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Settings;

/// <summary>For managers; only a call tag that is no lead's last outcome.</summary>
public sealed class DeleteCallTag(Transactor transactor, IDbContextFactory<LeadDeskDb> databases)
{
    public async Task<Outcome> RunAsync(CallTagId id, Actor by, CancellationToken ct = default)
    {
        // Asked before the transaction: it reads every lead when there is none, and writers would wait for it.
        var isUsed = by.MaySetUpDesk && await IsUsedAsync(id, ct);
        return await transactor.SettleAsync(by, async work =>
        {
            if (await work.Db.CallTags.FindAsync([id], work.Ct) is not { } tag)
            {
                return Outcome.NothingToDo;
            }

            if (isUsed)
            {
                return new InUse($"Leads have {tag.Name} as the outcome of their last call. Rename it instead.");
            }

            work.Db.CallTags.Remove(tag);
            work.Note("Call tag", tag.Name, null);
            return Outcome.Done;
        }, ct);
    }

    private async Task<bool> IsUsedAsync(CallTagId id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Leads.AnyAsync(l => l.CallTagId == id, ct);
    }
}
