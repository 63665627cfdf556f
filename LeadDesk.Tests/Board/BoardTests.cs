using System.Globalization;
using Bunit;
using LeadDesk.App.Batches;
using LeadDesk.App.Board;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Tags;
using LeadDesk.Tests.Kit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using BoardPage = LeadDesk.App.Board.Board;

namespace LeadDesk.Tests.Board;

public sealed class BoardTests : IAsyncLifetime
{
    private TestDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task A_card_says_what_it_shows_and_the_head_what_the_column_holds()
    {
        await _desk.LeadAsync(details: new() { Name = "Lena Fischer", Company = "Fischer Optik", City = "Graz", ValueMinor = 420_000 }, ownedBy: _desk.Asha, idleFor: TimeSpan.FromHours(160) + TimeSpan.FromMinutes(40));
        await using var page = Open(_desk.Meera, out var board);

        var card = board.Find("article");
        Assert.Equal("Lena Fischer, Fischer Optik, Graz, New, 4,200 euro, retires in 7 hours 20 minutes, going stale", card.GetAttribute("aria-label"));
        Assert.Equal(("Lena Fischer", "AR", "Fischer Optik, Graz", "€ 4,200", "7 h 20 min"), (
            card.QuerySelector("a")!.TextContent, card.QuerySelector("abbr")!.TextContent, card.QuerySelector("p")!.TextContent, card.QuerySelector("b")!.TextContent, card.QuerySelector("time")!.TextContent));
        var start = _desk.Now - TimeSpan.FromHours(160) - TimeSpan.FromMinutes(40);
        Assert.Equal(
            new[] { start, start.AddHours(112), start.AddDays(6), start.AddDays(7) }.Select(t => t.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture)),
            card.QuerySelector("time")!.GetAttribute("data-clock")!.Split(' '));
        Assert.Equal("New, 1 lead", Column(board, "New").QuerySelector("[role=list]")!.GetAttribute("aria-label"));
        Assert.Equal("1 stale", Column(board, "New").QuerySelector(".mix")!.TextContent.Trim());
        Assert.Equal(_desk.Stages.Select(s => s.Id.ToString()), board.FindAll("[data-stage]").Select(c => c.GetAttribute("data-stage")));
        Assert.Equal(["Won", "Lost"], board.FindAll(".shut b").Select(b => b.TextContent));
    }

    [Fact]
    public async Task A_dropped_card_moves_and_both_the_message_and_the_region_say_so()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await _desk.LeadAsync("Tom Jansen", _desk.Asha, TimeSpan.FromHours(1), stage: _desk.Stage("Qualified"));
        await using var page = Open(_desk.Asha, out var board);

        await DropAsync(board, lead.Id, "Qualified");

        Assert.Equal(_desk.Stage("Qualified").Id, (await _desk.ReadAsync(lead.Id)).StageId);
        Assert.Equal(["Tom Jansen", "Greta Holm"], Names(board, "Qualified"));
        Assert.Contains("Greta Holm moved to Qualified", page.Snackbars.Markup, StringComparison.Ordinal);
        Assert.Equal("Moved to Qualified, 2 of 2", board.Find("[data-testid=region]").TextContent);
        Assert.Equal("0", Column(board, "New").QuerySelector("header .num")!.TextContent);
    }

    [Fact]
    public async Task A_refused_move_puts_the_card_back_and_says_why()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, value: 500_00);
        await _desk.LeadAsync("Tom Jansen", _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);
        await RefuseAsync();

        await DropAsync(board, lead.Id, "Qualified");

        Assert.Equal(["Greta Holm", "Tom Jansen"], Names(board, "New"));
        Assert.Empty(Names(board, "Qualified"));
        Assert.Equal(("2", "0"), (Column(board, "New").QuerySelector("header .num")!.TextContent, Column(board, "Qualified").QuerySelector("header .num")!.TextContent));
        Assert.Contains("This stage is gone.", page.Snackbars.Markup, StringComparison.Ordinal);

        // The stage leaves the database under the board, which still shows it.
        async Task RefuseAsync()
        {
            await using var db = _desk.Database();
            db.Stages.Remove(await db.Stages.FindAsync(_desk.Stage("Qualified").Id) ?? throw new InvalidOperationException());
            await db.SaveChangesAsync();
        }
    }

    [Fact]
    public async Task Whoever_is_slower_is_told_who_was_faster_and_sees_the_card_where_it_is()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await using var page = Open(_desk.Meera, out var board);
        await MoveWithoutTellingAsync(lead, "Contacted", _desk.Asha);
        _desk.Wait(TimeSpan.FromSeconds(4));

        await DropAsync(board, lead.Id, "Qualified");

        Assert.Equal(["Greta Holm"], Names(board, "Contacted"));
        Assert.Empty(Names(board, "Qualified"));
        Assert.Empty(Names(board, "New"));
        Assert.Contains("Asha moved this lead to Contacted 4 s ago. It is shown there now.", page.Snackbars.Markup, StringComparison.Ordinal);
        Assert.Equal(_desk.Stage("Contacted").Id, (await _desk.ReadAsync(lead.Id)).StageId);
    }

    [Fact]
    public async Task Keys_move_a_card_to_the_stage_beside_it_open_the_menu_and_the_lead()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, stage: _desk.Stage("Contacted"));
        await using var page = Open(_desk.Asha, out var board);

        await KeyAsync(board, "Ctrl+ArrowRight", lead.Id);
        Assert.Equal(["Greta Holm"], Names(board, "Qualified"));
        await KeyAsync(board, "Ctrl+ArrowLeft", lead.Id);
        Assert.Equal(["Greta Holm"], Names(board, "Contacted"));
        Assert.Equal(_desk.Stage("Contacted").Id, (await _desk.ReadAsync(lead.Id)).StageId);

        await KeyAsync(board, "M", lead.Id);
        Assert.Equal("Move Greta Holm", board.Find("[role=menu]").GetAttribute("aria-label"));
        Assert.Equal("Contacted", board.Find("[role=menuitem][aria-current=true] .ld-stage").TextContent);
        await board.FindAll("[role=menuitem]").Single(i => i.TextContent.Contains("Proposal", StringComparison.Ordinal)).ClickAsync();
        Assert.Empty(board.FindAll("[role=menu]"));
        Assert.Equal(["Greta Holm"], Names(board, "Proposal"));

        await KeyAsync(board, "L", lead.Id);
        Assert.EndsWith($"/leads/{lead.Id}?act=call", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_menu_of_a_card_puts_tags_on_and_takes_them_off()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromHours(1));
        await using var page = Open(_desk.Asha, out var board);
        await KeyAsync(board, "M", lead.Id);
        await board.Find("[data-testid=menu-tag]").ClickAsync();
        Assert.Equal("Tags of Greta Holm", board.WaitForElement("[role=menu]").GetAttribute("aria-label"));

        await Item(board, "French").ClickAsync();
        board.WaitForAssertion(() => Assert.Equal("true", Item(board, "French").GetAttribute("aria-checked")));
        board.WaitForAssertion(() => Assert.Contains("French", board.Find($"[data-lead-id='{lead.Id}'] div").TextContent, StringComparison.Ordinal));
        Assert.Equal("French is on.", board.Find("[data-testid=region]").TextContent);
        Assert.Single((await _desk.ReadAsync(lead.Id)).Tags);

        await Item(board, "French").ClickAsync();
        board.WaitForAssertion(() => Assert.Equal("false", Item(board, "French").GetAttribute("aria-checked")));
        Assert.Empty((await _desk.ReadAsync(lead.Id)).Tags);
    }

    [Fact]
    public async Task A_tag_that_only_managers_use_is_asked_for_from_the_card_with_a_reason_and_waits_on_it()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromHours(1));
        await using var page = Open(_desk.Asha, out var board);
        await KeyAsync(board, "T", lead.Id);
        await board.WaitForElement("[role=menuitemcheckbox]").ParentElement!.QuerySelectorAll("[role=menuitemcheckbox]").Single(i => i.TextContent.Contains(_desk.Restricted.Name, StringComparison.Ordinal)).ClickAsync();

        await board.Find("[data-testid=ask-for-tag]").SubmitAsync();
        Assert.Equal("A request needs a reason, so a manager can decide.", board.Find("[role=alert]").TextContent);
        await board.Find("[data-testid=reason]").InputAsync("Three branches");
        await board.Find("[data-testid=ask-for-tag]").SubmitAsync();

        board.WaitForAssertion(() => Assert.Equal(_desk.Restricted.Name, board.Find($"[data-lead-id='{lead.Id}'] mark").TextContent));
        Assert.Empty(board.FindAll("[role=dialog], [role=menu]"));
        Assert.Equal("Sent. A manager decides, and the card shows it until then.", board.Find("[data-testid=region]").TextContent);
        await using (var db = _desk.Database())
        {
            var request = await db.Requests.SingleAsync();
            Assert.Equal((lead.Id, _desk.Restricted.Id, true, "Three branches"), (request.LeadId, request.TagId, request.PutsOn, request.Reason));
        }

        await KeyAsync(board, "T", lead.Id);
        await Item(board, _desk.Restricted.Name).ClickAsync();
        Assert.Contains($"{_desk.Restricted.Name} waits for a manager since 12:00.", page.Snackbars.Markup, StringComparison.Ordinal);
        Assert.Empty(board.FindAll("[data-testid=ask-for-tag]"));
    }

    [Fact]
    public async Task A_manager_uses_every_tag_from_the_card_directly()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromHours(1));
        await using var page = Open(_desk.Meera, out var board);

        await KeyAsync(board, "T", lead.Id);
        await Item(board, _desk.Restricted.Name).ClickAsync();

        board.WaitForAssertion(() => Assert.Equal("true", Item(board, _desk.Restricted.Name).GetAttribute("aria-checked")));
        Assert.Equal(_desk.Restricted.Id, Assert.Single((await _desk.ReadAsync(lead.Id)).Tags).TagId);
    }

    [Fact]
    public async Task The_first_and_the_last_column_have_nothing_beyond()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);

        await KeyAsync(board, "Ctrl+ArrowLeft", lead.Id);

        Assert.Equal(["Greta Holm"], Names(board, "New"));
        Assert.Equal(lead.Version, (await _desk.ReadAsync(lead.Id)).Version);
    }

    [Fact]
    public async Task A_card_moved_by_somebody_else_arrives_with_a_note_in_one_batch_and_renders_no_other_card()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await _desk.LeadsAsync(20, _desk.Asha, stage: _desk.Stage("Contacted"));
        await using var page = Open(_desk.Meera, out var board);
        var (view, cards) = (board.FindComponent<LeadBoard>(), Renders(board));

        await _desk.Get<SetLeadStage>().RunAsync(lead.Id, _desk.Stage("Contacted").Id, lead.StageId, await _desk.As(_desk.Asha));

        board.WaitForAssertion(() => Assert.Contains("Greta Holm", Names(board, "Contacted")));
        var card = Column(board, "Contacted").QuerySelector("article")!;
        Assert.Equal("Greta Holm", card.QuerySelector("a")!.TextContent);
        Assert.StartsWith("Asha moved it here, ", card.QuerySelector("i")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(2, view.RenderCount);
        Assert.All(Renders(board).Where(c => c.Key != lead.Id), c => Assert.Equal(cards[c.Key], c.Value));
    }

    [Fact]
    public async Task A_move_made_in_another_window_of_the_same_person_arrives_too()
    {
        await _desk.LeadsAsync(60, _desk.Asha, TimeSpan.FromDays(1), stage: _desk.Stage("Contacted"));
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await using var one = Open(_desk.Meera, out var here);
        await using var two = Open(_desk.Meera, out var there);

        await DropAsync(here, lead.Id, "Contacted");

        there.WaitForAssertion(() => Assert.StartsWith("You moved it here, ", there.Find($"[data-lead-id='{lead.Id}'] i").TextContent, StringComparison.Ordinal));
        Assert.Equal("Greta Holm", Names(there, "Contacted")[0]);
        Assert.Empty(here.FindAll("article i"));
    }

    [Fact]
    public async Task What_this_board_does_not_show_renders_nothing()
    {
        var (mine, others) = (await _desk.LeadAsync("mine", _desk.Asha), await _desk.LeadAsync("another's", _desk.Omar));
        await using var page = Open(_desk.Asha, out var board);
        var (before, asked) = (Count(board), _desk.Get<SharedQueries>().Figures.Asked);

        await _desk.Get<SetLeadStage>().RunAsync(others.Id, _desk.Stage("Contacted").Id, others.StageId, await _desk.As(_desk.Omar));
        await _desk.Get<ActOnLeads>().RunAsync(new SetLeadsFollowUp(LeadSelection.Of([mine.Id]), new(2026, 12, 1), null), await _desk.As(_desk.Asha));
        await Until.TrueAsync(() => _desk.Get<SharedQueries>().Figures.Asked > asked, "the column to be read again");
        await board.InvokeAsync(() => { });
        Assert.Equal(before, Count(board));

        await _desk.Get<SetLeadStage>().RunAsync(mine.Id, _desk.Stage("Contacted").Id, mine.StageId, await _desk.As(_desk.Asha));
        board.WaitForAssertion(() => Assert.Equal(["mine"], Names(board, "Contacted")));
        Assert.Equal(before + 1, Count(board));

        static int Count(IRenderedComponent<BoardPage> board) => board.FindComponent<LeadBoard>().RenderCount;
    }

    [Fact]
    public async Task A_column_shows_only_what_is_going_stale_in_it_until_it_shows_all_again()
    {
        var stale = await _desk.LeadAsync("Lena Fischer", _desk.Asha, TimeSpan.FromDays(6.5));
        await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await _desk.LeadAsync("Tom Jansen", _desk.Asha, stage: _desk.Stage("Contacted"));
        await using var page = Open(_desk.Asha, out var board);
        Assert.Equal("false", Only(board).GetAttribute("aria-pressed"));

        await Only(board).ClickAsync();

        board.WaitForAssertion(() => Assert.Equal(["Lena Fischer"], Names(board, "New")));
        Assert.Equal(("true", "Show all leads in New"), (Only(board).GetAttribute("aria-pressed"), Only(board).GetAttribute("title")));
        Assert.Equal("New, 2 leads", Column(board, "New").QuerySelector("[role=list]")!.GetAttribute("aria-label"));
        Assert.Equal(["Tom Jansen"], Names(board, "Contacted"));

        await _desk.Get<AddComment>().RunAsync(stale.Id, "Called back", await _desk.As(_desk.Asha));
        board.WaitForAssertion(() => Assert.Equal("none stale", Only(board).TextContent.Trim()));
        _desk.Wait(TimeSpan.FromSeconds(10));
        await _desk.LeadAsync("Anna Berg", _desk.Asha);
        board.WaitForAssertion(() => Assert.Equal("New, 3 leads", Column(board, "New").QuerySelector("[role=list]")!.GetAttribute("aria-label")));
        board.WaitForAssertion(() => Assert.Contains("Nothing is going stale in New.", Column(board, "New").TextContent, StringComparison.Ordinal));

        await Only(board).ClickAsync();
        board.WaitForAssertion(() => Assert.Equal(["Lena Fischer", "Greta Holm", "Anna Berg"], Names(board, "New")));

        AngleSharp.Dom.IElement Only(IRenderedComponent<BoardPage> board) => Column(board, "New").QuerySelector("[data-testid=only-stale]")!;
    }

    [Fact]
    public async Task Under_a_hand_nothing_moves_and_what_is_new_waits_in_a_strip()
    {
        var contacted = _desk.Stage("Contacted");
        await _desk.LeadsAsync(3, _desk.Asha, TimeSpan.FromDays(1), stage: contacted);
        var moved = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(2));
        await using var page = Open(_desk.Meera, out var board, touched: "Contacted");

        await _desk.LeadAsync("Soonest", _desk.Asha, TimeSpan.FromDays(3), stage: contacted);
        await _desk.LeadAsync("Latest", _desk.Asha, stage: contacted);
        await _desk.Get<ActOnLeads>().RunAsync(new SetLeadsStage(LeadSelection.Of([moved.Id, (await _desk.LeadAsync()).Id]), contacted.Id), await _desk.As(_desk.Asha));

        // The bulk move starts no clock, so the moved lead belongs above the others; it came from another column and is not hidden.
        board.WaitForAssertion(() => Assert.Equal(["Lead 2", "Lead 1", "Lead 0", "Latest", "Greta Holm"], Names(board, "Contacted")));
        Assert.Equal("1 new, show", board.Find("[data-testid=strip]").TextContent);
        Assert.Equal("6", Column(board, "Contacted").QuerySelector("header .num")!.TextContent);

        await board.Find("[data-testid=strip]").ClickAsync();

        Assert.Equal(["Soonest", "Greta Holm", "Lead 2", "Lead 1", "Lead 0", "Latest"], Names(board, "Contacted"));
        Assert.Empty(board.FindAll("[data-testid=strip]"));
    }

    [Fact]
    public async Task A_worked_lead_shows_it_and_keeps_its_place_while_the_note_is_fresh()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.5));
        await _desk.LeadAsync("Tom Jansen", _desk.Asha, TimeSpan.FromDays(1));
        await using var page = Open(_desk.Meera, out var board);
        Assert.Equal(["Greta Holm", "Tom Jansen"], Names(board, "New"));

        await _desk.Get<AddComment>().RunAsync(lead.Id, "Rang her", await _desk.As(_desk.Asha));

        board.WaitForAssertion(() => Assert.Equal("7 d", board.Find($"[data-lead-id='{lead.Id}'] time").TextContent));
        Assert.StartsWith("Asha commented, ", board.Find("article i").TextContent, StringComparison.Ordinal);
        Assert.Equal(["Greta Holm", "Tom Jansen"], Names(board, "New"));

        _desk.Wait(CardNote.Stays);
        await _desk.LeadAsync("Mira Kovač", _desk.Asha, TimeSpan.FromDays(2));

        board.WaitForAssertion(() => Assert.Equal(["Mira Kovač", "Tom Jansen", "Greta Holm"], Names(board, "New")));
    }

    [Fact]
    public async Task A_lead_that_retires_leaves_a_farewell_that_nobody_can_act_on_and_no_figure_counts()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.99), value: 500_00);
        await _desk.LeadAsync("Tom Jansen", _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);
        _desk.Wait(TimeSpan.FromHours(1));

        await _desk.Get<RetirementSweep>().RunAsync(_desk.Now);

        board.WaitForAssertion(() => Assert.Equal(["Tom Jansen"], Names(board, "New")));
        Assert.Empty(board.FindAll($"[data-lead-id='{lead.Id}']"));
        Assert.Equal("Greta Holm", board.Find(".gone s").TextContent);
        Assert.StartsWith("retired, ", board.Find(".gone span").TextContent, StringComparison.Ordinal);
        Assert.Equal("1", Column(board, "New").QuerySelector("header .num")!.TextContent);
        board.WaitForAssertion(() => Assert.Contains("1 open lead", Head(board), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Time_alone_turns_a_lead_stale_in_the_head_of_its_column()
    {
        await _desk.LeadAsync(ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(6) - TimeSpan.FromSeconds(90));
        await using var page = Open(_desk.Asha, out var board);
        Assert.Equal("all in time", Column(board, "New").QuerySelector(".mix")!.TextContent.Trim());

        _desk.Wait(TimeSpan.FromMinutes(2));

        board.WaitForAssertion(() => Assert.Equal("1 stale", Column(board, "New").QuerySelector(".mix")!.TextContent.Trim()));
    }

    [Fact]
    public async Task A_wave_of_many_changes_shows_the_result_without_notes()
    {
        var leads = await _desk.LeadsAsync(25, _desk.Asha);
        await using var page = Open(_desk.Meera, out var board);

        await _desk.Get<ActOnLeads>().RunAsync(new SetLeadsStage(LeadSelection.Of(leads), _desk.Stage("Contacted").Id), await _desk.As(_desk.Asha));

        board.WaitForAssertion(() => Assert.Equal(25, Names(board, "Contacted").Count));
        Assert.Empty(board.FindAll("article i"));
    }

    [Fact]
    public async Task The_address_filters_the_board_and_only_by_what_the_role_may()
    {
        await _desk.LeadAsync("of Asha", _desk.Asha);
        await _desk.LeadAsync("of Omar", _desk.Omar);
        await using var managers = Open(_desk.Meera, out var all, $"?owner={_desk.Omar.Id}&sort=value");
        await using var agents = Open(_desk.Asha, out var own, $"?owner={_desk.Omar.Id}&team=x&pool=999");

        Assert.Equal(["of Omar"], Names(all, "New"));
        Assert.Equal(["of Asha"], Names(own, "New"));
        Assert.Equal(["Pool", "Source", "Tag", "Sort"], own.FindAll(".ld-chip .label").Select(l => l.TextContent).Where(l => l.Length > 0 && !_desk.Stages.Any(s => s.Name == l)));
        Assert.EndsWith($"leads?status=assigned&owner={_desk.Omar.Id}", all.FindAll(".ld-tab")[1].GetAttribute("href"), StringComparison.Ordinal);

        managers.Services.GetRequiredService<NavigationManager>().NavigateTo("board");
        all.WaitForAssertion(() => Assert.Equal(["of Asha", "of Omar"], Names(all, "New").Order()));
    }

    [Fact]
    public async Task Going_stale_is_a_filter_with_its_count_that_the_address_keeps()
    {
        await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.5));
        await _desk.LeadAsync("Tom Jansen", _desk.Asha);
        await using var page = Open(_desk.Asha, out var board, "?sort=value");
        var chip = board.Find("[data-testid=going-stale]");
        Assert.Equal(("Going stale1", "false"), (chip.TextContent.Trim(), chip.GetAttribute("aria-pressed")));

        await chip.ClickAsync();

        board.WaitForAssertion(() => Assert.Equal(["Greta Holm"], Names(board, "New")));
        Assert.EndsWith("board?view=stale&sort=value", page.Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
        Assert.Equal("true", board.Find("[data-testid=going-stale]").GetAttribute("aria-pressed"));
        Assert.EndsWith("leads?view=stale&status=assigned", board.FindAll(".ld-tab")[1].GetAttribute("href"), StringComparison.Ordinal);
        Assert.StartsWith("1 open lead", Head(board), StringComparison.Ordinal);

        await board.Find("[data-testid=going-stale]").ClickAsync();
        board.WaitForAssertion(() => Assert.Equal(2, Names(board, "New").Count));
    }

    [Fact]
    public async Task On_a_board_of_leads_going_stale_a_lead_comes_when_it_turns_and_goes_with_the_word_of_who_worked_it()
    {
        var (call, move) = (await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.5)), await _desk.LeadAsync("Tom Jansen", _desk.Asha, TimeSpan.FromDays(6.4)));
        await _desk.LeadAsync("Lena Fischer", _desk.Asha, TimeSpan.FromDays(6) - TimeSpan.FromSeconds(90));
        await using var page = Open(_desk.Tara, out var board, "?view=stale");
        Assert.Equal(["Greta Holm", "Tom Jansen"], Names(board, "New"));

        _desk.Wait(TimeSpan.FromMinutes(2));
        board.WaitForAssertion(() => Assert.Equal(["Greta Holm", "Tom Jansen", "Lena Fischer"], Names(board, "New")));
        Assert.Equal("Going stale3", board.Find("[data-testid=going-stale]").TextContent.Trim());

        await _desk.Get<AddComment>().RunAsync(call.Id, "Called back", await _desk.As(_desk.Asha));
        board.WaitForAssertion(() => Assert.StartsWith("Asha commented, ", Column(board, "New").QuerySelector(".gone span")!.TextContent, StringComparison.Ordinal));
        await _desk.Get<SetLeadStage>().RunAsync(move.Id, _desk.Stage("Contacted").Id, move.StageId, await _desk.As(_desk.Asha));
        board.WaitForAssertion(() => Assert.Equal(["Greta Holm", "Tom Jansen"], board.FindAll(".gone s").Select(s => s.TextContent)));
        Assert.StartsWith("Asha moved it to Contacted, ", board.FindAll(".gone span")[1].TextContent, StringComparison.Ordinal);
        Assert.Equal(["Lena Fischer"], Names(board, "New"));
        Assert.Empty(Names(board, "Contacted"));
        Assert.Equal("1", Column(board, "New").QuerySelector("header .num")!.TextContent);
    }

    [Fact]
    public async Task A_lead_moved_on_the_board_of_leads_going_stale_is_not_going_stale_any_more()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(6.5));
        await using var page = Open(_desk.Asha, out var board, "?view=stale");

        await DropAsync(board, lead.Id, "Contacted");

        board.WaitForAssertion(() => Assert.StartsWith("You moved it to Contacted, ", Column(board, "Contacted").QuerySelector(".gone span")!.TextContent, StringComparison.Ordinal));
        Assert.Empty(board.FindAll("[data-lead-id]"));
        Assert.Contains("Nothing is going stale here.", board.WaitForElement("[data-testid=empty]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("board", board.Find("[data-testid=empty] a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_column_shows_fifty_and_more_when_asked()
    {
        await _desk.LeadsAsync(120, _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);
        Assert.Equal(50, Names(board, "New").Count);

        await board.Find("[data-more]").ClickAsync();
        Assert.Equal(100, Names(board, "New").Count);
        await board.Find("[data-more]").ClickAsync();

        Assert.Equal(120, Names(board, "New").Distinct().Count());
        Assert.Empty(board.FindAll("[data-more]"));
    }

    [Fact]
    public async Task A_card_moved_far_down_a_long_column_is_still_shown()
    {
        await _desk.LeadsAsync(80, _desk.Asha, TimeSpan.FromDays(2), stage: _desk.Stage("Contacted"));
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);
        await using var managers = Open(_desk.Meera, out var all);

        await DropAsync(board, lead.Id, "Contacted");

        Assert.Equal("Greta Holm", Names(board, "Contacted")[0]);
        Assert.Equal("Moved to Contacted, 1 of 81", board.Find("[data-testid=region]").TextContent);
        all.WaitForAssertion(() => Assert.Equal("Greta Holm", Names(all, "Contacted")[0]));
    }

    [Fact]
    public async Task Won_is_shut_takes_a_card_and_opens_on_a_click()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, value: 500_00);
        await using var page = Open(_desk.Asha, out var board);

        await DropAsync(board, lead.Id, "Won");
        Assert.Equal("Moved to Won", board.Find("[data-testid=region]").TextContent);
        Assert.Equal("Won1 in 30 days€ 500", Column(board, "Won").TextContent.Trim());
        await Column(board, "Won").QuerySelector("button")!.ClickAsync();

        Assert.Equal(["Greta Holm"], Names(board, "Won"));
        Assert.Contains("Older ones in the list", Column(board, "Won").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_board_says_what_to_do_next()
    {
        await using var managers = Open(_desk.Meera, out var all);
        await using var filtered = Open(_desk.Meera, out var some, $"?pool={_desk.Vip.Id}&sort=value");
        await using var agents = Open(_desk.Asha, out var own);

        Assert.Contains("Assign some, and they appear.", all.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
        Assert.EndsWith("board?sort=value", some.Find("[data-testid=empty] a").GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("A manager assigns them to you.", own.Find("[data-testid=empty]").TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_board_that_cannot_be_read_says_so_and_can_be_tried_again()
    {
        await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await HideLeadsAsync(true);
        await using var page = Open(_desk.Asha, out var board);
        Assert.Contains("The board could not be read. Try again. Nothing you did is lost.", board.Find("[role=alert]").TextContent, StringComparison.Ordinal);

        await HideLeadsAsync(false);
        await board.Find("[data-testid=failed] button").ClickAsync();

        Assert.Equal(["Greta Holm"], Names(board, "New"));

        async Task HideLeadsAsync(bool hide)
        {
            await using var db = _desk.Database();
            await db.Database.ExecuteSqlRawAsync(hide ? "ALTER TABLE LeadTags RENAME TO Away" : "ALTER TABLE Away RENAME TO LeadTags");
        }
    }

    [Fact]
    public async Task A_card_says_who_is_at_its_lead_and_no_other_card_is_rendered_for_it()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(1));
        await _desk.LeadsAsync(5, _desk.Asha);
        await using var page = Open(_desk.Asha, out var board);
        var cards = Renders(board);

        var stay = _desk.Get<Presence>().Enter(lead.Id, _desk.Tara.Id, PresenceKind.Looking);

        board.WaitForAssertion(() => Assert.Equal("Tara is looking", board.Find($"[data-lead-id='{lead.Id}'] div > i").TextContent));
        Assert.Contains(", Tara is looking, retires in ", board.Find($"[data-lead-id='{lead.Id}']").GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.All(Renders(board).Where(c => c.Key != lead.Id), c => Assert.Equal(cards[c.Key], c.Value));

        // What changes on the lead meanwhile does not hide who is there, nor does a move of the reader's own.
        await _desk.Get<AddComment>().RunAsync(lead.Id, "Called back", await _desk.As(_desk.Tara));
        board.WaitForAssertion(() => Assert.Contains("Tara commented", board.Find($"[data-lead-id='{lead.Id}']").TextContent, StringComparison.Ordinal));
        await DropAsync(board, lead.Id, "Qualified");
        Assert.Equal("Tara is looking", Column(board, "Qualified").QuerySelector("article div > i")!.TextContent);

        stay.Dispose();
        board.WaitForAssertion(() => Assert.Empty(board.FindAll("article div > i")));
    }

    [Fact]
    public async Task Who_is_at_a_lead_that_is_not_on_the_board_or_is_the_reader_renders_nothing()
    {
        var (own, other) = (await _desk.LeadAsync("Greta Holm", _desk.Asha), await _desk.LeadAsync("Tom Jansen", _desk.Ravi));
        await using var page = Open(_desk.Asha, out var board);
        var (renders, cards) = (board.FindComponent<LeadBoard>().RenderCount, Renders(board));

        _desk.Get<Presence>().Enter(other.Id, _desk.Tara.Id, PresenceKind.Looking);
        _desk.Get<Presence>().Enter(own.Id, _desk.Asha.Id, PresenceKind.OnACall);
        using var seen = _desk.Get<Presence>().Enter(own.Id, _desk.Tara.Id, PresenceKind.Looking);

        board.WaitForAssertion(() => Assert.Equal("Tara is looking", board.Find("article div > i").TextContent));
        Assert.Equal((renders + 1, cards[own.Id] + 1), (board.FindComponent<LeadBoard>().RenderCount, Renders(board)[own.Id]));
    }

    [Fact]
    public async Task A_card_that_looks_different_and_stays_where_it_is_is_read_once_for_every_board_and_renders_no_other_card()
    {
        var (lead, other) = (await _desk.LeadAsync("Greta Holm", _desk.Asha, TimeSpan.FromDays(2)), await _desk.LeadAsync("Tom Jansen", _desk.Asha));
        await using var one = Open(_desk.Asha, out var own);
        await using var two = Open(_desk.Meera, out var all, $"?team={_desk.Asha.TeamId}");
        var (cards, executed) = (Renders(all), _desk.Get<SharedQueries>().Figures.Executed);

        await TagAsync(lead, _desk.French);

        foreach (var board in new[] { own, all })
        {
            board.WaitForAssertion(() => Assert.Equal("French", board.Find($"[data-lead-id='{lead.Id}'] div > span").TextContent));
            Assert.StartsWith("Meera tagged it, ", board.Find($"[data-lead-id='{lead.Id}'] > i").TextContent.Replace("You", "Meera", StringComparison.Ordinal), StringComparison.Ordinal);
        }

        Assert.Equal((cards[lead.Id] + 1, cards[other.Id]), (Renders(all)[lead.Id], Renders(all)[other.Id]));
        Assert.Equal(executed + 1, _desk.Get<SharedQueries>().Figures.Executed);

        // What it looks like now is kept when the column is rendered.
        await _desk.Get<SetLeadStage>().RunAsync(other.Id, _desk.Stage("Contacted").Id, other.StageId, await _desk.As(_desk.Asha));
        all.WaitForAssertion(() => Assert.Equal(["Greta Holm"], Names(all, "New")));
        Assert.Equal("French", all.Find($"[data-lead-id='{lead.Id}'] div > span").TextContent);
    }

    [Fact]
    public async Task A_tagged_card_is_looked_for_anew_where_the_board_is_filtered_by_a_tag()
    {
        var lead = await _desk.LeadAsync("Greta Holm", _desk.Asha);
        await TagAsync(lead, _desk.French);
        await using var page = Open(_desk.Asha, out var board, $"?tag={_desk.French.Id}");
        Assert.Equal(["Greta Holm"], Names(board, "New"));

        await _desk.Get<ActOnLeads>().RunAsync(new UntagLeads(LeadSelection.Of([lead.Id]), _desk.French.Id), await _desk.As(_desk.Meera));

        board.WaitForAssertion(() => Assert.Equal("Greta Holm", board.Find(".gone s").TextContent));
    }

    [Fact]
    public async Task A_screen_that_is_left_lets_go_of_the_feed()
    {
        var page = Open(_desk.Asha, out _);
        Assert.Equal(1, _desk.Get<ChangeFeed>().ListenerCount(Topic.Owner(_desk.Asha.Id)));

        await page.DisposeAsync();

        Assert.Equal(0, _desk.Get<ChangeFeed>().ListenerCount(Topic.Owner(_desk.Asha.Id)));
        _desk.Wait(TimeSpan.FromMinutes(5));
    }

    private DeskPage Open(Employee who, out IRenderedComponent<BoardPage> board, string query = "", string? touched = null)
    {
        var page = new DeskPage(_desk, who);
        if (touched is not null)
        {
            var module = page.JSInterop.SetupModule("./js/board.js");
            module.Mode = JSRuntimeMode.Loose;
            module.Setup<string[]?>("touched").SetResult([_desk.Stage(touched).Id.ToString()]);
        }

        page.Services.GetRequiredService<NavigationManager>().NavigateTo($"board{query}");
        var shown = page.Render<BoardPage>();
        shown.WaitForElement("[data-testid=failed], .lead-board");
        board = shown;
        return page;
    }

    private AngleSharp.Dom.IElement Column(IRenderedComponent<BoardPage> board, string stage) => board.Find($"[data-stage='{_desk.Stage(stage).Id}']");

    private List<string> Names(IRenderedComponent<BoardPage> board, string stage) => [.. Column(board, stage).QuerySelectorAll("article > a").Select(a => a.TextContent)];

    private Task DropAsync(IRenderedComponent<BoardPage> board, LeadId lead, string stage) =>
        board.InvokeAsync(() => board.FindComponent<LeadBoard>().Instance.Dropped(lead.ToString(), _desk.Stage(stage).Id.ToString()));

    private static Task KeyAsync(IRenderedComponent<BoardPage> board, string key, LeadId lead) =>
        board.InvokeAsync(() => board.FindComponent<LeadBoard>().Instance.KeyActed(key, lead.ToString()));

    private static AngleSharp.Dom.IElement Item(IRenderedComponent<BoardPage> board, string tag) =>
        board.FindAll("[role=menuitemcheckbox]").Single(i => i.TextContent.Contains(tag, StringComparison.Ordinal));

    private static Dictionary<LeadId, int> Renders(IRenderedComponent<BoardPage> board) =>
        board.FindComponents<LeadCard>().ToDictionary(c => c.Instance.Card.Lead.Id, c => c.RenderCount);

    private async Task TagAsync(Lead lead, Tag tag) =>
        Assert.Equal(OutcomeKind.Done, (await _desk.Get<ActOnLeads>().RunAsync(new TagLeads(LeadSelection.Of([lead.Id]), tag.Id), await _desk.As(_desk.Meera))).Kind);

    private static string Head(IRenderedComponent<BoardPage> board) => board.FindComponent<PageHead>().Instance.Fact ?? "";

    /// <summary>As another server would: the change is in the database before any notice of it is here.</summary>
    private async Task MoveWithoutTellingAsync(Lead lead, string stage, Employee by)
    {
        var elsewhere = new Transactor(
            _desk.Get<IDbContextFactory<LeadDeskDb>>(), _desk.Get<DeskDirectory>(), new ChangeFeed(NullLogger<ChangeFeed>.Instance, TimeProvider.System), _desk.Get<IdSource>(), _desk.Clock, NullLogger<Transactor>.Instance);
        var outcome = await new SetLeadStage(elsewhere).RunAsync(lead.Id, _desk.Stage(stage).Id, lead.StageId, await _desk.As(by));
        Assert.Equal(OutcomeKind.Done, outcome.Kind);
    }
}
