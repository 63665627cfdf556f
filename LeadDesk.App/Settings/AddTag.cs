using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Settings;

/// <summary>For managers.</summary>
public sealed class AddTag(Transactor transactor, IdSource ids)
{
    /// <param name="isModifiable">Whether anyone who may work the lead puts it on, or managers only.</param>
    public async Task<Outcome> RunAsync(string name, bool isModifiable, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<TagId>(1, ct);
        return await transactor.SettleAsync(by, work =>
        {
            if (Settling.Taken("tag", name, work.Desk.Tags.Select(t => t.Name)) is { } taken)
            {
                return Task.FromResult<Outcome>(taken);
            }

            var created = Tag.Create(work.NewId<TagId>(), name, isModifiable);
            if (created.Value is { } tag)
            {
                work.Db.Tags.Add(tag);
                work.Note("Lead tag", null, EditTag.Words(tag));
            }

            return Task.FromResult(created.Plain);
        }, ct);
    }
}
