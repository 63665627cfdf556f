using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Settings;

/// <summary>For managers.</summary>
public sealed class AddSource(Transactor transactor, IdSource ids)
{
    public async Task<Outcome> RunAsync(string name, Actor by, CancellationToken ct = default)
    {
        await ids.ReserveAsync<SourceId>(1, ct);
        return await transactor.SettleAsync(by, work =>
        {
            if (Settling.Taken("source", name, work.Desk.Sources.Select(s => s.Name)) is { } taken)
            {
                return Task.FromResult<Outcome>(taken);
            }

            var created = Source.Create(work.NewId<SourceId>(), name);
            if (created.Value is { } source)
            {
                work.Db.Sources.Add(source);
                work.Note("Lead source", null, source.Name);
            }

            return Task.FromResult(created.Plain);
        }, ct);
    }
}
