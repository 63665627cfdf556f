using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Retirement;

public sealed class RetiredLotTests
{
    [Fact]
    public async Task Who_takes_all_comes_first_then_by_load_and_those_who_cannot_are_below_with_the_reason()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var read = await desk.Get<DeskDirectory>().GetAsync();
        RetiredLot lot = new([Part(desk.Inbound.Id, desk.Ravi.Id), Part(desk.Inbound.Id, desk.Asha.Id), Part(desk.Vip.Id, desk.Asha.Id)]);

        var receivers = lot.Receivers(read, new Dictionary<EmployeeId, int> { [desk.Asha.Id] = 40, [desk.Omar.Id] = 7, [desk.Ravi.Id] = 3 });

        Assert.Equal([("Asha", 3, 40, 2), ("Ravi", 2, 3, 1), ("Omar", 2, 7, 0)], receivers.Select(r => (r.Who.FirstName, r.Takes, r.Holds, r.Had)));
        var vip = new RetiredLot([Part(desk.Vip.Id, null)]).Receivers(read, new Dictionary<EmployeeId, int>());
        Assert.Equal([("Asha", null), ("Omar", "not in pool VIP"), ("Ravi", "not in pool VIP")], vip.Select(r => (r.Who.FirstName, r.WhyNot)));
    }

    [Fact]
    public async Task What_stays_is_named_with_the_reason()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var read = await desk.Get<DeskDirectory>().GetAsync();

        Assert.Null(new RetiredLot([Part(desk.Inbound.Id, null)]).Stay(desk.Ravi, read));
        Assert.Equal("Chiara Greco stays: VIP is not one of Ravi's pools.", new RetiredLot([Part(desk.Inbound.Id, null), Part(desk.Vip.Id, null, 1, "Chiara Greco")]).Stay(desk.Ravi, read));
        Assert.Equal("1,200 stay: VIP is not one of Ravi's pools.", new RetiredLot([Part(desk.Vip.Id, null, 1_200)]).Stay(desk.Ravi, read));
        Assert.Equal("2 stay: no pool, so nobody can own them.", new RetiredLot([Part(null, null, 2)]).Stay(desk.Ravi, read));
    }

    [Theory]
    [InlineData(0, "first time"), InlineData(1, "first time"), InlineData(2, "2nd time"), InlineData(3, "3rd time"), InlineData(4, "4th time"), InlineData(11, "11th time"), InlineData(22, "22nd time")]
    public void How_often_is_said_as_people_say_it(int times, string words) => Assert.Equal(words, RetiredWords.Times(times));

    private static RetiredLot.Part Part(PoolId? pool, EmployeeId? had, int leads = 1, string? name = null) => new(pool, had, leads, 0, name);
}
