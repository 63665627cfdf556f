using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;

namespace LeadDesk.App.Settings;

/// <summary>For managers. A new one stands last on the call form.</summary>
public sealed class AddCallTag(Transactor transactor, IdSource ids)
{
    public async Task<Outcome> RunAsync(string name, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<CallTagId>(1, ct);
        return await transactor.SettleAsync(by, work =>
        {
            if (Settling.Taken("call tag", name, work.Desk.CallTags.Select(t => t.Name)) is { } taken)
            {
                return Task.FromResult<Outcome>(taken);
            }

            var created = CallTag.Create(work.NewId<CallTagId>(), name, work.Desk.CallTags.Select(t => t.Position + 1).DefaultIfEmpty().Max());
            if (created.Value is { } tag)
            {
                work.Db.CallTags.Add(tag);
                work.Note("Call tag", null, tag.Name);
            }

            return Task.FromResult(created.Plain);
        }, ct);
    }
}
