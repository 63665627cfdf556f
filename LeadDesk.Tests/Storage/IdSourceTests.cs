using System.Collections.Concurrent;
using LeadDesk.App.Leads;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Storage;

public sealed class IdSourceTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task No_id_is_given_twice_to_eight_threads_of_two_servers(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        IdSource[] servers = [desk.Get<IdSource>(), new(desk.Get<IDbContextFactory<LeadDeskDb>>())];
        var given = new ConcurrentBag<LeadId>();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            for (var i = 0; i < 1_000; i++)
            {
                given.Add(await servers[n % 2].NextAsync<LeadId>(default));
            }
        })));

        Assert.Equal(8_000, given.Distinct().Count());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_block_is_reserved_in_the_database_before_its_first_id_is_given(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = new IdSource(desk.Get<IDbContextFactory<LeadDeskDb>>());

        var one = await ids.NextAsync<TagId>(default);
        await ids.ReserveAsync<TagId>(2_500, default);

        await using var db = desk.Database();
        var next = await db.IdBlocks.Where(b => b.Kind == nameof(TagId)).Select(b => b.Next).SingleAsync();
        Assert.True(next >= one.Value + 1_000 + 2_500, $"{next} is next, {one} was given");
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Every_kind_counts_on_its_own(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = new IdSource(desk.Get<IDbContextFactory<LeadDeskDb>>());

        await ids.ReserveAsync<TagId>(10_000, default);
        var call = await ids.NextAsync<CallTagId>(default);

        Assert.True(call.Value < 10_000);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task An_id_is_not_given_again_after_its_lead_was_deleted(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var first = (await desk.LeadsAsync(3)).Max();
        await desk.Get<Transactor>().RunAsync(Actor.System("test"), async work =>
        {
            await work.Db.LeadEvents.ExecuteDeleteAsync();
            await work.Db.LeadContacts.ExecuteDeleteAsync();
            await work.Db.Leads.ExecuteDeleteAsync();
            return Outcome.Done;
        });

        var afterRestart = await new IdSource(desk.Get<IDbContextFactory<LeadDeskDb>>()).NextAsync<LeadId>(default);

        Assert.True(afterRestart > first);
        Assert.True((await desk.LeadAsync()).Id > first);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task More_writers_than_ids_at_hand_still_get_one_each(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var meera = await desk.As(desk.Meera);
        await DrainAsync(desk.Get<IdSource>(), leave: 50);

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 120).Select(n => Task.Run(() =>
            desk.Get<CreateLead>().RunAsync(new LeadDetails { Name = $"Lead {n}" }, desk.WebForm.Id, desk.Inbound.Id, meera))));

        Assert.All(outcomes, o => Assert.Null(o.Refusal));
        await using var db = desk.Database();
        Assert.Equal(120, await db.Leads.CountAsync());
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_transaction_that_needs_more_than_was_reserved_gets_them_and_is_done_once(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);

        var outcome = await desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
        {
            for (var i = 0; i < 2_500; i++)
            {
                work.Db.Tags.Add(Domain.Tags.Tag.Create(work.NewId<TagId>(), $"Tag {i}").Value!);
            }

            return Task.FromResult(Outcome.Done);
        });

        Assert.Equal(Outcome.Done, outcome);
        await using var db = desk.Database();
        Assert.Equal(2_500, await db.Tags.CountAsync(t => t.Name.StartsWith("Tag ")));
    }

    /// <summary>Only so many are at hand afterwards.</summary>
    private static async Task DrainAsync(IdSource ids, int leave)
    {
        await ids.ReserveAsync<LeadId>(leave, default);
        while (ids.AtHand<LeadId>() > leave)
        {
            ids.TryNext<LeadId>();
        }
    }
}
