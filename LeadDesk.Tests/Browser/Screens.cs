using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>What people do on the screens, in the words of the stories.</summary>
internal static class Screens
{
    public static async Task<Person> AtAsync(this DeskServer server, Chromium chromium, Domain.People.Employee who, string path, Look? look = null)
    {
        var person = await chromium.PersonAsync(look ?? Look.WideLight, server.Address);
        await server.SignInAsync(person, who);
        await person.Page.GotoAsync(path);
        return person;
    }

    /// <summary>The card or row of a lead, wherever it stands.</summary>
    public static ILocator Lead(this IPage page, LeadId lead) => page.Locator($"[data-lead-id='{lead}']").First;

    public static ILocator Lead(this IPage page, LeadId lead, Stage stage) => page.Locator($"[data-stage='{stage.Id}'] [data-lead-id='{lead}']");

    public static async Task ShowsAsync(this ILocator locator) => await Assertions.Expect(locator).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>Shown, and the board hears keys and drags: its first card can be tabbed to.</summary>
    public static async Task HearsAsync(this IPage page) => await Assertions.Expect(page.Locator("[data-lead-id][tabindex='0']").First).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>The circuit has drawn the page: what is pressed now is heard. What the page loads comes after that.</summary>
    public static Task AliveAsync(this IPage page) => Until.TrueAsync(() => page.EvaluateAsync<bool>(
        "() => { const bell = document.querySelector('[data-testid=bell]'); return bell !== null && Object.keys(bell).some(k => k.startsWith('_blazorEvents')); }"), "a page that hears what is pressed");

    /// <summary>Shown, and the queue of requests hears keys.</summary>
    public static async Task HearsQueueAsync(this IPage page) => await Assertions.Expect(page.Locator("[data-hears] [role=option]").First).ToBeVisibleAsync(new() { Timeout = 20_000 });

    /// <summary>The request that stands open in the queue.</summary>
    public static ILocator AskOf(this IPage page) => page.GetByTestId("ask");

    public static async Task IsGoneAsync(this ILocator locator) => await Assertions.Expect(locator).ToHaveCountAsync(0, new() { Timeout = 20_000 });

    /// <summary>Remembers the document, so that a story can say that nobody reloaded.</summary>
    public static Task MarkAsync(this IPage page) => page.EvaluateAsync("() => { window.neverReloaded = true; }");

    public static async Task WasNeverReloadedAsync(this IPage page) => Assert.True(await page.EvaluateAsync<bool>("() => window.neverReloaded === true"));

    /// <summary>Picks a card up with the mouse and holds it over a stage.</summary>
    public static async Task HoldOverAsync(this IPage page, LeadId lead, Stage stage)
    {
        await page.HearsAsync();
        var card = (await page.Lead(lead).BoundingBoxAsync())!;
        var column = (await page.Locator($"[data-stage='{stage.Id}']").First.BoundingBoxAsync())!;
        await page.Mouse.MoveAsync(card.X + 40, card.Y + 12);
        await page.Mouse.DownAsync();
        await page.Mouse.MoveAsync(card.X + 60, card.Y + 30, new() { Steps = 4 });
        await page.Mouse.MoveAsync(column.X + (column.Width / 2), column.Y + 140, new() { Steps = 8 });
    }

    public static async Task DragAsync(this IPage page, LeadId lead, Stage stage)
    {
        await page.HoldOverAsync(lead, stage);
        await page.Mouse.UpAsync();
    }
}
