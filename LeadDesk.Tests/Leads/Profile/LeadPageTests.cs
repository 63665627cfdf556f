using AngleSharp.Dom;
using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Profile;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Leads.Profile;

/// <summary>The profile's page on the real intents and queries, on SQLite, without a browser.</summary>
public sealed class LeadPageTests : IAsyncLifetime
{
    private TestDesk _desk = null!;
    private DeskPage? _page;

    public async ValueTask InitializeAsync() => _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        await _desk.DisposeAsync();
    }

    [Fact]
    public async Task It_shows_who_what_and_when_the_lead_retires_and_by_which_rule()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha, details: new() { Name = "Lena Fischer", Company = "Fischer Optik", City = "Graz", Country = "AT", ValueMinor = 420_000 });

        var page = Open(lead.Id, _desk.Asha);

        Assert.Equal("Lena Fischer", page.Find("[data-testid=lead-name] .ld-ellipsis").TextContent);
        Assert.Equal("€ 4,200", Fact(page, "value"));
        Assert.Equal("7 d", page.Find("[data-testid=clock] time").TextContent);
        Assert.StartsWith("Tue 1 Dec at 12:00, unless someone works it", page.Find("[data-testid=moment]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal("period 7 d · calendar time", page.Find("[data-testid=rule]").TextContent);
        Assert.Equal("New", page.Find("[data-testid=stages] [aria-pressed=true]").TextContent.Trim());
    }

    [Fact]
    public async Task A_number_is_dialled_and_an_address_written_to_unless_the_lead_wants_neither()
    {
        var details = new LeadDetails { Name = "Lena", Phones = [new("0316 555 0142", "+433165550142")], Emails = ["lena@fischer.example"] };
        var (free, quiet) = (await _desk.LeadAsync(ownedBy: _desk.Asha, details: details), await _desk.LeadAsync(ownedBy: _desk.Asha, details: details with { DoNotCall = true, DoNotMail = true }));

        var page = Open(free.Id, _desk.Asha);
        Assert.Equal("tel:+433165550142", page.Find("[data-testid=phones] a").GetAttribute("href"));
        Assert.Equal("mailto:lena%40fischer.example", page.Find("[data-testid=emails] a").GetAttribute("href"));

        page = Open(quiet.Id, _desk.Asha);
        Assert.Empty(page.FindAll("[data-testid=phones] a, [data-testid=emails] a"));
        Assert.Equal(["0316 555 0142", "lena@fischer.example"], page.FindAll("s").Select(s => s.TextContent));
    }

    [Fact]
    public async Task A_call_is_logged_in_place_with_outcome_note_duration_and_follow_up()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(6));
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=l]").ClickAsync();
        Assert.Equal("starts the clock again", page.Find("[data-testid=clock-hint]").TextContent);
        Assert.Equal(["1", "2", "3", "4", "5"], page.FindAll("[role=radiogroup] label").Select(l => l.GetAttribute("data-key")));

        await page.FindAll("[role=radiogroup] input")[1].ChangeAsync(new ChangeEventArgs { Value = "on" });
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "Wants the price list" });
        await page.Find("[data-testid=next-follow-up]").ClickAsync();
        await Button(page, "Tomorrow").ClickAsync();
        _desk.Wait(TimeSpan.FromMinutes(4));
        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=call-form]")));
        Assert.Equal("Your call is saved. The clock started again, to Tue 1 Dec at 12:04.", page.Find("[data-testid=said]").TextContent.Trim());
        var call = (await _desk.HistoryAsync(lead.Id)).Single(e => e.Kind is LeadEventKind.Called);
        Assert.Equal((240, "Wants the price list", _desk.CallTag("Call back").Id.Value), (call.DurationSeconds, call.Text, call.ToId));
        Assert.Equal("tomorrow", Fact(page, "follow-up"));
        Assert.Equal("Call back", (await _desk.Get<DeskDirectory>().GetAsync()).CallTag((await _desk.ReadAsync(lead.Id)).CallTagId)!.Name);
    }

    [Fact]
    public async Task A_refused_call_says_why_and_keeps_what_was_typed()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=l]").ClickAsync();
        await Button(page, "Took placenow").ClickAsync();
        await page.Find("input[type=datetime-local]").ChangeAsync(new ChangeEventArgs { Value = "2026-11-24T18:00" });
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "Tomorrow's call" });

        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("The call cannot be in the future.", page.Find("[data-testid=call-form] [data-testid=said]").TextContent.Trim()));
        Assert.Equal("Tomorrow's call", page.Find("textarea").GetAttribute("value"));
        Assert.DoesNotContain(await _desk.HistoryAsync(lead.Id), e => e.Kind is LeadEventKind.Called);
    }

    [Fact]
    public async Task The_same_comment_again_is_kept_and_the_page_says_that_the_clock_did_not_start()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        await _desk.Get<AddComment>().RunAsync(lead.Id, "Called back", await _desk.As(_desk.Asha));
        var page = Open(lead.Id, _desk.Asha);

        await CommentAsync(page, "called BACK");

        page.WaitForAssertion(() => Assert.Equal("Same text as your last comment, so the clock did not start again.", page.Find("[data-testid=said]").TextContent.Trim()));
        Assert.Equal(2, (await _desk.HistoryAsync(lead.Id)).Count(e => e.Kind is LeadEventKind.Commented));
    }

    [Fact]
    public async Task An_empty_comment_is_refused_where_it_is_written()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);

        await CommentAsync(page, "  ");

        page.WaitForAssertion(() => Assert.Equal("An empty comment is not kept. Write a word or two.", page.Find("[data-testid=comment-form] [data-testid=said]").TextContent.Trim()));
    }

    [Fact]
    public async Task Beforehand_it_is_said_why_no_clock_will_start()
    {
        var (free, won) = (await _desk.LeadAsync(), await _desk.LeadAsync(ownedBy: _desk.Asha, stage: _desk.Stage("Won")));

        Assert.Equal("nobody owns the lead, so no clock runs", await HintAsync(free));
        Assert.Equal("no clock in this stage", await HintAsync(won));

        async Task<string> HintAsync(Lead lead)
        {
            var page = Open(lead.Id, _desk.Meera);
            await page.Find("[data-key=c]").ClickAsync();
            return page.Find("[data-testid=clock-hint]").TextContent;
        }
    }

    [Fact]
    public async Task A_text_ends_where_the_rule_ends_it()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=c]").ClickAsync();

        Assert.Equal("4000", page.Find("textarea").GetAttribute("maxlength"));
        Assert.Contains("4,000", page.Find("[data-limit]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Others_work_arrives_and_what_is_being_typed_stays()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=c]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "Half a tho" });

        await _desk.ActAsync(new SetLeadsStage(LeadSelection.Of(lead.Id), _desk.Stage("Qualified").Id));

        page.WaitForAssertion(() => Assert.Equal("Qualified", page.Find("[data-testid=stages] [aria-pressed=true]").TextContent.Trim()));
        Assert.Equal("Meera moved this lead from New to Qualified now. Your comment can still be saved.", page.Find("[data-testid=race]").TextContent.Trim());
        Assert.Equal("Half a tho", page.Find("textarea").GetAttribute("value"));
    }

    [Fact]
    public async Task A_change_that_shows_nothing_new_sends_nothing()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        var (count, heard) = (page.RenderCount, 0);
        using var listening = _desk.Get<ChangeFeed>().Subscribe([Topic.Desk], _ => Task.FromResult(heard++));

        _desk.Get<ChangeFeed>().Publish(new([], [Topic.Desk]));
        await Until.TrueAsync(() => heard == 1, "the wave");
        _desk.Get<ChangeFeed>().Publish(new([], [Topic.Desk]));
        await Until.TrueAsync(() => heard == 2, "the next wave");

        Assert.Equal(count, page.RenderCount);
    }

    [Fact]
    public async Task A_lead_that_is_reassigned_turns_the_page_read_only_under_a_line_and_the_begun_comment_is_still_kept()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=c]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "What I had begun" });

        await _desk.ReassignAsync(lead.Id, _desk.Ravi);

        page.WaitForAssertion(() => Assert.Equal("Meera reassigned this lead to Ravi at 12:00. It is no longer yours. What you had begun can still be saved until 12:10.", page.Find("[data-testid=left]").TextContent.Trim()));
        Assert.Empty(page.FindAll(".acts, [data-testid=edit-details]"));
        Assert.All(page.FindAll("[data-testid=stages] button"), b => Assert.True(b.HasAttribute("disabled")));
        Assert.Equal("kept in the history, starts no clock", page.Find("[data-testid=clock-hint]").TextContent);
        Assert.Equal(0, _desk.Get<ChangeFeed>().ListenerCount(Topic.Lead(lead.Id)));

        _desk.Wait(TimeSpan.FromMinutes(5));
        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Your comment is kept in the history.", page.FindAll("[data-testid=said]")[^1].TextContent.Trim()));
        var kept = (await _desk.HistoryAsync(lead.Id))[^1];
        Assert.Equal(("What I had begun", ClockVerdict.AfterLeaving), (kept.Text, kept.Verdict));
        Assert.Equal(_desk.Ravi.Id, (await _desk.ReadAsync(lead.Id)).OwnerId);
    }

    [Fact]
    public async Task After_ten_minutes_saving_is_refused_and_the_text_is_still_there_to_copy()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=c]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "Too slow" });
        await _desk.UnassignAsync(lead.Id);
        page.WaitForAssertion(() => page.Find("[data-testid=left]"));

        _desk.Wait(TimeSpan.FromMinutes(10));
        page.WaitForAssertion(() => Assert.EndsWith("Ten minutes are over, so what is written here can no longer be saved.", page.Find("[data-testid=left]").TextContent.Trim(), StringComparison.Ordinal));
        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(
            "The lead left you more than ten minutes ago, so this comment can no longer be saved. Copy what you need.", page.Find("[data-testid=comment-form] [data-testid=said]").TextContent.Trim()));
        Assert.Equal("Too slow", page.Find("textarea").GetAttribute("value"));
        Assert.Equal("No lead here that you may see.", Open(lead.Id, _desk.Asha).Find("[data-testid=not-found] p").TextContent);
    }

    [Fact]
    public async Task A_call_begun_before_the_sweep_took_the_lead_is_kept()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(7));
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=l]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "On the phone" });
        await _desk.Get<RetirementSweep>().RunAsync(_desk.Now);
        page.WaitForAssertion(() => Assert.StartsWith("This lead retired at 12:00.", page.Find("[data-testid=left]").TextContent.Trim(), StringComparison.Ordinal));

        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Your call is kept in the history.", page.FindAll("[data-testid=said]")[^1].TextContent.Trim()));
        Assert.True((await _desk.ReadAsync(lead.Id)).IsRetired);
    }

    [Fact]
    public async Task A_new_visit_within_ten_minutes_reads_what_was_and_does_nothing()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        await _desk.ReassignAsync(lead.Id, _desk.Ravi);

        var page = Open(lead.Id, _desk.Asha);

        Assert.Equal("Meera reassigned this lead to Ravi at 12:00. It is no longer yours.", page.Find("[data-testid=left]").TextContent.Trim());
        Assert.Empty(page.FindAll("[data-key], textarea, [data-save]"));
        Assert.Equal(0, _desk.Get<ChangeFeed>().ListenerCount(Topic.Lead(lead.Id)));
    }

    [Fact]
    public async Task A_team_lead_whose_teams_lead_goes_elsewhere_is_told_and_hears_nothing_more()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Tara);

        await _desk.ReassignAsync(lead.Id, _desk.Omar);

        page.WaitForAssertion(() => Assert.Equal("This lead is out of your sight now. What stands here is from before.", page.Find("[data-testid=left]").TextContent.Trim()));
        Assert.Equal(0, _desk.Get<ChangeFeed>().ListenerCount(Topic.Lead(lead.Id)));
        Assert.Equal("Asha Rao", Fact(page, "owner"));
    }

    [Fact]
    public async Task A_slower_move_says_who_was_faster_and_shows_where_the_lead_is()
    {
        await using var desk = await DeafAsync();
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await using var context = new DeskPage(desk, desk.Asha);
        var page = context.Render<LeadPage>(p => p.Add(x => x.Id, lead.Id.Value));
        page.WaitForAssertion(() => page.Find("[data-testid=stages]"));
        await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Contacted").Id, lead.StageId, await desk.As(desk.Meera));
        desk.Wait(TimeSpan.FromSeconds(4));

        await page.FindAll("[data-testid=stages] button")[2].ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("Meera moved this lead to Contacted 4 s ago. It is shown there now.", page.Find("[data-testid=said]").TextContent.Trim()));
        Assert.Equal("Contacted", page.Find("[data-testid=stages] [aria-pressed=true]").TextContent.Trim());
    }

    [Fact]
    public async Task A_call_that_is_saved_just_after_the_sweep_is_told_by_how_much_it_was_late()
    {
        await using var desk = await DeafAsync();
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(7));
        await using var context = new DeskPage(desk, desk.Asha);
        var page = context.Render<LeadPage>(p => p.Add(x => x.Id, lead.Id.Value));
        page.WaitForAssertion(() => page.Find("[data-key=l]"));
        await page.Find("[data-key=l]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = "On the phone" });
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        desk.Wait(TimeSpan.FromMinutes(2));

        await page.Find("[data-save]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal(
            "It retired at 12:00, 2 min before your call was saved. The call is kept; ask a manager to give it back.", page.FindAll("[data-testid=said]")[^1].TextContent.Trim()));
        Assert.StartsWith("This lead retired at 12:00. It is no longer yours.", page.Find("[data-testid=left]").TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(ClockVerdict.AfterLeaving, (await desk.HistoryAsync(lead.Id))[^1].Verdict);
    }

    [Fact]
    public async Task An_edit_in_place_puts_a_refusal_at_its_field_and_keeps_what_is_typed()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-testid=edit-details]").ClickAsync();
        await Field(page, "Country").ChangeAsync(new ChangeEventArgs { Value = "A" });
        await Field(page, "City").ChangeAsync(new ChangeEventArgs { Value = "Graz" });

        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Equal("“A” is not a country code of two letters.", Field(page, "Country").ParentElement!.QuerySelector(".ld-wrong")!.TextContent));
        Assert.Equal("Graz", Field(page, "City").GetAttribute("value"));

        await Field(page, "Country").ChangeAsync(new ChangeEventArgs { Value = "AT" });
        await Field(page, "Value").ChangeAsync(new ChangeEventArgs { Value = "4,200.50" });
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        var after = await _desk.ReadAsync(lead.Id);
        Assert.Equal(("Graz", "AT", 420_050L), (after.City, after.Country, after.ValueMinor));
    }

    [Fact]
    public async Task What_somebody_edited_meanwhile_is_said_and_either_version_can_be_taken()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-testid=edit-details]").ClickAsync();
        await Field(page, "City").ChangeAsync(new ChangeEventArgs { Value = "Wien" });
        await _desk.Get<EditLeadDetails>().RunAsync(lead.Id, new() { Name = "Lena Fischer", City = "Graz" }, lead.Version, await _desk.As(_desk.Meera));

        await page.Find("form").SubmitAsync();
        page.WaitForAssertion(() => Assert.Contains("Meera changed these details while you typed.", page.Find("form [data-testid=said]").TextContent, StringComparison.Ordinal));
        Assert.Equal("Wien", Field(page, "City").GetAttribute("value"));

        await Button(page, "keep mine").ClickAsync();
        await page.Find("form").SubmitAsync();

        page.WaitForAssertion(() => Assert.Empty(page.FindAll("form")));
        Assert.Equal("Wien", (await _desk.ReadAsync(lead.Id)).City);
    }

    [Fact]
    public async Task Agents_tag_with_modifiable_tags_the_others_wear_a_lock_and_the_list_stays_open()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        await page.Find("[data-key=t]").ClickAsync();
        Assert.Equal(["French", "VIP"], page.FindAll("[role=option] .text").Select(o => o.TextContent));
        Assert.Equal("VIP", Assert.Single(page.FindAll("[role=option]:has([title^='Only managers']) .text")).TextContent);

        await page.Find("[role=option]").ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("true", page.Find("[role=option]").GetAttribute("aria-selected")));
        Assert.Single((await _desk.ReadAsync(lead.Id)).Tags);
    }

    [Fact]
    public async Task A_manager_reassigns_by_typing_with_the_load_in_view_and_unassigns_and_moves()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        await _desk.LeadsAsync(3, _desk.Ravi);
        var page = Open(lead.Id, _desk.Meera);
        await page.Find("[data-testid=give]").ClickAsync();
        page.WaitForAssertion(() => page.Find("[data-testid=pick-search]"));
        await page.Find("[data-testid=pick-search]").InputAsync(new ChangeEventArgs { Value = "rav" });
        Assert.Equal("Pune · 3", page.Find("[role=option] .holds").TextContent.Trim());

        await page.Find("[role=option]").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("Ravi Nair", Fact(page, "owner")));
        await Button(page, "Unassign").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal("none", Fact(page, "owner")));
        await Button(page, "Move to pool").ClickAsync();
        await page.FindAll("[role=option]").First(o => o.TextContent.Contains("VIP", StringComparison.Ordinal)).ClickAsync();

        page.WaitForAssertion(() => Assert.Equal("VIP", Fact(page, "pool")));
        Assert.Equal("Nobody owns this lead, so no clock runs.", page.Find("[data-testid=no-clock]").TextContent);
        Assert.StartsWith("Assign", page.Find("[data-testid=give]").TextContent.Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_retired_lead_is_released_or_given_back()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(8));
        await _desk.Get<RetirementSweep>().RunAsync(_desk.Now);
        var page = Open(lead.Id, _desk.Meera);
        Assert.Equal("Retired today at 12:00 from Asha Rao, after 8 d without activity.", page.Find("[data-testid=no-clock]").TextContent);

        await Button(page, "Release to pool").ClickAsync();

        page.WaitForAssertion(() => Assert.DoesNotContain(page.FindAll("button"), b => b.TextContent.Trim() == "Release to pool"));
        Assert.False((await _desk.ReadAsync(lead.Id)).IsRetired);
    }

    [Fact]
    public async Task An_untouched_lead_says_where_the_first_call_starts_and_its_details_say_what_else_is_known()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        Assert.Contains("No activity yet. The first call starts here.", page.Markup, StringComparison.Ordinal);

        await page.FindAll("[role=tab]")[1].ClickAsync();

        Assert.Contains(lead.Id.Value.ToString("N0", System.Globalization.CultureInfo.CurrentCulture), page.Find("[data-testid=details]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_can_open_a_form()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);

        Open(lead.Id, _desk.Asha, "comment").Find("[data-testid=comment-form]");
        Open(lead.Id, _desk.Asha, "call").Find("[data-testid=call-form]");
    }

    [Fact]
    public async Task It_says_who_else_is_at_the_lead_while_they_are_and_only_then()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var presence = _desk.Get<Presence>();
        using var before = presence.Enter(lead.Id, _desk.Tara.Id, PresenceKind.Looking);

        var page = Open(lead.Id, _desk.Asha);
        Assert.Equal("Tara Bose is looking", page.Find("[data-testid=others]").TextContent);
        var call = presence.Enter(lead.Id, _desk.Meera.Id, PresenceKind.OnACall);

        page.WaitForAssertion(() => Assert.Equal(["Meera Shah is on a call", "Tara Bose is looking"], page.FindAll("[data-testid=others]").Select(o => o.TextContent)));
        before.Dispose();
        call.Dispose();
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=others]")));
    }

    [Fact]
    public async Task Others_see_its_reader_on_a_call_while_the_form_is_open_and_no_longer_when_the_page_is_left()
    {
        var (lead, next) = (await _desk.LeadAsync(ownedBy: _desk.Asha), await _desk.LeadAsync("Greta Holm", _desk.Asha));
        var page = Open(lead.Id, _desk.Asha);
        Assert.Equal([(_desk.Asha.Id, PresenceKind.Looking)], _desk.Get<Presence>().At(lead.Id));

        await page.Find("[data-key=l]").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal([(_desk.Asha.Id, PresenceKind.OnACall)], _desk.Get<Presence>().At(lead.Id)));
        await page.Find("[aria-label='Close without saving']").ClickAsync();
        page.WaitForAssertion(() => Assert.Equal([(_desk.Asha.Id, PresenceKind.Looking)], _desk.Get<Presence>().At(lead.Id)));

        page.Render(p => p.Add(x => x.Id, next.Id.Value));
        page.WaitForAssertion(() => Assert.Equal([(_desk.Asha.Id, PresenceKind.Looking)], _desk.Get<Presence>().At(next.Id)));
        Assert.Empty(_desk.Get<Presence>().At(lead.Id));

        await _page!.DisposeComponentsAsync();
        Assert.Empty(_desk.Get<Presence>().At(next.Id));
    }

    [Fact]
    public async Task Whoever_lost_the_lead_is_not_at_it_any_more()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);

        await _desk.Get<ActOnLeads>().RunAsync(new UnassignLeads(LeadSelection.Of(lead.Id)), await _desk.As(_desk.Meera));

        page.WaitForElement("[data-testid=left]");
        page.WaitForAssertion(() => Assert.Empty(_desk.Get<Presence>().At(lead.Id)));
    }

    [Fact]
    public async Task Somebody_elses_lead_is_no_lead_here()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Ravi);

        Assert.Equal("No lead here that you may see.", Open(lead.Id, _desk.Asha).Find("[data-testid=not-found] p").TextContent);
    }

    [Fact]
    public async Task At_the_readers_midnight_today_becomes_yesterday_by_itself()
    {
        var lead = await _desk.LeadAsync(ownedBy: _desk.Asha);
        var page = Open(lead.Id, _desk.Asha);
        Assert.Equal("Today", page.Find("[data-testid=activities] h3").TextContent);

        _desk.Wait(TimeSpan.FromHours(12));

        page.WaitForAssertion(() => Assert.Equal("Yesterday", page.Find("[data-testid=activities] h3").TextContent));
    }

    /// <summary>A desk whose screens hear nothing of what is committed: as if each click came before the notice.</summary>
    private static Task<TestDesk> DeafAsync() => TestDesk.OpenAsync(DatabaseProvider.Sqlite, adjust: services => services.AddSingleton(p =>
        ActivatorUtilities.CreateInstance<Transactor>(p, new ChangeFeed(Microsoft.Extensions.Logging.Abstractions.NullLogger<ChangeFeed>.Instance, TimeProvider.System))));

    private IRenderedComponent<LeadPage> Open(LeadId lead, Employee who, string? act = null)
    {
        _page ??= new DeskPage(_desk, who);
        _page.Services.GetRequiredService<NavigationManager>().NavigateTo($"leads/{lead}{(act is null ? "" : $"?act={act}")}");
        var page = _page.Render<LeadPage>(p => p.Add(x => x.Id, lead.Value));
        page.WaitForAssertion(() => Assert.Empty(page.FindAll("[data-testid=loading]")));
        return page;
    }

    private static async Task CommentAsync(IRenderedComponent<LeadPage> page, string text)
    {
        await page.Find("[data-key=c]").ClickAsync();
        await page.Find("textarea").ChangeAsync(new ChangeEventArgs { Value = text });
        await page.Find("[data-save]").ClickAsync();
    }

    private static string Fact(IRenderedComponent<LeadPage> page, string name) => page.Find($"[data-testid={name}]").TextContent.Trim();

    private static IElement Button(IRenderedComponent<LeadPage> page, string text) => page.FindAll("button").First(b => b.TextContent.Trim() == text);

    private static IElement Field(IRenderedComponent<LeadPage> page, string label) =>
        page.FindAll("form label").First(l => l.TextContent.TrimStart().StartsWith(label, StringComparison.Ordinal)).QuerySelector("input, textarea")!;
}
