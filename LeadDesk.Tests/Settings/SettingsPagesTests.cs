using Bunit;
using LeadDesk.App.Retirement;
using LeadDesk.App.Settings;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Settings;

public sealed class SettingsPagesTests
{
    [Fact]
    public async Task A_source_is_added_where_it_is_read_and_a_taken_name_is_refused_at_the_field()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<SourcesPage>();

        list.WaitForElement("header .ld-btn").Click();
        list.Find("[data-testid=setting-form] input").Change("web form");
        list.Find("[data-testid=setting-form]").Submit();
        list.WaitForAssertion(() => Assert.Equal("There is a source called Web form already.", list.Find(".ld-wrong").TextContent));
        Assert.Equal("true", list.Find("[data-testid=setting-form] input").GetAttribute("aria-invalid"));

        list.Find("[data-testid=setting-form] input").Change("Trade fair");
        list.Find("[data-testid=setting-form]").Submit();
        list.WaitForAssertion(() => Assert.Contains("Trade fair", Names(list)));
        Assert.Empty(list.FindAll("[data-testid=setting-form]"));
    }

    [Fact]
    public async Task A_refused_deletion_says_so_under_its_row()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadAsync(stage: desk.Stage("Proposal"));
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<StagesPage>();

        list.WaitForElement("[aria-label='Delete Proposal']").Click();
        list.WaitForAssertion(() => Assert.Equal("1 lead stands in Proposal. Move it first.", list.Find("tr.no").TextContent.Trim()));

        list.Find("[aria-label='Delete Contacted']").Click();
        list.WaitForAssertion(() => Assert.DoesNotContain("Contacted", Names(list)));
        Assert.Empty(list.FindAll("tr.no"));
    }

    [Fact]
    public async Task Stages_move_by_buttons_and_by_the_script_and_the_ends_go_no_further()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<StagesPage>();
        list.WaitForElement("[aria-label='Move Contacted up']").Click();
        list.WaitForAssertion(() => Assert.Equal(["Contacted", "New"], Names(list).Take(2)));

        var component = list.FindComponent<EditableList>();
        await component.InvokeAsync(() => component.Instance.Reordered(desk.Stage("Won").Id.ToString(), 0));

        list.WaitForAssertion(() => Assert.Equal(["Won", "Contacted", "New"], Names(list).Take(3)));
        Assert.True(list.Find("[aria-label='Move Won up']").HasAttribute("disabled"));
        Assert.True(list.Find("[aria-label='Move Lost down']").HasAttribute("disabled"));
    }

    [Fact]
    public async Task A_stage_is_edited_in_its_row_and_won_has_no_clock_unless_someone_says_so()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<StagesPage>();

        list.WaitForElement("[aria-label='Edit Negotiation']").Click();
        list.FindAll("input[type=radio]")[1].Change("on");
        Assert.False(list.Find("input[type=checkbox]").HasAttribute("checked"));
        list.Find("[data-testid=setting-form]").Submit();

        list.WaitForAssertion(() => Assert.Empty(list.FindAll("[data-testid=setting-form]")));
        var stage = (await desk.Get<DeskDirectory>().GetAsync()).Stages.Single(s => s.Name == "Negotiation");
        Assert.Equal((StageKind.Won, false), (stage.Kind, stage.Retires));
    }

    [Fact]
    public async Task A_pool_shows_its_agents_and_takes_others_by_tick()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<PoolsPage>();

        list.WaitForElement("[aria-label='Edit VIP']").Click();
        Assert.Equal(["Asha Rao", "Omar Khan", "Ravi Nair"], list.FindAll(".teams label").Select(l => l.TextContent.Trim()).Order());
        list.FindAll(".teams label").Single(l => l.TextContent.Contains("Ravi", StringComparison.Ordinal)).QuerySelector("input")!.Change(true);
        list.Find("[data-testid=setting-form]").Submit();

        list.WaitForAssertion(() => Assert.Contains("2: Asha Rao, Ravi Nair", list.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_someone_else_sets_up_arrives_by_itself()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<CallTagsPage>();
        list.WaitForElement("[aria-label='Edit Interested']");
        var iris = await desk.As(desk.Iris);

        await desk.Get<AddCallTag>().RunAsync("Wants a visit", iris);
        list.WaitForAssertion(() => Assert.Contains("Wants a visit", Names(list)));
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_says_so_and_tries_again()
    {
        var trouble = new Trouble();
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        await using var page = new DeskPage(desk, desk.Iris);
        trouble.IsOn = true;
        var (stages, period) = (page.Render<StagesPage>(), page.Render<RetirementPage>());

        stages.WaitForAssertion(() => Assert.Contains("The stages could not be read. Nothing you did is lost.", stages.Find("[data-testid=failed]").TextContent, StringComparison.Ordinal));
        period.WaitForAssertion(() => Assert.Contains("The inactivity period could not be read.", period.Find("[data-testid=failed]").TextContent, StringComparison.Ordinal));
        trouble.IsOn = false;
        stages.Find("[data-testid=failed] button").Click();
        period.Find("[data-testid=failed] button").Click();

        stages.WaitForAssertion(() => Assert.Equal(7, Names(stages).Count));
        period.WaitForAssertion(() => Assert.Equal("7", period.Find("[data-testid=period]").GetAttribute("value")));
    }

    [Fact]
    public async Task A_list_that_takes_its_time_shows_its_bones()
    {
        var (trouble, gate) = (new Trouble(), new TaskCompletionSource());
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: trouble.Enter);
        await using var page = new DeskPage(desk, desk.Iris);
        trouble.Until = gate.Task;
        var list = page.Render<StagesPage>();

        Assert.Single(list.FindAll("[data-testid=loading]"));
        gate.SetResult();
        list.WaitForAssertion(() => Assert.Equal(7, Names(list).Count));
    }

    [Fact]
    public async Task An_empty_list_says_what_to_do_next()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        foreach (var tag in (await desk.Get<DeskDirectory>().GetAsync()).Tags)
        {
            await desk.Get<DeleteTag>().RunAsync(tag.Id, await desk.As(desk.Meera));
        }

        await using var page = new DeskPage(desk, desk.Meera);
        var list = page.Render<TagsPage>();

        list.WaitForAssertion(() => Assert.Equal("No tags yet. Add the first one.", list.Find("[data-testid=empty]").TextContent.Trim()));
    }

    [Fact]
    public async Task The_period_page_says_what_saving_does_and_when_before_it_is_done()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Iris);
        var form = page.Render<RetirementPage>();
        form.WaitForElement("[data-testid=bar]");
        Assert.True(Save().HasAttribute("disabled"));

        form.Find("[data-testid=period]").Input("3");
        Assert.Equal("3 days come into force tomorrow at 12:00. Until then 7 days hold.", Bar());
        form.Find("[data-testid=period]").Input("14");
        Assert.Equal("14 days come into force at once.", Bar());
        form.Find("[data-testid=on]").Change(false);
        Assert.Equal("Retirement stops at once: no lead has a clock.", Bar());
        form.Find("[data-testid=on]").Change(true);
        form.Find("[data-testid=period]").Input("1");
        form.Find("[data-testid=window]").Input("20");
        Assert.Contains("Never more than half the period, so 12 hours count.", form.Markup, StringComparison.Ordinal);

        form.Find("[data-testid=period]").Input("3");
        form.Find("[data-testid=window]").Input("1");
        var saving = form.InvokeAsync(() => Save().Click());
        page.Dialogs.WaitForElement(".ld-btn.primary").Click();
        await saving;

        form.WaitForAssertion(() => Assert.Equal("7 days", form.Find("[data-testid=in-force]").TextContent));
        Assert.Contains("3 days, tomorrow at 12:00", form.Markup, StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromDays(3), (await desk.Get<DeskDirectory>().GetAsync()).Policy.Period);

        AngleSharp.Dom.IElement Save() => form.Find("[data-testid=bar] .primary");
        string Bar() => form.Find("[data-testid=bar] [role=status]").TextContent;
    }

    [Fact]
    public async Task Who_looks_while_another_saves_takes_theirs_or_keeps_their_own()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Iris);
        var form = page.Render<RetirementPage>();
        form.WaitForElement("[data-testid=period]").Input("3");

        await desk.SetRetirementAsync(r => r with { Period = TimeSpan.FromDays(14) });

        form.WaitForAssertion(() => Assert.Contains("You changed the period in another window: 14 days now. Take theirs or keep yours.", form.Markup, StringComparison.Ordinal));
        Assert.Equal("3", form.Find("[data-testid=period]").GetAttribute("value"));
        form.FindAll(".choice button")[1].Click();
        Assert.Equal("3 days come into force tomorrow at 12:00. Until then 14 days hold.", form.Find("[data-testid=bar] [role=status]").TextContent);
    }

    [Fact]
    public async Task The_brake_and_who_else_may_set_it_are_saved_with_their_sentence_and_leave_a_coming_period_its_moment()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.LeadsAsync(200, desk.Asha);
        await desk.SetRetirementAsync(r => r with { Period = TimeSpan.FromDays(3), BrakeShare = 0.2, BrakeFloor = 50 });
        var coming = (await desk.Get<DeskDirectory>().GetAsync()).Policy.InForceFrom;
        desk.Wait(TimeSpan.FromHours(5));
        await using var page = new DeskPage(desk, desk.Iris);
        var form = page.Render<RetirementPage>();
        form.WaitForElement("[data-testid=bar]");
        Assert.Equal("A larger sweep stops and asks first: today from 50 of 200 leads on.", form.Find("[data-testid=brake-now]").TextContent);

        form.Find("[data-testid=brake-share]").Input("30.5");
        Assert.Equal("A larger sweep stops and asks first: today from 62 of 200 leads on.", form.Find("[data-testid=brake-now]").TextContent);
        form.Find("[data-testid=brake-floor]").Input("70");
        form.Find("[data-testid=grant]").Change(true);
        Assert.Equal("A sweep stops and asks where it would retire more than 30.5 % of the assigned leads, and at least 70. Sales Managers may change all this too.", Bar(form));
        await form.Find("[data-testid=bar] .primary").ClickAsync();

        form.WaitForAssertion(() => Assert.Equal("Saved.", Bar(form)));
        Assert.Equal("30.5 % of assigned leads, at least 70", form.Find("[data-testid=brake]").TextContent);
        Assert.Equal("Admins and Sales Managers, last by Iris Aydin today at 17:00", form.Find("[data-testid=set-by]").TextContent);
        var now = await desk.Get<DeskDirectory>().GetAsync();
        Assert.Equal((new Brake(0.305, 70), true, coming), (now.Brake, now.ManagersMaySetRetirement, now.Policy.InForceFrom));
    }

    [Fact]
    public async Task What_another_saved_is_taken_in_where_the_form_leaves_it_and_asked_for_where_both_changed_the_same()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.SetRetirementAsync(r => r with { ManagersMaySet = true });
        await using var page = new DeskPage(desk, desk.Iris);
        var form = page.Render<RetirementPage>();
        form.WaitForElement("[data-testid=window]").Input("6");
        form.Find("[data-testid=brake-floor]").Input("80");

        await desk.SetRetirementAsync(r => r with { BrakeShare = 0.4 }, desk.Meera);
        form.WaitForAssertion(() => Assert.Contains("Meera changed this while you looked. It stands in your form too.", form.Markup, StringComparison.Ordinal));
        Assert.Equal(("40", "80"), (Value("brake-share"), Value("brake-floor")));

        await desk.SetRetirementAsync(r => r with { BrakeFloor = 90, Window = TimeSpan.FromHours(24), Period = TimeSpan.FromDays(9) }, desk.Meera);
        form.WaitForAssertion(() => Assert.Equal("Brake, at least90 leads80 leads", form.Find("[data-testid=theirs] tbody").TextContent));
        Assert.True(form.Find("[data-testid=bar] .primary").HasAttribute("disabled"));
        form.FindAll(".choice button")[0].Click();

        form.WaitForAssertion(() => Assert.Equal(("9", "90", "40"), (Value("period"), Value("brake-floor"), Value("brake-share"))));
        await form.Find("[data-testid=bar] .primary").ClickAsync();
        form.WaitForAssertion(() => Assert.Equal("Saved.", Bar(form)));
        var now = RetirementRule.Of(await desk.Get<DeskDirectory>().GetAsync()).Form;
        Assert.Equal(new RetirementForm(TimeSpan.FromDays(9), TimeSpan.FromDays(6), 0.4, 90, true), now);

        string? Value(string field) => form.Find($"[data-testid={field}]").GetAttribute("value");
    }

    [Fact]
    public async Task Nobody_saves_over_what_they_have_not_seen()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var seen = RetirementRule.Of(await desk.Get<DeskDirectory>().GetAsync());
        await desk.SetRetirementAsync(r => r with { BrakeShare = 0.4 });

        var outcome = await desk.Get<ChangePeriod>().RunAsync(seen.Form with { BrakeFloor = 10 }, seen, await desk.As(desk.Iris));

        Assert.Equal("Somebody changed this while you looked. Take theirs or keep yours.", outcome.Refusal?.Sentence);
        Assert.Equal(new Brake(0.4, seen.Brake.Floor), (await desk.Get<DeskDirectory>().GetAsync()).Brake);
    }

    [Fact]
    public async Task A_sales_manager_sets_it_once_granted_and_grants_nothing()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.SetRetirementAsync(r => r with { ManagersMaySet = true });
        await using var page = new DeskPage(desk, desk.Meera);
        var form = page.Render<RetirementPage>();
        form.WaitForElement("[data-testid=bar]");
        Assert.True(form.Find("[data-testid=grant]").HasAttribute("disabled"));

        form.Find("[data-testid=brake-floor]").Input("60");
        await form.Find("[data-testid=bar] .primary").ClickAsync();
        form.WaitForAssertion(() => Assert.Equal("Saved.", Bar(form)));

        Assert.False((await desk.SetRetirementAsync(r => r with { BrakeFloor = 61, ManagersMaySet = false }, desk.Meera)).IsRefused);
        Assert.True((await desk.Get<DeskDirectory>().GetAsync()).ManagersMaySetRetirement);
        await desk.SetRetirementAsync(r => r with { ManagersMaySet = false });
        form.WaitForAssertion(() => Assert.Empty(form.FindAll("[data-testid=bar]")));
        Assert.IsType<NotAllowed>((await desk.SetRetirementAsync(r => r with { BrakeFloor = 62 }, desk.Meera)).Refusal);
    }

    [Theory]
    [InlineData("brake-share", "101", "A share is between 0 and 100 %."), InlineData("brake-floor", "-1", "A number of leads is not below zero."), InlineData("window", "-1", "A warning window is not below zero.")]
    public async Task What_cannot_be_saved_is_said_at_its_field(string field, string value, string sentence)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Iris);
        var form = page.Render<RetirementPage>();
        form.WaitForElement($"[data-testid={field}]").Input(value);

        await form.Find("[data-testid=bar] .primary").ClickAsync();

        form.WaitForAssertion(() => Assert.Equal(sentence, form.Find(".ld-wrong[role=alert]").TextContent));
        Assert.Equal("true", form.Find($"[data-testid={field}]").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task A_sales_manager_looks_and_cannot_save()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await using var page = new DeskPage(desk, desk.Meera);
        var form = page.Render<RetirementPage>();

        form.WaitForAssertion(() => Assert.Contains("You may look. Iris Aydin can grant the right.", form.Markup, StringComparison.Ordinal));
        Assert.Empty(form.FindAll("[data-testid=bar]"));
        Assert.All(form.FindAll("fieldset"), f => Assert.True(f.HasAttribute("disabled")));
        Assert.IsType<NotAllowed>((await desk.SetRetirementAsync(r => r with { Period = null }, desk.Meera)).Refusal);
    }

    [Theory]
    [InlineData("7.00:00:00", "7 days"), InlineData("1.00:00:00", "1 day"), InlineData("1.12:00:00", "36 hours"), InlineData("01:00:00", "1 hour"), InlineData("00:10:00", "10 minutes"), InlineData(null, "off")]
    public void A_period_is_said_in_the_largest_unit_that_is_exact(string? span, string words) =>
        Assert.Equal(words, PeriodWords.Of(span is null ? null : TimeSpan.Parse(span, System.Globalization.CultureInfo.InvariantCulture)));

    private static string Bar(IRenderedComponent<RetirementPage> form) => form.Find("[data-testid=bar] [role=status]").TextContent;

    private static List<string> Names(IRenderedComponent<Microsoft.AspNetCore.Components.IComponent> list) => [.. list.FindAll("[data-testid=setting] .name .ld-strong").Select(n => n.TextContent)];
}
