using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

/// <summary>Comment, call, call tag: the intents on both databases.</summary>
public sealed class WorkingIntentsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_comment_is_in_the_history_with_its_verdict_and_starts_the_clock_again(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(6));

        var outcome = await desk.Get<AddComment>().RunAsync(lead.Id, "Wants the list", await desk.As(desk.Asha));

        Assert.Equal(OutcomeKind.Done, outcome.Kind);
        var written = (await desk.HistoryAsync(lead.Id))[^1];
        Assert.Equal(("Wants the list", ClockVerdict.Restarted, desk.Now, desk.Asha.Id), (written.Text, written.Verdict, written.ClockStart, written.ActorId));
        Assert.Equal(desk.Now, (await desk.ReadAsync(lead.Id)).ClockStart);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task The_same_authors_last_text_on_this_lead_is_what_is_compared(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var (lead, other) = (await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync(ownedBy: desk.Asha));
        var comment = desk.Get<AddComment>();
        var (asha, meera) = (await desk.As(desk.Asha), await desk.As(desk.Meera));

        await comment.RunAsync(lead.Id, "Called back", asha);
        await comment.RunAsync(other.Id, "Something else", asha);
        await comment.RunAsync(lead.Id, " CALLED back ", asha);
        await comment.RunAsync(lead.Id, "Called back", meera);
        await comment.RunAsync(lead.Id, "New words", asha);
        await comment.RunAsync(lead.Id, "Called back", asha);

        Assert.Equal(
            [ClockVerdict.Restarted, ClockVerdict.SameText, ClockVerdict.Restarted, ClockVerdict.Restarted, ClockVerdict.Restarted],
            (await desk.HistoryAsync(lead.Id)).Where(e => e.Kind is LeadEventKind.Commented).Select(e => e.Verdict));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_refused_comment_leaves_neither_history_nor_notice(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var before = (await desk.HistoryAsync(lead.Id)).Count;
        var sequence = desk.Get<ChangeFeed>().Sequence;
        var comment = desk.Get<AddComment>();

        Assert.IsType<EmptyComment>((await comment.RunAsync(lead.Id, " ", await desk.As(desk.Asha))).Refusal);
        Assert.IsType<TextTooLong>((await comment.RunAsync(lead.Id, new('x', 200_000), await desk.As(desk.Asha))).Refusal);
        Assert.IsType<NoLeadHere>((await comment.RunAsync(lead.Id, "Mine?", await desk.As(desk.Ravi))).Refusal);
        Assert.IsType<NoLeadHere>((await comment.RunAsync(new LeadId(999_999), "Where?", await desk.As(desk.Meera))).Refusal);

        Assert.Equal((before, sequence), ((await desk.HistoryAsync(lead.Id)).Count, desk.Get<ChangeFeed>().Sequence));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_call_with_everything_is_one_act_of_two_entries(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(3));
        var form = new CallForm(desk.CallTag("Interested").Id, "Send the list", TimeSpan.FromMinutes(4), desk.Now.AddHours(-2), new(2026, 12, 1), new(10, 0));

        Assert.Equal(OutcomeKind.Done, (await desk.Get<LogCall>().RunAsync(lead.Id, form, await desk.As(desk.Asha))).Kind);

        var history = await desk.HistoryAsync(lead.Id);
        Assert.Equal([LeadEventKind.Called, LeadEventKind.FollowUpSet], history.TakeLast(2).Select(e => e.Kind));
        Assert.Equal((240, desk.Now.AddHours(-2), desk.CallTag("Interested").Id.Value), (history[^2].DurationSeconds, history[^2].HappenedAt, history[^2].ToId));
        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal((desk.CallTag("Interested").Id, new DateOnly(2026, 12, 1), new TimeOnly(10, 0), desk.Now), (after.CallTagId, after.FollowUpOn, after.FollowUpAt, after.ClockStart));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_call_in_the_future_or_with_a_call_tag_that_is_gone_is_refused(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        var call = desk.Get<LogCall>();

        Assert.IsType<CallInTheFuture>((await call.RunAsync(lead.Id, new(desk.CallTags[0].Id, null, null, desk.Now.AddMinutes(2), null, null), await desk.As(desk.Asha))).Refusal);
        Assert.IsType<NotFound>((await call.RunAsync(lead.Id, new(new CallTagId(999), null, null, null, null, null), await desk.As(desk.Asha))).Refusal);
        Assert.IsType<NotFound>((await desk.Get<ApplyCallTag>().RunAsync(lead.Id, new CallTagId(999), await desk.As(desk.Asha))).Refusal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_call_tag_alone_is_an_activity_for_whoever_may_work_the_lead(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(3));
        var apply = desk.Get<ApplyCallTag>();

        Assert.IsType<NoLeadHere>((await apply.RunAsync(lead.Id, desk.CallTag("No answer").Id, await desk.As(desk.Ravi))).Refusal);
        Assert.Equal(OutcomeKind.Done, (await apply.RunAsync(lead.Id, desk.CallTag("No answer").Id, await desk.As(desk.Asha))).Kind);

        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal((desk.CallTag("No answer").Id, desk.Now), (after.CallTagId, after.ClockStart));
        Assert.Equal(LeadEventKind.CallTagApplied, (await desk.HistoryAsync(lead.Id))[^1].Kind);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Last_words_are_kept_for_ten_minutes_marked_and_reset_nothing(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.ReassignAsync(lead.Id, desk.Ravi);
        var given = await desk.ReadAsync(lead.Id);
        desk.Wait(TimeSpan.FromMinutes(5));
        var asha = await desk.As(desk.Asha);

        Assert.Equal(OutcomeKind.Done, (await desk.Get<AddComment>().RunAsync(lead.Id, "What I had begun", asha)).Kind);
        Assert.Equal(OutcomeKind.Done, (await desk.Get<LogCall>().RunAsync(lead.Id, new(desk.CallTags[0].Id, null, null, null, null, null), asha)).Kind);
        Assert.IsType<LeadLeft>((await desk.Get<ApplyCallTag>().RunAsync(lead.Id, desk.CallTags[0].Id, asha)).Refusal);
        desk.Wait(TimeSpan.FromMinutes(5));
        Assert.IsType<NoLeadHere>((await desk.Get<AddComment>().RunAsync(lead.Id, "Too late", asha)).Refusal);

        Assert.All((await desk.HistoryAsync(lead.Id)).TakeLast(2), e => Assert.Equal(ClockVerdict.AfterLeaving, e.Verdict));
        var after = await desk.ReadAsync(lead.Id);
        Assert.Equal((given.OwnerId, given.ClockStart, true, null), (after.OwnerId, after.ClockStart, after.IsFresh, after.CallTagId));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task A_lead_that_changes_hands_twice_has_two_who_may_say_their_last_words(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);
        await desk.ReassignAsync(lead.Id, desk.Ravi);
        desk.Wait(TimeSpan.FromMinutes(3));
        await desk.ReassignAsync(lead.Id, desk.Omar);
        desk.Wait(TimeSpan.FromMinutes(3));
        var comment = desk.Get<AddComment>();

        Assert.Null((await comment.RunAsync(lead.Id, "Asha's last word", await desk.As(desk.Asha))).Refusal);
        Assert.Null((await comment.RunAsync(lead.Id, "Ravi's last word", await desk.As(desk.Ravi))).Refusal);
        desk.Wait(TimeSpan.FromMinutes(4));
        Assert.IsType<NoLeadHere>((await comment.RunAsync(lead.Id, "Ten minutes", await desk.As(desk.Asha))).Refusal);
        Assert.Null((await comment.RunAsync(lead.Id, "Seven minutes", await desk.As(desk.Ravi))).Refusal);
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Who_lost_it_to_the_sweep_long_ago_has_no_last_words_when_it_is_reassigned(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, idleFor: TimeSpan.FromDays(8));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        desk.Wait(TimeSpan.FromHours(1));
        await desk.ReassignAsync(lead.Id, desk.Ravi);
        await desk.ReassignAsync(lead.Id, desk.Omar);

        Assert.IsType<NoLeadHere>((await desk.Get<AddComment>().RunAsync(lead.Id, "Mine?", await desk.As(desk.Asha))).Refusal);
        Assert.Null((await desk.Get<AddComment>().RunAsync(lead.Id, "It was mine", await desk.As(desk.Ravi))).Refusal);
    }
}
