using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Notifications;
using LeadDesk.App.Requests;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;
using LeadDesk.Tests.Requests;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Notifications;

public sealed class InboxTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Everyone_reads_their_own_unread_first_and_on_in_pages(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (query, asha) = (desk.Get<InboxQuery>(), await desk.As(desk.Asha));
        for (var n = 0; n < 100; n++)
        {
            await desk.NotifyAsync(desk.Asha, $"Lead {n}");
            desk.Wait(TimeSpan.FromMinutes(2));
        }

        await desk.NotifyAsync(desk.Ravi, "Not Asha's");
        var all = await query.ReadAsync(asha);
        Assert.Equal(100, await query.UnreadAsync(asha));
        Assert.Equal("Meera assigned you Lead 99", all.Unread[0].Sentence);
        await desk.Get<MarkRead>().RunAsync([.. all.Unread.Skip(2).SelectMany(l => l.Ids)], asha);

        var page = await query.ReadAsync(asha);
        Assert.Equal(["Meera assigned you Lead 99", "Meera assigned you Lead 98"], page.Unread.Select(l => l.Sentence));
        var read = new List<InboxLine>(page.Read);
        while (page.Before is { } before)
        {
            page = await query.ReadAsync(asha, before);
            Assert.Empty(page.Unread);
            read.AddRange(page.Read);
        }

        Assert.Equal(Enumerable.Range(0, 98).Reverse().Select(n => $"Meera assigned you Lead {n}"), read.Select(l => l.Sentence));
        Assert.Equal(1, await query.UnreadAsync(await desk.As(desk.Ravi)));
        Assert.Equal(0, await query.UnreadAsync(await desk.As(desk.Iris)));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Ids_of_others_are_as_if_they_were_not_there(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.NotifyAsync(desk.Asha, "Lena");
        var theirs = (await desk.InboxAsync(desk.Asha)).Single();

        Assert.Equal(OutcomeKind.NothingToDo, (await desk.Get<MarkRead>().RunAsync([theirs.Id], await desk.As(desk.Ravi))).Kind);
        Assert.Equal(OutcomeKind.NothingToDo, (await desk.Get<MarkRead>().RunAsync([theirs.Id], await desk.As(desk.Meera))).Kind);
        Assert.Equal(OutcomeKind.NothingToDo, (await desk.Get<MarkRead>().AllAsync(long.MaxValue, await desk.As(desk.Meera))).Kind);
        Assert.Null((await desk.InboxAsync(desk.Asha)).Single().ReadAt);
        Assert.Equal(0, await desk.Get<InboxQuery>().UnreadAsync(Actor.System("test")));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task All_read_leaves_what_came_after_it_was_looked_at(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.NotifyAsync(desk.Asha, "Seen");
        var asha = await desk.As(desk.Asha);
        var seen = (await desk.Get<InboxQuery>().ReadAsync(asha)).Newest;
        await desk.NotifyAsync(desk.Asha, "Came since");

        await desk.Get<MarkRead>().AllAsync(seen, asha);

        Assert.Equal(["Meera assigned you Came since"], (await desk.Get<InboxQuery>().ReadAsync(asha)).Unread.Select(l => l.Sentence));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_burst_of_the_same_news_is_one_line_and_is_read_as_one(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var ids = await desk.AskManyAsync(31);
        await desk.Get<DecideRequest>().RunAsync(ids, true, null, await desk.As(desk.Meera));
        await desk.NotifyAsync(desk.Asha, "One");
        await desk.NotifyAsync(desk.Asha, "Two");
        var asha = await desk.As(desk.Asha);

        var lines = (await desk.Get<InboxQuery>().ReadAsync(asha)).Unread;
        Assert.Equal(["Meera assigned you Two", "Meera assigned you One", "31 of your requests approved by Meera"], lines.Select(l => l.Sentence));
        await desk.Get<MarkRead>().RunAsync(lines[2].Ids, asha);

        Assert.Equal(2, await desk.Get<InboxQuery>().UnreadAsync(asha));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Whoever_started_a_job_hears_of_its_end_and_only_then(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(501, desk.Asha);
        var (acts, meera) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera));
        var started = await acts.RunAsync(new TagLeads(LeadSelection.All(new LeadFilter()), desk.French.Id), meera);

        await acts.RunChunkAsync(started.Value!.Batch, meera, default);
        Assert.Empty(await desk.InboxAsync(desk.Meera));
        await acts.RunChunkAsync(started.Value.Batch, meera, default);

        var line = Assert.Single((await desk.Get<InboxQuery>().ReadAsync(meera)).Unread);
        Assert.Equal((NotificationKind.JobDone, "Tagged 501 with French.", "leads"), (line.Kind, line.Sentence, line.Href));
        Assert.Empty(await desk.InboxAsync(desk.Iris));
        await acts.RunAsync(new TagLeads(LeadSelection.Of((await desk.LeadAsync()).Id), desk.French.Id), meera);
        Assert.Single(await desk.InboxAsync(desk.Meera));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_stop_is_news_unless_it_was_ones_own(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        await desk.LeadsAsync(501, desk.Asha);
        var (acts, meera) = (desk.Get<ActOnLeads>(), await desk.As(desk.Meera));
        var (one, two) = (await StartAsync(), await StartAsync());

        await desk.Get<StopBatch>().RunAsync(one, meera);
        Assert.Empty(await desk.InboxAsync(desk.Meera));
        await acts.RunChunkAsync(two, meera, default);
        await desk.Get<StopBatch>().RunAsync(two, await desk.As(desk.Iris));

        Assert.Equal("Stopped. Tagged 500 with French.", Assert.Single((await desk.Get<InboxQuery>().ReadAsync(meera)).Unread).Sentence);

        async Task<BatchId> StartAsync() => (await acts.RunAsync(new TagLeads(LeadSelection.All(new LeadFilter()), desk.French.Id), meera)).Value!.Batch;
    }

    [Fact]
    public async Task An_inbox_wakes_its_reader_and_nobody_else()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var commits = new List<Commit>();
        desk.Get<ChangeFeed>().Committed += commits.Add;

        await desk.NotifyAsync(desk.Asha, "Lena");

        Assert.Equal([Topic.Inbox(desk.Asha.Id)], Assert.Single(commits).Topics);
    }

    [Fact]
    public void What_came_while_one_looked_stands_on_top_and_what_was_read_stays_where_it_was()
    {
        var inbox = new OpenInbox();
        var (one, two) = (Line(1), Line(2));
        inbox.Open(new([two, one], [Line(0, false)], null));

        Assert.True(inbox.Merge(new([Line(3), one], [two with { IsUnread = false }, Line(0, false)], null)));
        Assert.Equal([3, 2, 1, 0], inbox.Lines.Select(l => l.Line.Key));
        Assert.Equal([true, false, true, false], inbox.Lines.Select(l => l.Line.IsUnread));
        Assert.Equal([true, true, true, false], inbox.Lines.Select(l => l.IsNew));
        Assert.False(inbox.Merge(new([Line(3), one], [two with { IsUnread = false }, Line(0, false)], null)));

        Assert.True(inbox.Merge(new([Line(3) with { Ids = [4, 3, 1] }], [two with { IsUnread = false }, Line(0, false)], null)));
        Assert.Equal([4, 2, 0], inbox.Lines.Select(l => l.Line.Key));

        static InboxLine Line(long id, bool unread = true) => new([id], NotificationKind.Assigned, $"Line {id}", "assign", "leads", TestDesk.Tuesday, unread);
    }
}

internal static class Notifying
{
    public static Task NotifyAsync(this TestDesk desk, Employee to, string lead, NotificationKind kind = NotificationKind.Assigned) => desk.Get<Transactor>().RunAsync(Actor.System("test"), work =>
    {
        work.Notify(new(to.Id, kind, work.Now) { ById = desk.Meera.Id, LeadName = lead, LeadId = new LeadId(7), TagId = desk.Restricted.Id });
        return Task.FromResult(Outcome.Done);
    });
}
