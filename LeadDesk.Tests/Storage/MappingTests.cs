using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class MappingTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_instant_comes_back_to_the_tick_in_UTC_and_is_ordered_and_compared_by_the_database(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        DateTimeOffset[] instants =
        [
            DateTimeOffset.MinValue,
            new(1883, 11, 18, 12, 3, 58, TimeSpan.Zero),
            new(2026, 3, 29, 1, 59, 59, 999, TimeSpan.Zero),
            new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(5.75)),
            new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero),
            new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero).AddTicks(1),
            new(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(-3)),
            DateTimeOffset.MaxValue,
        ];
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            work.Db.DeskEvents.AddRange(instants.Reverse().Select(i => new DeskEvent(i, null, "instant", null, null)));
            return Task.FromResult(Outcome.Done);
        });

        await using var db = desk.Database();
        var ours = db.DeskEvents.AsNoTracking().Where(e => e.What == "instant");
        var read = await ours.OrderBy(e => e.At).Select(e => e.At).ToListAsync();
        var boundary = instants[4];
        Assert.Equal(instants, read);
        Assert.All(read, i => Assert.Equal(TimeSpan.Zero, i.Offset));
        Assert.Equal(4, await ours.CountAsync(e => e.At < boundary));
        Assert.Equal(5, await ours.CountAsync(e => e.At <= boundary));
        Assert.Equal(instants[^1], await ours.MaxAsync(e => e.At));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Fifty_thousand_ids_can_be_asked_for_at_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(20);
        var asked = Enumerable.Range(1_000_000, 50_000).Select(i => new LeadId(i)).Concat(leads).ToList();

        await using var db = desk.Database();

        Assert.Equal(leads.Order(), await db.Leads.Where(l => asked.Contains(l.Id)).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Ids_are_compared_by_the_database(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var leads = await desk.LeadsAsync(10);
        var middle = leads.Order().ElementAt(4);

        await using var db = desk.Database();

        Assert.Equal(leads.Order().Skip(5), await db.Leads.Where(l => l.Id > middle).OrderBy(l => l.Id).Select(l => l.Id).ToListAsync());
        Assert.Equal(5, await db.Leads.CountAsync(l => l.Id <= middle));
    }

    /// <summary>SQLite can neither order nor compare these; the house has other types for what they are for.</summary>
    [Theory, MemberData(nameof(BothDatabases))]
    public async Task No_column_of_ours_has_a_type_that_one_of_the_databases_cannot_compare(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await using var db = desk.Database();
        Type[] refused = [typeof(decimal), typeof(ulong), typeof(TimeSpan), typeof(DateTimeOffset), typeof(DateTime)];

        var found = from entity in db.Model.GetEntityTypes()
                    where entity.ClrType.Assembly != typeof(Microsoft.AspNetCore.Identity.IdentityUser<long>).Assembly && entity.ClrType != typeof(Account)
                    from property in entity.GetProperties()
                    let stored = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType
                    where refused.Contains(Nullable.GetUnderlyingType(stored) ?? stored)
                    select $"{entity.ClrType.Name}.{property.Name} is stored as {stored.Name}";

        Assert.Empty(found);
    }
}
