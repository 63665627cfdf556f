using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Grid;

namespace LeadDesk.Tests.Leads;

public sealed class LeadAddressTests
{
    [Fact]
    public void A_filter_comes_back_from_its_address()
    {
        var filter = new LeadFilter
        {
            View = LeadView.FollowUps,
            Status = LeadStatus.Retired,
            OwnerId = new(1),
            TeamId = new(2),
            PoolId = new(3),
            SourceId = new(4),
            TagId = new(5),
            StageId = new(6),
            OpenOnly = true,
            Search = "Müller & Söhne",
        };
        var parts = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(LeadAddress.Query(filter));

        Assert.Equal(filter, LeadAddress.Read(parts["view"], parts["status"], parts["owner"], parts["team"], parts["pool"], parts["source"], parts["tag"], parts["stage"], parts["open"], parts["q"]));
    }

    [Fact]
    public void No_filter_has_no_address_and_nonsense_is_no_filter()
    {
        Assert.Equal("", LeadAddress.Query(new()));
        Assert.Equal(new LeadFilter(), LeadAddress.Read("nothing", "gone", "x", "-1", "", null, "1.5", "0x1", "yes", "  "));
        Assert.Equal("?view=fresh&sort=name", LeadAddress.Query(new() { View = LeadView.Fresh }, ("sort", "name")));
    }

    [Fact]
    public void An_order_comes_back_and_a_click_turns_it()
    {
        foreach (var order in Enum.GetValues<LeadSort>().SelectMany(s => new[] { new ListOrder(s, false), new ListOrder(s, true) }))
        {
            Assert.Equal(order, ListOrder.Read(order.Word, new()));
            Assert.Equal(order with { Descending = !order.Descending }, order.Click(order.By));
        }

        Assert.Equal(new(LeadSort.TimeLeft, false), ListOrder.Read(null, new()));
        Assert.Equal(new(LeadSort.FollowUp, false), ListOrder.Read("mood", new() { View = LeadView.FollowUps }));
        Assert.Equal(new(LeadSort.Created, true), ListOrder.Read("", new() { Search = "x" }));
        Assert.Equal(new(LeadSort.Value, true), new ListOrder(LeadSort.Name, false).Click(LeadSort.Value));
    }
}
