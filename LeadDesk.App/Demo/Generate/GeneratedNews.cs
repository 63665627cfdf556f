using System.Text.Json;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Requests;

namespace LeadDesk.App.Demo.Generate;

/// <summary>What the generated leads leave elsewhere: the receipts of the sweeps, and inboxes with lines in them.</summary>
internal sealed class GeneratedNews(DemoCast cast, IReadOnlyList<Batch> sweeps)
{
    private const int NamedLeads = 50;

    private readonly Dictionary<BatchId, int> _retired = [];
    private readonly Dictionary<EmployeeId, (int Count, List<long> Leads, string Name, DateTimeOffset At)> _stale = [];
    private readonly List<(DataChangeRequest Request, string Lead)> _requests = [];

    public void Add(GeneratedChunk chunk)
    {
        foreach (var lead in chunk.Leads)
        {
            if (lead.IsRetired && lead.NewEvents[^1].BatchId is { } sweep)
            {
                _retired[sweep] = _retired.GetValueOrDefault(sweep) + 1;
            }

            if (lead is { WarnedAt: { } at, OwnerId: { } owner })
            {
                var known = _stale.GetValueOrDefault(owner, (0, [], lead.DisplayName, at));
                if (known.Leads.Count < NamedLeads)
                {
                    known.Leads.Add(lead.Id.Value);
                }

                _stale[owner] = (known.Count + 1, known.Leads, known.Name, known.At > at ? known.At : at);
            }
        }

        _requests.AddRange(chunk.Requests.Join(chunk.Leads, r => r.LeadId, l => l.Id, (r, l) => (r, l.DisplayName)));
    }

    public IReadOnlyList<Batch> Sweeps()
    {
        var those = sweeps.Where(s => _retired.ContainsKey(s.Id)).ToList();
        foreach (var sweep in those)
        {
            sweep.Advance("", _retired[sweep.Id], 0, 0, null);
            sweep.Finish(sweep.At);
        }

        return those;
    }

    public IEnumerable<Notification> Notifications() =>
        _stale.Select(s => new Notification(s.Key, NotificationKind.GoingStale, s.Value.At)
        {
            LeadId = new(s.Value.Leads[0]),
            LeadName = s.Value.Name,
            Count = s.Value.Count,
            Leads = s.Value.Count == 1 ? null : JsonSerializer.Serialize(s.Value.Leads),
        })
        .Concat(_requests.Where(r => r.Request.DecidedAt is not null).OrderBy(r => r.Request.DecidedAt).Select(r => Decided(r.Request, r.Lead)))
        .Concat(Waiting());

    private static Notification Decided(DataChangeRequest request, string lead) =>
        new(request.AskedById, request.State is RequestState.Approved ? NotificationKind.RequestApproved : NotificationKind.RequestRejected, request.DecidedAt!.Value)
        {
            ById = request.DecidedById,
            LeadId = request.LeadId,
            LeadName = lead,
            TagId = request.TagId,
            Text = request.Comment,
        };

    private IEnumerable<Notification> Waiting()
    {
        var waiting = _requests.Select(r => r.Request).Where(r => r.State is RequestState.Waiting).OrderBy(r => r.AskedAt).ToList();
        return waiting.Count == 0 ? [] : cast.Managers.Select(m => new Notification(m.Id, NotificationKind.RequestWaiting, waiting[^1].AskedAt)
        {
            ById = waiting[^1].AskedById,
            TagId = waiting[^1].TagId,
            Count = waiting.Count,
        });
    }
}
