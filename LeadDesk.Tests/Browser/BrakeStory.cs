using LeadDesk.Tests.Kit;
using Microsoft.Playwright;

namespace LeadDesk.Tests.Browser;

/// <summary>A sweep that would take too much stops, and the managers decide, wherever they are.</summary>
public sealed class BrakeStory(Chromium chromium)
{
    [Fact]
    public async Task A_stopped_sweep_stands_on_every_managers_screen_until_one_of_them_drops_it()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/board");
        await using var iris = await server.AtAsync(chromium, desk.Iris, "/leads");
        var due = await StopAsync(server, meera, iris);
        await meera.Page.MarkAsync();
        await iris.Page.MarkAsync();

        await meera.Page.GetByTestId("brake").GetByRole(AriaRole.Button, new() { Name = "Drop this sweep" }).ClickAsync();
        await meera.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Drop this sweep" }).ClickAsync();

        await meera.Page.GetByTestId("brake").IsGoneAsync();
        await iris.Page.GetByTestId("brake").IsGoneAsync();
        await server.AdvanceAsync(TimeSpan.FromMinutes(2));
        Assert.All(due, id => Assert.False(desk.ReadAsync(id).GetAwaiter().GetResult().IsRetired));
        await iris.Page.WasNeverReloadedAsync();
    }

    [Fact]
    public async Task Let_run_it_retires_what_is_still_due()
    {
        await using var server = await DeskServer.StartAsync();
        var desk = server.Desk;
        await using var meera = await server.AtAsync(chromium, desk.Meera, "/retired");
        var due = await StopAsync(server, meera);

        await meera.Page.GetByTestId("brake").GetByRole(AriaRole.Button, new() { Name = "Let it retire 60" }).ClickAsync();
        await meera.Page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Let it retire 60" }).ClickAsync();
        await meera.Page.GetByTestId("brake").IsGoneAsync();
        await server.AdvanceAsync(TimeSpan.FromMinutes(1));

        await meera.Page.Lead(due[^1]).ShowsAsync();
        Assert.All(due, id => Assert.True(desk.ReadAsync(id).GetAwaiter().GetResult().IsRetired));
        Assert.Empty(meera.Complaints);
    }

    /// <summary>60 of 200 fall due: a share above a fifth, and more than the floor.</summary>
    private static async Task<IReadOnlyList<Domain.Basics.LeadId>> StopAsync(DeskServer server, params Person[] managers)
    {
        var desk = server.Desk;
        await desk.SetRetirementAsync(form => form with { BrakeFloor = 50 });
        await desk.LeadsAsync(140, desk.Asha, TimeSpan.FromHours(1), name: "Worked");
        var due = await desk.LeadsAsync(60, desk.Ravi, TimeSpan.FromDays(7) - TimeSpan.FromSeconds(30), name: "Neglected");
        foreach (var manager in managers)
        {
            await manager.Page.GetByRole(AriaRole.Heading, new() { Level = 1 }).First.ShowsAsync();
        }

        await server.AdvanceAsync(TimeSpan.FromMinutes(1));
        foreach (var manager in managers)
        {
            await manager.Page.GetByTestId("brake").GetByText("it would retire 60 of 200 leads", new() { Exact = false }).ShowsAsync();
        }

        return due;
    }
}
