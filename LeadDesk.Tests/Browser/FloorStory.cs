using System.Globalization;
using System.Text.RegularExpressions;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Imports;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>A day on the floor: leads come in from a file, are handed out, and are worked on the board. Nobody reloads.</summary>
public sealed class FloorStory(Chromium chromium)
{
    public static TheoryData<string> Files => [.. ImportDesk.Files];

    [Theory, MemberData(nameof(Files))]
    public async Task Leads_of_a_file_are_imported_once_handed_out_and_worked(string file)
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var asha = await server.AtAsync(chromium, desk.Asha, "/board");
        await asha.Page.GetByRole(AriaRole.Heading, new() { Name = "Board" }).First.ShowsAsync();
        await asha.Page.MarkAsync();
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/import");

        var created = await ImportAsync(meera.Page, file);
        Assert.True(file == ImportDesk.MadeFile || created == 9_240, $"{created} of the 9,240 real leads were created.");
        await using (var db = desk.Database())
        {
            Assert.Equal(created, await db.Leads.CountAsync(l => l.PoolId == desk.Inbound.Id && l.OwnerId == null));
            Assert.Equal(created, await db.Leads.Select(l => l.ExternalId).Distinct().CountAsync());
        }

        await meera.Page.GotoAsync("/import");
        await UploadAsync(meera.Page, file);
        await Assertions.Expect(meera.Page.GetByTestId("start")).Not.ToHaveTextAsync(new Regex("^Create"), new() { Timeout = 60_000 });

        var given = Math.Min(500, created);
        await HandOutAsync(meera.Page, given);
        await Until.TrueAsync(async () => (await OfAshaAsync(desk)).Count == given, "all of them with Asha");

        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        await WorkTenAsync(asha.Page, desk);
        await asha.Page.WasNeverReloadedAsync();
        Assert.Empty(asha.Complaints);
        Assert.Empty(meera.Complaints);
    }

    /// <summary>Up to the plan: what will happen.</summary>
    private static async Task UploadAsync(IPage page, string file)
    {
        await page.GetByLabel("Drop a CSV here, or choose one").SetInputFilesAsync(file);
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the columns" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Prospect ID becomes")).ToHaveValueAsync("ExternalId", new() { Timeout = 60_000 });
        await page.GetByTestId("pool").SelectOptionAsync("Inbound");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "See what will happen" })).ToBeEnabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "See what will happen" }).ClickAsync();
        await Assertions.Expect(page.GetByTestId("start")).ToBeVisibleAsync(new() { Timeout = 60_000 });
    }

    private static async Task<int> ImportAsync(IPage page, string file)
    {
        await UploadAsync(page, file);
        var start = page.GetByTestId("start");
        await Assertions.Expect(start).ToHaveTextAsync(new Regex("^Create [0-9,]+ leads$"), new() { Timeout = 60_000 });
        var created = int.Parse((await start.TextContentAsync())!.Split(' ')[1], NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
        await start.ClickAsync();
        await Assertions.Expect(page.GetByText(created.ToString("N0", CultureInfo.InvariantCulture) + " created", new() { Exact = false }).First).ToBeVisibleAsync(new() { Timeout = 120_000 });
        return created;
    }

    private static async Task HandOutAsync(IPage page, int leads)
    {
        await page.GotoAsync("/assign");
        await page.GetByRole(AriaRole.Combobox).First.FillAsync("Asha");
        await page.GetByRole(AriaRole.Option).Filter(new() { HasText = "Asha Rao" }).ClickAsync();
        await page.GetByTestId("holds").ShowsAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "500", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { NameRegex = new Regex($"^Assign {leads}") }).ClickAsync();
    }

    /// <summary>Three by drag, three by menu, two by a logged call, two by a comment.</summary>
    private static async Task WorkTenAsync(IPage page, TestDesk desk)
    {
        var (before, contacted) = (desk.Now, desk.Stage("Contacted"));
        var column = page.Locator($"[data-stage='{desk.Stage("New").Id}'] [data-lead-id]");
        await column.First.ShowsAsync();
        await page.HearsAsync();
        var worked = new List<LeadId>();
        for (var n = 0; n < 10; n++)
        {
            var lead = new LeadId(long.Parse((await column.First.GetAttributeAsync("data-lead-id"))!, CultureInfo.InvariantCulture));
            worked.Add(lead);
            if (n < 3)
            {
                await page.DragAsync(lead, contacted);
                await page.Lead(lead, contacted).ShowsAsync();
            }
            else if (n < 6)
            {
                await page.Lead(lead).GetByRole(AriaRole.Button).First.ClickAsync();
                await page.Locator("[role^=menuitem]").Filter(new() { HasText = "Contacted" }).ClickAsync();
                await page.Lead(lead, contacted).ShowsAsync();
            }
            else
            {
                await page.Lead(lead).GetByRole(AriaRole.Link).First.ClickAsync();
                await page.WaitForURLAsync(new Regex($"/leads/{lead}(\\?|$)"));
                await page.GetByRole(AriaRole.Button, new() { Name = n < 8 ? "Log a call" : "Comment", Exact = false }).First.ClickAsync();
                await page.GetByLabel(n < 8 ? "Note" : "Comment").Last.FillAsync("Wants the price list before Thursday.");
                await page.GetByRole(AriaRole.Button, new() { Name = n < 8 ? "Save call" : "Save comment", Exact = false }).ClickAsync();
                await Until.TrueAsync(async () => (await desk.ReadAsync(lead)).ClockStart == desk.Now, "the activity in the history");
                await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Board" }).ClickAsync();
                await page.HearsAsync();
                // Soonest to retire stands first, so the one just worked has made place for the next.
                await Assertions.Expect(column.First).Not.ToHaveAttributeAsync("data-lead-id", lead.ToString());
            }
        }

        Assert.Equal(10, worked.Distinct().Count());
        foreach (var lead in worked)
        {
            Assert.Equal(before, (await desk.ReadAsync(lead)).ClockStart);
            Assert.Contains(await desk.HistoryAsync(lead), e => e.Verdict is ClockVerdict.Restarted);
        }
    }

    private static async Task<List<LeadId>> OfAshaAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.Leads.Where(l => l.OwnerId == desk.Asha.Id).Select(l => l.Id).ToListAsync();
    }
}
