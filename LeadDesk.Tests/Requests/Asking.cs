using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Requests;
using LeadDesk.Domain.Tags;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Requests;

/// <summary>Requests and inboxes as the tests of this room need them.</summary>
internal static class Asking
{
    /// <summary>An agent's request for a tag on a lead of theirs.</summary>
    public static async Task<RequestId> AskAsync(this TestDesk desk, Lead lead, Employee? by = null, bool putOn = true, Tag? tag = null, string reason = "Buys for three branches")
    {
        var asked = await desk.Get<RequestTagChange>().RunAsync(lead.Id, (tag ?? desk.Restricted).Id, putOn, reason, await desk.As(by ?? desk.Asha));
        return asked.Kind is OutcomeKind.Done ? asked.Value : throw new InvalidOperationException(asked.Refusal?.Sentence ?? asked.Kind.ToString());
    }

    /// <summary>So many leads of an agent, and a request for the tag on each, each one second younger than the one before.</summary>
    public static async Task<IReadOnlyList<RequestId>> AskManyAsync(this TestDesk desk, int count, Employee? by = null)
    {
        var leads = await desk.LeadsAsync(count, by ?? desk.Asha);
        await desk.Get<IdSource>().ReserveAsync<RequestId>(count, default);
        var (asked, asker) = (new List<RequestId>(count), await desk.As(by ?? desk.Asha));
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            for (var n = 0; n < count; n++)
            {
                var request = DataChangeRequest.Ask(work.NewId<RequestId>(), leads[n], desk.Restricted.Id, true, $"Reason {n}", asker, work.Now - TimeSpan.FromSeconds(count - n)).Value!;
                work.Db.Requests.Add(request);
                asked.Add(request.Id);
            }

            return Task.FromResult(Outcome.Done);
        });
        return asked;
    }

    public static async Task<DataChangeRequest> RequestAsync(this TestDesk desk, RequestId id)
    {
        await using var db = desk.Database();
        return await db.Requests.AsNoTracking().FirstAsync(r => r.Id == id);
    }

    public static async Task<IReadOnlyList<Notification>> InboxAsync(this TestDesk desk, Employee who)
    {
        await using var db = desk.Database();
        return await db.Notifications.AsNoTracking().Where(n => n.EmployeeId == who.Id).OrderBy(n => n.Id).ToListAsync();
    }

    public static Task<Outcome> GiveRolesAsync(this TestDesk desk, Employee who, Roles roles) => desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
    {
        var employee = await work.Db.Employees.FirstAsync(e => e.Id == who.Id);
        return employee.Edit(employee.Name, employee.Email, roles, employee.TeamId, employee.TimeZone);
    });
}
