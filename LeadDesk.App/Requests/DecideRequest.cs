using System.Globalization;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.App.Requests;

/// <summary>For managers. Request, lead and both histories change in one transaction; the first of two decides, the other is told who did.</summary>
public sealed class DecideRequest(Transactor transactor)
{
    /// <param name="comment">A rejection needs one.</param>
    public Task<Outcome> RunAsync(RequestId id, bool approve, string? comment, Actor by, CancellationToken ct = default) => transactor.RunAsync(by, async work =>
    {
        if (!work.By.MayDecideRequests || await work.Db.Requests.FirstOrDefaultAsync(r => r.Id == id, work.Ct) is not { } request)
        {
            return new NotFound("No request here that you may decide.");
        }

        var outcome = approve ? request.Approve(work.By, comment, work.Now) : request.Reject(work.By, comment, work.Now);
        if (outcome.Refusal is AlreadyDecided decided)
        {
            return Words(work, decided);
        }

        if (outcome.IsRefused)
        {
            return outcome;
        }

        var lead = await work.LeadAsync(request.LeadId);
        var tag = await work.Db.Tags.FindAsync([request.TagId], work.Ct);
        if (lead is null || tag is null)
        {
            return new NotFound("The lead or the tag of this request is gone.");
        }

        if (approve)
        {
            var change = request.PutsOn ? lead.Tag(tag, work.By, Cause.Person, work.Now) : lead.Untag(tag, work.By, Cause.Person, work.Now);
            if (change.IsRefused)
            {
                return change;
            }
        }
        else
        {
            lead.NoteRequest(LeadEventKind.RequestRejected, tag.Id, request.PutsOn, request.Comment, work.By, Cause.Person, work.Now);
        }

        work.Notify(new(request.AskedById, approve ? NotificationKind.RequestApproved : NotificationKind.RequestRejected, work.Now)
        {
            ById = work.By.Id,
            LeadId = lead.Id,
            LeadName = lead.DisplayName,
            TagId = tag.Id,
            Text = request.Comment,
        });
        work.Tell(Topic.Requests);
        await ManagersInbox.SettleAsync(work);
        return Outcome.Done;
    }, ct);

    /// <summary>Each request by the act above, with an outcome of its own.</summary>
    public async Task<IReadOnlyList<(RequestId Id, Outcome Outcome)>> RunAsync(
        IReadOnlyList<RequestId> requests, bool approve, string? comment, Actor by, CancellationToken ct = default)
    {
        var outcomes = new List<(RequestId, Outcome)>(requests.Count);
        foreach (var id in requests)
        {
            outcomes.Add((id, await RunAsync(id, approve, comment, by, ct)));
        }

        return outcomes;
    }

    private static ChangedMeanwhile Words(Work work, AlreadyDecided decided)
    {
        var who = work.Desk.Employee(decided.By)?.FirstName;
        var at = decided.At is { } t ? TimeZoneInfo.ConvertTime(t, TimeZoneInfo.FindSystemTimeZoneById(work.By.TimeZone)).ToString("HH:mm", CultureInfo.CurrentCulture) : "";
        return new(decided.State switch
        {
            RequestState.Approved => $"{who} approved this at {at}. Your decision was not needed.",
            RequestState.Rejected => $"{who} rejected this at {at}. Your decision was not needed.",
            RequestState.Withdrawn => $"{who} withdrew this at {at}.",
            _ => $"This closed itself at {at}.",
        });
    }
}
