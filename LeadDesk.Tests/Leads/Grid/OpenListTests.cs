using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Grid;

public sealed class OpenListTests : IAsyncLifetime
{
    private const int Many = 400;

    private TestDesk _desk = null!;
    private OpenList _list = null!;
    private IReadOnlyList<LeadId> _leads = [];

    public async ValueTask InitializeAsync()
    {
        _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        // The oldest stands first: number 0 is the youngest.
        _leads = [.. (await _desk.LeadsAsync(Many, ownedBy: _desk.Asha)).Reverse()];
        _list = new(_desk.Get<LeadListQuery>(), _desk.Get<DeskDirectory>(), _desk.Clock, await _desk.As(_desk.Meera));
        await _list.OpenAsync(new(), new(LeadSort.TimeLeft, false));
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public async Task Walking_down_and_up_shows_every_row_at_its_place_and_keeps_few_of_them()
    {
        var most = 0;
        for (var first = 0; first <= Many; first += 20)
        {
            await LookAsync(first);
        }

        for (var first = Many - 20; first >= 0; first -= 20)
        {
            await LookAsync(first);
        }

        Assert.InRange(most, 50, 250);
        Assert.Equal(0, _list.Window.Start);

        async Task LookAsync(int first)
        {
            await _list.ViewAsync(first, 20);
            most = Math.Max(most, _list.Window.Lines.Count);
            Assert.Equal(_leads.Skip(_list.Window.Start).Take(_list.Window.Loaded), _list.Rows.Select(r => r.Id));
            Assert.True(_list.Window.Start <= first && _list.Window.End >= Math.Min(first + 20, Many));
            Assert.Equal(Many, _list.Window.Extent);
        }
    }

    [Fact]
    public async Task A_dragged_scrollbar_lands_at_the_place_and_steps_go_on_from_there()
    {
        await _list.ViewAsync(300, 20);
        Assert.Equal(_leads.Skip(_list.Window.Start).Take(_list.Window.Loaded), _list.Rows.Select(r => r.Id));
        Assert.InRange(_list.Window.Start, 250, 300);

        await _list.ViewAsync(330, 20);
        await _list.ViewAsync(Many - 20, 20);

        Assert.Equal(_leads[^1], _list.Rows[^1].Id);
        Assert.Equal(Many, _list.Window.End);
    }

    [Fact]
    public async Task What_is_looked_at_already_is_not_read_again()
    {
        Assert.False(await _list.ViewAsync(0, 20));
        Assert.True(await _list.ViewAsync(20, 20));
        Assert.False(await _list.ViewAsync(20, 20));
    }

    [Fact]
    public async Task A_row_that_came_above_while_one_is_below_moves_nothing()
    {
        await _list.ViewAsync(200, 20);
        var before = _list.Rows.Select(r => r.Id).ToList();

        var late = await _desk.LeadAsync("Late", ownedBy: _desk.Asha, idleFor: TimeSpan.FromDays(1));
        Assert.True(await _list.HearAsync(Wave(late.Id, LeadEventKind.Created)));

        Assert.Equal(before, _list.Rows.Select(r => r.Id));
        Assert.Equal(1, _list.NewCount);
        await _list.ShowNewAsync();
        Assert.Equal(late.Id, _list.Rows[0].Id);
        Assert.Equal(0, _list.NewCount);
    }

    [Fact]
    public async Task A_row_that_belongs_below_what_is_loaded_is_no_news()
    {
        var late = await _desk.LeadAsync("Late", ownedBy: _desk.Asha);

        await _list.HearAsync(Wave(late.Id, LeadEventKind.Created));

        Assert.Equal(0, _list.NewCount);
        Assert.Equal(Many + 1, _list.Tallies!.Matching.Count);
    }

    [Fact]
    public async Task A_change_of_a_lead_that_stood_in_the_list_before_is_no_new_row()
    {
        var last = await _desk.ReadAsync(_leads[^1]);
        var place = new LeadPlace(last.OwnerId, last.TeamId, last.PoolId, last.StageId, last.SourceId, false, null);

        await _list.HearAsync(new([new(last.Id, place, place, LeadEventKind.Commented, _desk.Asha.Id, _desk.Now, null)], false));

        Assert.Equal(0, _list.NewCount);
    }

    [Fact]
    public void All_is_ticked_in_two_steps_and_taking_one_off_leaves_what_is_loaded()
    {
        _list.TickAll();
        Assert.Equal((50, null), (_list.Selection.Ticked, _list.Selection.AsFiltered));
        _list.TickAll();
        Assert.Equal(_list.Filter, _list.Selection.AsFiltered);
        Assert.Equal(_list.Filter, _list.Selection.Meant.Filter);

        _list.Selection.Toggle(_list.Rows[0], _list.Rows);

        Assert.Null(_list.Selection.AsFiltered);
        Assert.Equal(49, _list.Selection.Meant.Ids!.Count);
        Assert.DoesNotContain(_list.Rows[0].Id.Value, _list.Selection.Meant.Ids);
    }

    [Fact]
    public async Task Other_filters_forget_the_ticks_another_order_does_not()
    {
        _list.TickAll();
        await _list.OpenAsync(new(), new(LeadSort.Name, false));
        Assert.Equal(50, _list.Selection.Ticked);

        await _list.OpenAsync(new() { OwnerId = _desk.Asha.Id }, new(LeadSort.Name, false));

        Assert.True(_list.Selection.IsEmpty);
    }

    [Fact]
    public async Task Another_name_for_a_stage_reaches_the_rows()
    {
        await _desk.Get<Transactor>().RunAsync(Domain.People.Actor.System("test"), async work =>
            (await work.Db.Stages.FindAsync(_desk.Stages[0].Id))!.Edit("Brand new", _desk.Stages[0].Kind, _desk.Stages[0].Retires));

        Assert.True(await _list.HearAsync(new([], false)));

        Assert.All(_list.Rows, r => Assert.Equal("Brand new", r.Stage));
    }

    private Wave Wave(LeadId lead, LeadEventKind kind) => new(
        [new(lead, new(_desk.Asha.Id, _desk.Pune.Id, _desk.Inbound.Id, _desk.Stages[0].Id, _desk.WebForm.Id, false, null), null, kind, _desk.Meera.Id, _desk.Now, null)], false);
}
