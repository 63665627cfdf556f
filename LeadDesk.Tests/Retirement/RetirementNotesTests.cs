using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace LeadDesk.Tests.Retirement;

public sealed class RetirementNotesTests
{
    [Fact]
    public async Task An_agent_on_any_screen_is_told_by_name_what_retired_from_them()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7));
        await desk.LeadAsync("Jonas Weber", desk.Omar, TimeSpan.FromDays(7));
        await using var page = await OpenAsync<LostLeads>(desk, desk.Asha);

        await desk.SweepAsync();

        page.Snackbars.WaitForAssertion(() => Assert.Equal(["Lena Fischer retired from you at 12:00"], Notes(page)));
    }

    [Fact]
    public async Task Many_are_one_sentence()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(31, desk.Asha, TimeSpan.FromDays(7));
        await using var page = await OpenAsync<LostLeads>(desk, desk.Asha);

        await desk.SweepAsync();

        page.Snackbars.WaitForAssertion(() => Assert.Equal(["31 leads retired from you at 12:00"], Notes(page)));
    }

    [Fact]
    public async Task Each_sweep_is_told_once_and_a_lead_taken_by_a_person_is_no_retirement()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadAsync("Lena Fischer", desk.Asha, TimeSpan.FromDays(7));
        var later = await desk.LeadAsync("Jonas Weber", desk.Asha, TimeSpan.FromDays(6));
        var taken = await desk.LeadAsync("Chiara Greco", desk.Asha);
        await using var page = await OpenAsync<LostLeads>(desk, desk.Asha);
        await desk.SweepAsync();
        page.Snackbars.WaitForAssertion(() => Assert.Single(Notes(page)));

        await desk.Get<ActOnLeads>().RunAsync(new UnassignLeads(LeadSelection.Of(taken.Id)), await desk.As(desk.Meera));
        desk.Wait(TimeSpan.FromDays(1));
        await desk.SweepAsync();

        page.Snackbars.WaitForAssertion(() => Assert.Contains("Jonas Weber retired from you at 12:00", Notes(page)));
        Assert.DoesNotContain(Notes(page), n => n.Contains("Chiara", StringComparison.Ordinal));
        Assert.True((await desk.ReadAsync(later.Id)).IsRetired);
    }

    [Fact]
    public async Task A_manager_elsewhere_is_told_how_many_retired_and_led_there()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(31, desk.Asha, TimeSpan.FromDays(7));
        await using var page = await OpenAsync<RetiredNews>(desk, desk.Meera);

        await desk.SweepAsync();

        page.Snackbars.WaitForAssertion(() => Assert.Equal(["31 leads retired"], Notes(page)));
        await page.Snackbars.Find(".mud-snackbar-action-button").ClickAsync();
        Assert.EndsWith("/retired", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manager_who_looks_at_the_list_is_told_by_the_list()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(2, desk.Asha, TimeSpan.FromDays(7));
        await using var looks = await OpenAsync<RetiredNews>(desk, desk.Meera, "retired?sort=value");
        await using var elsewhere = await OpenAsync<RetiredNews>(desk, desk.Iris);

        await desk.SweepAsync();

        elsewhere.Snackbars.WaitForAssertion(() => Assert.Equal(["2 leads retired"], Notes(elsewhere)));
        Assert.Empty(Notes(looks));
    }

    private static async Task<DeskPage> OpenAsync<T>(TestDesk desk, Employee who, string address = "board") where T : IComponent
    {
        var page = new DeskPage(desk, who);
        page.Services.GetRequiredService<NavigationManager>().NavigateTo(address);
        page.Render<T>().WaitForState(() => true);
        await Task.Yield();
        return page;
    }

    private static string[] Notes(DeskPage page) => [.. page.Services.GetRequiredService<ISnackbar>().ShownSnackbars.Select(s => s.Message ?? "")];
}
