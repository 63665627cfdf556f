using System.Net;
using LeadDesk.Domain.Batches;
using LeadDesk.Tests.Browser;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Imports;

/// <summary>From a file to leads, in the browser.</summary>
public sealed class ImportScreensTests(Chromium chromium) : IDisposable
{
    private readonly FileBox _box = new();

    public static TheoryData<string> Looks => [.. Look.All.Where(l => l.Wide).Select(l => l.ToString())];

    public void Dispose() => _box.Dispose();

    [Theory, MemberData(nameof(Looks))]
    public async Task A_file_is_dropped_looked_at_planned_and_imported(string look)
    {
        await using var server = await DeskServer.StartAsync();
        await using var meera = await server.AtAsync(chromium, server.Desk.Meera, "/import", Look.All.Single(l => l.ToString() == look));
        var page = meera.Page;
        await page.GetByText("No imports yet.", new() { Exact = false }).ShowsAsync();

        await page.GetByLabel("Drop a CSV here, or choose one").SetInputFilesAsync(WithFaults());
        await LookAtAsync(meera, "import-file");
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the columns" }).ClickAsync();

        await Assertions.Expect(page.GetByTestId("column")).ToHaveCountAsync(37);
        await Assertions.Expect(page.GetByLabel("Prospect ID becomes")).ToHaveValueAsync("ExternalId");
        await Assertions.Expect(page.GetByText("Choose the pool that the leads go into.")).ToBeVisibleAsync();
        await page.GetByTestId("pool").SelectOptionAsync("Inbound");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "See what will happen" })).ToBeEnabledAsync();
        await LookAtAsync(meera, "import-columns");
        await page.GetByRole(AriaRole.Button, new() { Name = "See what will happen" }).ClickAsync();

        await Assertions.Expect(page.GetByTestId("figures")).ToContainTextAsync("60");
        await Assertions.Expect(page.GetByLabel("Google")).ToBeCheckedAsync();
        await page.GetByLabel("Olark Chat").UncheckAsync();
        await Assertions.Expect(page.GetByTestId("start")).ToHaveTextAsync("Create 50 leads");
        await LookAtAsync(meera, "import-plan");
        await page.GetByRole(AriaRole.Tab, new() { Name = "Rows that fail" }).ClickAsync();
        await page.GetByText("No source is called “Olark Chat”.").First.ShowsAsync();
        await page.GetByTestId("start").ClickAsync();

        await page.GetByText("50 created, 12 failed.", new() { Exact = true }).First.ShowsAsync();
        await Assertions.Expect(page.GetByTestId("past")).ToContainTextAsync("Done");
        await LookAtAsync(meera, "import-done");
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByText("Rows that failed, with reasons").ClickAsync());
        Assert.Equal("leads-failed.csv", download.SuggestedFilename);
        Assert.Equal(13, File.ReadAllLines(await download.PathAsync()).Length);
        Assert.Empty(meera.Complaints);
    }

    [Fact]
    public async Task A_bad_file_is_refused_with_one_sentence_and_nothing_is_kept()
    {
        await using var server = await DeskServer.StartAsync();
        await using var meera = await server.AtAsync(chromium, server.Desk.Meera, "/import");
        var page = meera.Page;

        await page.GetByLabel("Drop a CSV here, or choose one").SetInputFilesAsync(_box.Put("leads.csv", "PK\u0003\u0004[Content_Types].xml word/document.xml"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Look at the columns" }).ClickAsync();

        await page.GetByText("This is a Word file. Save it as CSV and try again.").ShowsAsync();
        await using var db = server.Desk.Database();
        Assert.False(await db.Batches.AnyAsync());
        Assert.Empty(Directory.EnumerateFiles(server.Get<App.Imports.ImportFolder>().Waiting));
    }

    [Fact]
    public async Task A_run_is_followed_on_the_phone_by_another_manager_after_coming_back()
    {
        await using var server = await DeskServer.StartAsync();
        var file = _box.Put("many-leads.csv", "Name,Email\n" + string.Concat(Enumerable.Range(0, 30_000).Select(n => FormattableString.Invariant($"Lead {n},lead{n}@example.org\n"))));
        var batch = await server.Desk.StartAsync(file, ImportDesk.Order(file));
        foreach (var look in Look.All.Where(l => !l.Wide))
        {
            await using var iris = await server.AtAsync(chromium, server.Desk.Iris, "/import", look);
            await iris.Page.GetByText("many-leads.csv").First.ClickAsync();
            await iris.Page.GetByTestId("created").ShowsAsync();
            if (look == Look.NarrowLight)
            {
                await iris.Page.MarkAsync();
                await Until.TrueAsync(async () => (await server.Desk.BatchAsync(batch)).State is BatchState.Done, "the import");
                await iris.Page.GetByText("30,000 created.").First.ShowsAsync();
                await iris.Page.WasNeverReloadedAsync();
            }

            await LookAtAsync(iris, "import-run");
            Assert.Empty(iris.Complaints);
        }
    }

    [Fact]
    public async Task The_doors_are_closed_to_those_who_may_not_import()
    {
        await using var server = await DeskServer.StartAsync();
        await using var desk = server.Desk.Database();
        var file = _box.Put("leads.csv", "Name,Email\nLena,broken\n");
        var batch = await server.Desk.StartAsync(file, ImportDesk.Order(file));
        await Until.TrueAsync(async () => (await server.Desk.BatchAsync(batch)).State is BatchState.Done, "the import");
        var address = new Uri($"/import/{batch.Value}/failed.csv", UriKind.Relative);

        using var stranger = await server.Client().GetAsync(address);
        Assert.Equal(HttpStatusCode.Unauthorized, stranger.StatusCode);
        using var agent = await (await server.ClientAsync(server.Desk.Asha.Email)).GetAsync(address);
        Assert.Equal(HttpStatusCode.Forbidden, agent.StatusCode);

        var manager = await server.ClientAsync(server.Desk.Meera.Email);
        Assert.Equal("“broken” is not an e-mail address.,Lena,broken", (await manager.GetStringAsync(address)).TrimEnd().Split('\n')[^1]);
        using var nothing = await manager.GetAsync(new Uri("/import/999999/failed.csv", UriKind.Relative));
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);

        using var untrusted = new MultipartFormDataContent { { new ByteArrayContent("Name\nLena\n"u8.ToArray()), "file", "leads.csv" } };
        using var refused = await manager.PostAsync(new Uri("/import/upload", UriKind.Relative), untrusted);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        using var forged = new MultipartFormDataContent { { new StringContent("forged"), "__RequestVerificationToken" }, { new ByteArrayContent("Name\nLena\n"u8.ToArray()), "file", "leads.csv" } };
        using var refusedToo = await manager.PostAsync(new Uri("/import/upload", UriKind.Relative), forged);
        Assert.Equal(HttpStatusCode.BadRequest, refusedToo.StatusCode);
        Assert.Empty(Directory.EnumerateFiles(server.Get<App.Imports.ImportFolder>().Waiting));
    }

    /// <summary>The made file with two rows that fail.</summary>
    private string WithFaults() => _box.Put("leads.csv", File.ReadAllText(ImportDesk.MadeFile).TrimEnd() + $"\n{Row("a1", "Yes, sometimes")}\n{Row("a2", "perhaps")}\n");

    private static string Row(string id, string doNotMail) => $"{id},99{id},API,Google,\"{doNotMail}\",No" + new string(',', 32);

    private static async Task LookAtAsync(Person person, string name)
    {
        await Shots.TakeAsync(person, name);
        await Axe.FindsNothingSeriousAsync(person.Page);
    }
}
