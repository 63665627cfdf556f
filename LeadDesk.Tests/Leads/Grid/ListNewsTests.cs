using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;
using LeadDesk.App.Live;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Grid;

public sealed class ListNewsTests : IAsyncLifetime
{
    private TestDesk _desk = null!;
    private Desk _read = null!;

    public async ValueTask InitializeAsync()
    {
        _desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        _read = await _desk.Get<DeskDirectory>().GetAsync();
    }

    public ValueTask DisposeAsync() => _desk.DisposeAsync();

    [Fact]
    public void Who_did_what_is_said_in_one_line()
    {
        Assert.Equal("Meera reassigned it to Ravi", ListNews.Note(Change(LeadEventKind.Reassigned), _read));
        Assert.Equal("Meera moved it to New", ListNews.Note(Change(LeadEventKind.StageChanged), _read));
        Assert.Equal("Meera moved it to pool Inbound", ListNews.Note(Change(LeadEventKind.PoolChanged), _read));
        Assert.Equal("It retired", ListNews.Note(Change(LeadEventKind.Retired) with { ById = null }, _read));
        Assert.Equal("The desk changed it", ListNews.Note(Change(LeadEventKind.AlsoSeenFrom) with { ById = null }, _read));
        Assert.Equal("It retired, 12:00", ListNews.Gone(Change(LeadEventKind.Retired), _read, _desk.Now, TimeZoneInfo.Utc));
        Assert.Equal("left this list", ListNews.Gone(null, _read, _desk.Now, TimeZoneInfo.Utc));
    }

    [Fact]
    public async Task A_list_hears_no_more_than_its_filter_needs()
    {
        var (boss, lead, agent) = (await _desk.As(_desk.Meera), await _desk.As(_desk.Tara), await _desk.As(_desk.Asha));

        Hears(new(), boss, Topic.AllLeads);
        Hears(new() { OwnerId = _desk.Asha.Id, PoolId = _desk.Vip.Id }, boss, Topic.Owner(_desk.Asha.Id));
        Hears(new() { TeamId = _desk.Pune.Id }, boss, Topic.Team(_desk.Pune.Id));
        Hears(new() { PoolId = _desk.Vip.Id, Status = LeadStatus.Unassigned }, boss, Topic.Pool(_desk.Vip.Id));
        Hears(new() { SourceId = _desk.WebForm.Id }, boss, Topic.Source(_desk.WebForm.Id));
        Hears(new() { Status = LeadStatus.Retired }, boss, Topic.Retired);
        Hears(new() { Status = LeadStatus.Unassigned }, boss, Topic.Unassigned);
        Hears(new(), agent, Topic.Owner(_desk.Asha.Id));
        Hears(new(), lead, Topic.Owner(_desk.Tara.Id), Topic.Team(_desk.Pune.Id), Topic.RetiredFromTeam(_desk.Pune.Id));
        Hears(new() { Status = LeadStatus.Retired }, lead, Topic.Owner(_desk.Tara.Id), Topic.RetiredFromTeam(_desk.Pune.Id));

        static void Hears(LeadFilter filter, Actor actor, params Topic[] topics) => Assert.Equal(topics.Append(Topic.Desk).ToHashSet(), ListNews.Topics(filter, actor).ToHashSet());
    }

    [Fact]
    public async Task Only_what_was_not_there_before_may_enter()
    {
        var (boss, agent) = (await _desk.As(_desk.Meera), await _desk.As(_desk.Ravi));

        Assert.True(May(Change(LeadEventKind.Reassigned), new(), agent));
        Assert.False(May(Change(LeadEventKind.Reassigned), new(), boss));
        Assert.True(May(Change(LeadEventKind.Created) with { Before = null }, new(), boss));
        Assert.True(May(Change(LeadEventKind.Reassigned), new() { View = LeadView.Fresh }, boss));
        Assert.True(May(Change(LeadEventKind.FollowUpSet), new() { View = LeadView.FollowUps }, boss));
        Assert.False(May(Change(LeadEventKind.FollowUpSet), new(), boss));
        Assert.True(May(Change(LeadEventKind.Warned), new() { View = LeadView.GoingStale }, boss));
        Assert.True(May(Change(LeadEventKind.StageChanged), new() { View = LeadView.GoingStale }, boss));
        Assert.False(May(Change(LeadEventKind.Warned), new(), boss));
        Assert.True(May(Change(LeadEventKind.Tagged), new() { TagId = _desk.French.Id }, boss));
        Assert.True(May(Change(LeadEventKind.StageChanged), new() { OwnerId = _desk.Ravi.Id }, boss));
        Assert.False(May(Change(LeadEventKind.Commented), new() { OwnerId = _desk.Asha.Id }, boss));

        bool May(LeadChange change, LeadFilter filter, Actor actor) => ListNews.MayEnter(change, filter, actor, _read);
    }

    /// <summary>From Asha to Ravi, by Meera.</summary>
    private LeadChange Change(LeadEventKind kind)
    {
        var place = new LeadPlace(_desk.Ravi.Id, _desk.Pune.Id, _desk.Inbound.Id, _desk.Stages[0].Id, _desk.WebForm.Id, false, null);
        return new(new(1), place, place with { OwnerId = _desk.Asha.Id }, kind, _desk.Meera.Id, _desk.Now, null);
    }
}
