using LeadDesk.App.Access;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Access;

/// <summary>What the tests of this room do to a running desk.</summary>
internal static class Desks
{
    /// <summary>Asks for a circuit, as every screen does first.</summary>
    public static async Task<HttpResponseMessage> KnockAsync(HttpClient client, string? origin = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return await client.SendAsync(request);
    }

    public static Task DisableAsync(DeskServer server, Employee whom) => ChangeAsync(server, whom, e => e.SetActive(false));

    public static Task AskForPasswordAsync(DeskServer server, Employee whom) => ChangeAsync(server, whom, e => e.AskForNewPassword());

    private static async Task ChangeAsync(DeskServer server, Employee whom, Action<Employee> change) =>
        await server.Get<Transactor>().RunAsync(await server.Desk.As(server.Desk.Iris), async work =>
        {
            change(await work.Db.Employees.FirstAsync(e => e.Id == whom.Id));
            await PutOut.NoteAsync(work, whom.Id);
            return Outcome.Done;
        });
}
