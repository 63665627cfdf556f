using LeadDesk.Domain.Basics;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Board;

public sealed partial class BoardQuery
{
    /// <summary>
    /// These leads as a card shows them, without the ones that nobody owns. Every board that hears of a change asks the same, so it is read once for
    /// all of them, whoever may see it: the board settles that by where the lead stands.
    /// </summary>
    internal Task<IReadOnlyDictionary<LeadId, BoardLead>> ChangedAsync(IReadOnlyList<LeadId> ids) =>
        shared.AskAsync(new ChangedQuestion(string.Join(' ', ids)), _ => ReadChangedAsync(ids));

    private async Task<IReadOnlyDictionary<LeadId, BoardLead>> ReadChangedAsync(IReadOnlyList<LeadId> ids)
    {
        await using var db = await databases.CreateDbContextAsync();
        return (await CardsAsync(db, await directory.GetAsync(), db.Leads.AsNoTracking().Where(l => ids.Contains(l.Id) && l.OwnerId != null))).ToDictionary(l => l.Id);
    }

    private sealed record ChangedQuestion(string Ids);
}
