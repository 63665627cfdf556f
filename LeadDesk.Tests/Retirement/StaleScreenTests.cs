using Bunit;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement.Stale;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Retirement;

/// <summary>The Going Stale screen on the real intents and queries, on SQLite, without a browser.</summary>
public sealed class StaleScreenTests : IAsyncLifetime
{
    private static readonly TimeSpan _almostOver = TimeSpan.FromDays(7) - TimeSpan.FromHours(2);

    private TestDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_row_says_who_is_at_its_lead_and_nothing_is_rendered_for_leads_that_are_elsewhere()
    {
        var lead = await _desk.LeadAsync("Lena Fischer", _desk.Asha, _almostOver);
        var calm = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await using var page = Open(_desk.Tara, out var stale);
        var renders = stale.RenderCount;

        using var elsewhere = _desk.Get<Presence>().Enter(calm.Id, _desk.Asha.Id, PresenceKind.OnACall);
        using var look = _desk.Get<Presence>().Enter(lead.Id, _desk.Meera.Id, PresenceKind.Looking);
        stale.WaitForAssertion(() => Assert.Equal("Meera is looking", Others(stale)));
        Assert.Equal(renders + 1, stale.RenderCount);

        using (_desk.Get<Presence>().Enter(lead.Id, _desk.Asha.Id, PresenceKind.OnACall))
        {
            stale.WaitForAssertion(() => Assert.Equal("Asha is on a call", Others(stale)));
        }

        stale.WaitForAssertion(() => Assert.Equal("Meera is looking", Others(stale)));
    }

    [Fact]
    public async Task A_call_from_the_row_takes_it_off_the_list_and_says_who_saved_it()
    {
        var lead = await _desk.LeadAsync("Lena Fischer", _desk.Asha, _almostOver);
        await using var page = Open(_desk.Tara, out var stale);

        await _desk.Get<LogCall>().RunAsync(lead.Id, new(_desk.CallTag("Interested").Id, null, null, null, null, null), await _desk.As(_desk.Asha));

        stale.WaitForAssertion(() => Assert.Contains("saved by Asha: logged a call.", stale.Find("[data-testid=saved]").TextContent, StringComparison.Ordinal));
        Assert.Empty(stale.FindAll("[data-lead-id]"));
        _desk.Wait(TimeSpan.FromSeconds(9));
        Assert.Equal("Nothing is going stale. The next lead turns Mon 30 Nov at 12:00.", stale.WaitForElement("[data-testid=empty] p").TextContent);
    }

    [Fact]
    public async Task A_nudge_reaches_the_owner_at_once_and_the_row_says_that_and_when()
    {
        await _desk.LeadAsync("Lena Fischer", _desk.Asha, _almostOver);
        var heard = new SemaphoreSlim(0);
        using var inbox = _desk.Get<ChangeFeed>().Subscribe([Topic.Inbox(_desk.Asha.Id)], _ => Task.FromResult(heard.Release()));
        await using var page = Open(_desk.Tara, out var stale);
        await using var other = Open(_desk.Meera, out var managers);

        await Button(stale, "Nudge").ClickAsync();

        await heard.WaitAsync(Xunit.TestContext.Current.CancellationToken);
        stale.WaitForAssertion(() => Assert.Contains("nudged 12:00 by you", stale.Find("td.acts").TextContent, StringComparison.Ordinal));
        managers.WaitForAssertion(() => Assert.Contains("nudged 12:00 by Tara", managers.Find("td.acts").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain(managers.FindAll("button"), b => b.TextContent.Contains("Nudge", StringComparison.Ordinal));
    }

    [Fact]
    public async Task All_of_an_agent_are_nudged_about_in_one_go()
    {
        await _desk.LeadsAsync(3, _desk.Asha, _almostOver);
        await _desk.LeadAsync("Of Ravi", _desk.Ravi, _almostOver);
        await using var page = Open(_desk.Tara, out var stale);

        await Button(stale, "Nudge all 3").ClickAsync();

        stale.WaitForAssertion(() => Assert.Equal("Asha Rao is nudged about 3 leads.", stale.Find("[data-testid=said]").TextContent.Trim()));
        await using var db = _desk.Database();
        Assert.Equal((_desk.Asha.Id, 3), (await db.Notifications.Select(n => new { n.EmployeeId, n.Count }).ToListAsync()).Select(n => (n.EmployeeId, n.Count)).Single());
    }

    [Fact]
    public async Task Agents_see_their_own_and_nudge_nobody()
    {
        await _desk.LeadAsync("Lena Fischer", _desk.Asha, _almostOver);
        await _desk.LeadAsync("Of Ravi", _desk.Ravi, _almostOver);

        await using var page = Open(_desk.Asha, out var stale);

        Assert.Equal("Lena Fischer", Assert.Single(stale.FindAll("tr[data-lead-id]")).QuerySelector("td.who b")!.TextContent);
        Assert.DoesNotContain(stale.FindAll("button"), b => b.TextContent.Contains("Nudge", StringComparison.Ordinal));
        await Button(stale, "Log call").ClickAsync();
        Assert.DoesNotContain(stale.FindAll("button"), b => b.TextContent.Contains("Nudge", StringComparison.Ordinal));
    }

    private static AngleSharp.Dom.IElement Button(IRenderedComponent<GoingStale> stale, string text) => stale.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static string Others(IRenderedComponent<GoingStale> stale) => stale.Find("[data-testid=others]").TextContent.Trim();

    private DeskPage Open(Employee who, out IRenderedComponent<GoingStale> stale)
    {
        var page = new DeskPage(_desk, who);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo("stale");
        var shown = page.Render<GoingStale>();
        shown.WaitForElement("[data-testid=empty], [data-testid=today]");
        stale = shown;
        return page;
    }
}
