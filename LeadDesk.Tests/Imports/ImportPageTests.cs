using AngleSharp.Dom;
using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Imports;
using LeadDesk.App.Shell;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Imports;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Imports;

/// <summary>The steps of the import page, with real files on a real desk.</summary>
public sealed class ImportPageTests : IDisposable
{
    private readonly FileBox _box = new();

    public void Dispose() => _box.Dispose();

    [Fact]
    public async Task The_columns_are_shown_as_guessed_with_what_stands_in_them()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);

        var screen = await UploadedAsync(desk, page, ImportDesk.MadeFile);

        Assert.Equal(37, screen.FindAll("[data-testid=column]").Count);
        Assert.Equal("ExternalId", Becomes(screen, "Prospect ID").GetAttribute("value"));
        Assert.Equal("Tag", Becomes(screen, "Tags").GetAttribute("value"));
        Assert.Contains("Reference · Google · Direct Traffic", screen.Markup, StringComparison.Ordinal);
        Assert.DoesNotContain("Column 38", screen.Markup, StringComparison.Ordinal);
        Assert.Equal("Choose the pool that the leads go into.", screen.Find("#hindrance").TextContent);
        Assert.True(Button(screen, "See what will happen").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_choice_that_cannot_be_is_said_and_a_page_opened_again_knows_the_others()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await UploadedAsync(desk, page, ImportDesk.MadeFile);

        await screen.Find("[data-testid=pool]").ChangeAsync(new() { Value = "VIP" });
        await Becomes(screen, "Lead Origin").ChangeAsync(new() { Value = nameof(ColumnTarget.City) });
        Assert.Equal("“Lead Origin” and “City” are both city. Choose one.", screen.Find("#hindrance").TextContent);
        await Becomes(screen, "City").ChangeAsync(new() { Value = nameof(ColumnTarget.Ignore) });
        Assert.False(Button(screen, "See what will happen").HasAttribute("disabled"));

        await using var later = new DeskPage(desk, desk.Meera);
        var again = Open(later, page.Services.GetRequiredService<NavigationManager>().Uri);
        again.WaitForElement("[data-testid=column]");
        Assert.Equal("City", Becomes(again, "Lead Origin").GetAttribute("value"));
        Assert.Equal("VIP", again.Find("[data-testid=pool]").GetAttribute("value"));
    }

    [Fact]
    public async Task Somebody_elses_file_is_not_there()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        await UploadedAsync(desk, page, ImportDesk.MadeFile);
        await using var other = new DeskPage(desk, desk.Iris);

        var screen = Open(other, page.Services.GetRequiredService<NavigationManager>().Uri);

        screen.WaitForAssertion(() => Assert.Equal("This file is no longer here. Choose it again.", screen.Find("[data-testid=said]").TextContent.Trim()));
    }

    [Fact]
    public async Task The_choices_of_the_last_file_with_the_same_columns_are_remembered()
    {
        await using var desk = await OpenAsync();
        await desk.ImportAsync(ImportDesk.MadeFile, ImportDesk.Order(ImportDesk.MadeFile, ImportDesk.WithoutExternalId, onDuplicate: OnDuplicate.Update));
        await using var page = new DeskPage(desk, desk.Iris);

        var screen = await UploadedAsync(desk, page, ImportDesk.MadeFile, desk.Iris);

        Assert.Contains("As the last time with these columns", screen.Markup, StringComparison.Ordinal);
        Assert.Equal("FurtherDetail", Becomes(screen, "Prospect ID").GetAttribute("value"));
        Assert.Equal("Inbound", screen.Find("[data-testid=pool]").GetAttribute("value"));
        Assert.Equal([false, true, false], screen.FindAll("input[type=radio]").Select(r => r.HasAttribute("checked")));
    }

    [Fact]
    public async Task What_happens_is_counted_over_the_whole_file_and_nothing_is_changed_by_looking()
    {
        await using var desk = await OpenAsync();
        await desk.LeadAsync(details: new() { Name = "Lena", ExternalId = "2", City = "Köln" });
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await UploadedAsync(desk, page, _box.Put("leads.csv", "Name,External id,City,Source,Value\nOmar,1,Pune,Web form,\nLena,2,Berlin,,\nOmar again,1,,,\nBroken,3,,,much\n"));
        await screen.Find("[data-testid=pool]").ChangeAsync(new() { Value = "Inbound" });
        await screen.FindAll("input[type=radio]")[1].ChangeAsync(new() { Value = true });

        await Button(screen, "See what will happen").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal(["1", "2", "0", "1"], screen.FindAll("[data-testid=figures] dd").Select(d => d.TextContent)));
        Assert.Equal(
            ["2 Omar New lead", "3 Lena Updates City", "4 Omar again Updates Name", "5 Broken Fails “much” under “Value” is no amount."],
            screen.FindAll("[data-testid=row]").Select(Text));
        Assert.Equal("Create 1, update 2", screen.Find("[data-testid=start]").TextContent.Trim());
        Assert.Single(await desk.LeadsAsync());
        Assert.Equal("Köln", (await desk.LeadsAsync())[0].City);
        await using var db = desk.Database();
        Assert.False(await db.Batches.AnyAsync());
        Assert.DoesNotContain(await db.Sources.ToListAsync(), s => s.Name == "Import");
    }

    [Fact]
    public async Task Only_what_is_ticked_is_created_and_the_figures_follow_the_ticks()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = await UploadedAsync(desk, page, _box.Put("leads.csv", "Name,Source,Tags\nA,Trade fair,\nB,Web form,Cold\nC,trade FAIR,French\n"));
        await screen.Find("[data-testid=pool]").ChangeAsync(new() { Value = "Inbound" });
        await Button(screen, "See what will happen").ClickAsync();
        screen.WaitForAssertion(() => Assert.Equal("Create 3 leads", screen.Find("[data-testid=start]").TextContent.Trim()));
        Assert.Equal(["Trade fair", "Cold"], screen.FindAll(".names label").Select(l => l.TextContent.Trim()));

        await screen.FindAll(".names input")[1].ChangeAsync(new() { Value = false });
        screen.WaitForAssertion(() => Assert.Equal("Create 2 leads", screen.Find("[data-testid=start]").TextContent.Trim()));
        await screen.Find("[data-testid=start]").ClickAsync();
        await desk.Get<BatchRunner>().RunAllAsync(default);

        Assert.Equal(["A", "C"], (await desk.LeadsAsync()).Select(l => l.Name));
        await using var db = desk.Database();
        Assert.Contains(await db.Sources.ToListAsync(), s => s.Name == "Trade fair");
        Assert.DoesNotContain(await db.Tags.ToListAsync(), t => t.Name == "Cold");
        Assert.Empty(Directory.EnumerateFiles(desk.Get<ImportFolder>().Waiting));
    }

    [Fact]
    public async Task A_file_that_breaks_in_the_middle_is_refused_before_anything_is_done()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var sound = string.Concat(Enumerable.Range(0, 300).Select(n => FormattableString.Invariant($"Lead {n},Berlin\n")));
        var screen = await UploadedAsync(desk, page, _box.Put("leads.csv", $"Name,City\n{sound}Omar,\"Pune\nAsha,Delhi\n"));
        await screen.Find("[data-testid=pool]").ChangeAsync(new() { Value = "Inbound" });

        await Button(screen, "See what will happen").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Row 302 opens a quote that is never closed. Mend that row and try again.", screen.Find("[data-testid=said]").TextContent.Trim()));
        Assert.True(screen.Find("[data-testid=start]").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_file_that_breaks_in_its_first_rows_is_refused_at_once()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        await using var content = File.OpenRead(_box.Put("leads.csv", "Name,City\nLena,Berlin\nOmar,\"Pune\nAsha,Delhi\n"));
        var token = await desk.Get<WaitingFiles>().PutAsync(desk.Meera.Id, "leads.csv", content, default);

        var screen = Open(page, $"import?file={token}");

        screen.WaitForAssertion(() => Assert.Equal("Row 3 opens a quote that is never closed. Mend that row and try again.", screen.Find("[data-testid=said]").TextContent.Trim()));
        Assert.NotNull(screen.Find("input[type=file]"));
    }

    [Theory, InlineData(OnDuplicate.Skip, 0, 2, "Lead 4"), InlineData(OnDuplicate.Update, 1, 1, "Other"), InlineData(OnDuplicate.Create, 0, 0, "Lead 4")]
    public async Task What_was_foreseen_is_what_happens_also_to_the_same_lead_in_a_later_chunk(OnDuplicate mode, int updated, int there, string name)
    {
        await using var desk = await OpenAsync();
        var many = string.Concat(Enumerable.Range(0, 700).Select(n => FormattableString.Invariant($"Lead {n},lead{n}@example.org\n")));
        var file = _box.Put("leads.csv", $"Name,Email\n{many}Lead 3,lead3@example.org\nOther,LEAD4@example.org\n");
        var order = ImportDesk.Order(file, onDuplicate: mode);

        var preview = await desk.Get<ImportPreviewQuery>().RunAsync(file, order, new(["Import"], [], []), await desk.As(desk.Meera));
        var mark = ImportMark.Of((await desk.ImportAsync(file, order)).Cursor);

        Assert.Equal((702 - updated - there, updated, there, 0), (preview.New, preview.Update, preview.AlreadyThere, preview.Fails));
        Assert.Equal((preview.New, preview.Update), (mark.Created, mark.Updated));
        Assert.Equal(name, (await desk.LeadsAsync()).First(l => l.Email == "lead4@example.org").Name);
    }

    [Fact]
    public async Task A_run_is_followed_from_chunk_to_chunk_and_can_be_stopped()
    {
        await using var desk = await OpenAsync();
        var file = _box.Put("long.csv", "Name\n" + string.Concat(Enumerable.Range(0, 1_400).Select(n => FormattableString.Invariant($"Lead {n}\n"))));
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        await using var page = new DeskPage(desk, desk.Iris);
        var screen = Open(page, $"import?run={id.Value}");
        screen.WaitForAssertion(() => Assert.Contains("0 of 1,400 rows", screen.Markup, StringComparison.Ordinal));

        await desk.Get<ImportWork>().RunChunkAsync(id, await desk.As(desk.Meera), default);
        screen.WaitForAssertion(() => Assert.Contains("500 of 1,400 rows", screen.Markup, StringComparison.Ordinal));
        screen.WaitForAssertion(() => Assert.Contains("Runs, 35 %", screen.Find("[data-testid=past]").TextContent, StringComparison.Ordinal));
        await Button(screen, "Stop").ClickAsync();

        screen.WaitForAssertion(() => Assert.Equal("Stopped. 500 created.", screen.Find("[data-testid=said]").TextContent.Trim()));
        Assert.Equal(BatchState.Stopped, (await desk.BatchAsync(id)).State);
    }

    [Fact]
    public async Task The_navigation_says_how_far_an_import_is_while_it_runs()
    {
        await using var desk = await ImportDesk.OpenAsync(DatabaseProvider.Sqlite, null, _box, services => services.AddSingleton<NavCounters>());
        var file = _box.Put("long.csv", "Name\n" + string.Concat(Enumerable.Range(0, 1_400).Select(n => FormattableString.Invariant($"Lead {n}\n"))));
        Assert.Equal(0, await CountAsync(desk, desk.Meera));
        var id = await desk.StartAsync(file, ImportDesk.Order(file));
        Assert.Equal(1, await CountAsync(desk, desk.Meera));

        await desk.Get<ImportWork>().RunChunkAsync(id, await desk.As(desk.Meera), default);

        Assert.Equal(35, await CountAsync(desk, desk.Iris));
        Assert.Contains(App.Live.Topic.Batches, NavCounters.Topics(await desk.As(desk.Iris)));
        await desk.Get<BatchRunner>().RunAllAsync(default);
        Assert.Equal(0, await CountAsync(desk, desk.Meera));

        static async Task<int> CountAsync(TestDesk desk, Employee who) => (await desk.Get<NavCounters>().ForAsync(await desk.As(who))).GetValueOrDefault("import");
    }

    [Fact]
    public async Task A_wave_that_changes_nothing_shown_renders_nothing()
    {
        await using var desk = await OpenAsync();
        await desk.ImportAsync(ImportDesk.MadeFile);
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, "import");
        screen.WaitForElement("[data-testid=past]");
        var (list, heard) = (screen.FindComponent<PastImports>(), desk.Get<App.Live.ChangeFeed>());
        var before = list.RenderCount;

        var seen = new TaskCompletionSource();
        using var also = heard.Subscribe([App.Live.Topic.Batches], _ =>
        {
            seen.TrySetResult();
            return Task.CompletedTask;
        });
        heard.Publish(new([], [App.Live.Topic.Batches]));
        await seen.Task.WaitAsync(Xunit.TestContext.Current.CancellationToken);
        await page.Renderer.Dispatcher.InvokeAsync(() => { });

        Assert.Equal(before, list.RenderCount);
    }

    [Fact]
    public async Task The_list_has_its_faces_and_says_who_imported_what()
    {
        await using var desk = await OpenAsync();
        await using var page = new DeskPage(desk, desk.Meera);
        var screen = Open(page, "import");
        screen.WaitForAssertion(() => Assert.StartsWith("No imports yet.", screen.Find("[data-testid=empty] p").TextContent, StringComparison.Ordinal));

        var batch = await desk.ImportAsync(_box.Put("leads.csv", "Name,Email\nLena,lena@example.org\nOmar,broken\n"), by: desk.Iris);

        screen.WaitForAssertion(() => Assert.Contains("Done", screen.Find("[data-testid=past]").TextContent, StringComparison.Ordinal));
        Assert.Equal(["leads.csv", "Iris Aydin", "now", "1", "0", "0", "1", "Done"], screen.FindAll("[data-testid=past] td").Select(Text));
        Assert.Equal($"import/{batch.Id.Value}/failed.csv", screen.Find("[data-testid=past] a[download]").GetAttribute("href"));
    }

    private Task<TestDesk> OpenAsync() => ImportDesk.OpenAsync(DatabaseProvider.Sqlite, null, _box);

    private static async Task<IRenderedComponent<Import>> UploadedAsync(TestDesk desk, DeskPage page, string file, Employee? by = null)
    {
        await using var content = File.OpenRead(file);
        var token = await desk.Get<WaitingFiles>().PutAsync((by ?? desk.Meera).Id, Path.GetFileName(file), content, default);
        var screen = Open(page, $"import?file={token}");
        screen.WaitForElement("[data-testid=column]");
        return screen;
    }

    private static IRenderedComponent<Import> Open(DeskPage page, string address)
    {
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        return page.Render<Import>();
    }

    private static IElement Becomes(IRenderedComponent<Import> screen, string header) => screen.Find($"select[aria-label='{header} becomes']");

    private static IElement Button(IRenderedComponent<Import> screen, string text) => screen.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static string Text(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
