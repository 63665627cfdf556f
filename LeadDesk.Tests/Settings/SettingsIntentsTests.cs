using LeadDesk.App.Settings;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Settings;

public sealed class SettingsIntentsTests(PostgresCluster cluster)
{
    public static TheoryData<DatabaseProvider> BothDatabases => TestDesk.BothDatabases;

    [Fact]
    public async Task A_source_is_added_renamed_and_deleted_and_each_act_is_in_the_history()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var meera = await desk.As(desk.Meera);

        await desk.Get<AddSource>().RunAsync(" Trade fair ", meera);
        var id = (await DeskAsync(desk)).Sources.Single(s => s.Name == "Trade fair").Id;
        await desk.Get<RenameSource>().RunAsync(id, "Fair", meera);
        await desk.Get<DeleteSource>().RunAsync(id, meera);

        Assert.DoesNotContain((await DeskAsync(desk)).Sources, s => s.Id == id);
        Assert.Equal([(null, "Trade fair"), ("Trade fair", "Fair"), ("Fair", null)], await HistoryAsync(desk, "Lead source"));
    }

    [Theory]
    [InlineData("web FORM", "There is a source called Web form already."), InlineData("  ", "A source name has 1 to 100 characters.")]
    public async Task A_name_that_is_taken_or_empty_is_refused_at_its_field_and_leaves_no_trace(string name, string sentence)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        var outcome = await desk.Get<AddSource>().RunAsync(name, await desk.As(desk.Meera));

        Assert.Equal(new NotAcceptable("Name", sentence), outcome.Refusal);
        Assert.Empty(await HistoryAsync(desk, "Lead source"));
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task What_leads_have_is_not_deleted_and_the_sentence_says_how_many(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var meera = await desk.As(desk.Meera);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, stage: desk.Stage("Proposal"));
        await desk.LeadAsync("Jonas Weber", desk.Ravi, stage: desk.Stage("Proposal"));
        await ActAsync(desk, lead.Id, (l, by) => l.Tag(desk.French, by, Cause.Person, desk.Now));
        await ActAsync(desk, lead.Id, (l, by) => l.LogCall(new(desk.CallTag("Call back"), null, null, null, null, null), by, Cause.Person, desk.Now));

        Assert.Equal("2 leads stand in Proposal. Move them first.", (await desk.Get<DeleteStage>().RunAsync(desk.Stage("Proposal").Id, meera)).Refusal?.Sentence);
        Assert.Equal("2 leads are in Inbound. Move them to another pool first.", (await desk.Get<DeletePool>().RunAsync(desk.Inbound.Id, meera)).Refusal?.Sentence);
        Assert.Equal("2 leads came from Web form, and a lead keeps its source. Rename it instead.", (await desk.Get<DeleteSource>().RunAsync(desk.WebForm.Id, meera)).Refusal?.Sentence);
        Assert.Equal("1 lead carries French. Take it off first.", (await desk.Get<DeleteTag>().RunAsync(desk.French.Id, meera)).Refusal?.Sentence);
        Assert.Equal("Leads have Call back as the outcome of their last call. Rename it instead.", (await desk.Get<DeleteCallTag>().RunAsync(desk.CallTag("Call back").Id, meera)).Refusal?.Sentence);

        Assert.Equal(OutcomeKind.Done, (await desk.Get<DeleteStage>().RunAsync(desk.Stage("Contacted").Id, meera)).Kind);
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DeletePool>().RunAsync(desk.Vip.Id, meera)).Kind);
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DeleteTag>().RunAsync(desk.Restricted.Id, meera)).Kind);
        Assert.Equal(OutcomeKind.Done, (await desk.Get<DeleteCallTag>().RunAsync(desk.CallTag("Interested").Id, meera)).Kind);
        var after = await DeskAsync(desk);
        Assert.DoesNotContain(after.Stages, s => s.Name == "Contacted");
        Assert.DoesNotContain(after.Pools, p => p.Name == "VIP");
    }

    [Theory, MemberData(nameof(BothDatabases))]
    public async Task Uses_are_counted_for_managers_only(DatabaseProvider provider)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha, stage: desk.Stage("Proposal"));
        await ActAsync(desk, lead.Id, (l, by) => l.Tag(desk.French, by, Cause.Person, desk.Now));
        await desk.LeadAsync("Jonas Weber", pool: desk.Vip);
        var (query, meera) = (desk.Get<SettingUsesQuery>(), await desk.As(desk.Meera));

        Assert.Equal(1, (await query.OfStagesAsync(meera))[desk.Stage("Proposal").Id.Value]);
        Assert.Equal(1, (await query.OfPoolsAsync(meera))[desk.Vip.Id.Value]);
        Assert.Equal(2, (await query.OfSourcesAsync(meera))[desk.WebForm.Id.Value]);
        Assert.Equal(1, (await query.OfTagsAsync(meera))[desk.French.Id.Value]);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await query.OfStagesAsync(await desk.As(desk.Tara)));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(async () => await desk.Get<RetirementFactsQuery>().RunAsync(await desk.As(desk.Asha)));
    }

    [Fact]
    public async Task A_stage_goes_to_its_place_and_the_others_close_ranks()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var (act, meera) = (desk.Get<MoveStage>(), await desk.As(desk.Meera));

        await act.RunAsync(desk.Stage("Negotiation").Id, 0, meera);
        await act.RunAsync(desk.Stage("New").Id, 99, meera);
        var nothing = await act.RunAsync(desk.Stage("New").Id, 6, meera);

        Assert.Equal(["Negotiation", "Contacted", "Qualified", "Proposal", "Won", "Lost", "New"], (await DeskAsync(desk)).Stages.Select(s => s.Name));
        Assert.Equal(OutcomeKind.NothingToDo, nothing.Kind);
        Assert.Equal(2, (await HistoryAsync(desk, "Order of stages")).Count);
    }

    [Fact]
    public async Task A_new_open_stage_stands_before_won_and_lost_and_a_new_call_tag_last()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var meera = await desk.As(desk.Meera);

        await desk.Get<AddStage>().RunAsync("Visit", StageKind.Open, true, meera);
        await desk.Get<AddStage>().RunAsync("Postponed", StageKind.Lost, true, meera);
        await desk.Get<AddCallTag>().RunAsync("Wants a visit", meera);

        var after = await DeskAsync(desk);
        Assert.Equal(["New", "Contacted", "Qualified", "Proposal", "Negotiation", "Visit", "Won", "Lost", "Postponed"], after.Stages.Select(s => s.Name));
        Assert.True(after.Retires(after.Stages[^1].Id));
        Assert.Equal("Wants a visit", after.CallTags[^1].Name);
    }

    [Fact]
    public async Task The_last_open_stage_stays_open()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var meera = await desk.As(desk.Meera);
        foreach (var stage in desk.Stages.Where(s => s.Kind is StageKind.Open && s.Name != "New"))
        {
            await desk.Get<DeleteStage>().RunAsync(stage.Id, meera);
        }

        var closed = await desk.Get<EditStage>().RunAsync(desk.Stage("New").Id, "New", StageKind.Won, false, meera);
        var deleted = await desk.Get<DeleteStage>().RunAsync(desk.Stage("New").Id, meera);

        Assert.Equal("Kind", Assert.IsType<NotAcceptable>(closed.Refusal).Field);
        Assert.Equal("This is the last open stage, and new leads begin in one. Add another open stage first.", deleted.Refusal?.Sentence);
    }

    [Fact]
    public async Task Call_tags_are_ordered_as_they_are_put()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);

        await desk.Get<MoveCallTag>().RunAsync(desk.CallTag("Wrong number").Id, 1, await desk.As(desk.Meera));

        Assert.Equal(["No answer", "Wrong number", "Call back", "Interested", "Not interested"], (await DeskAsync(desk)).CallTags.Select(t => t.Name));
    }

    [Fact]
    public async Task A_pool_takes_agents_only_and_who_leaves_keeps_their_leads()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);

        await desk.Get<EditPool>().RunAsync(desk.Inbound.Id, "Inbound", [desk.Ravi.Id, desk.Tara.Id, desk.Meera.Id], await desk.As(desk.Meera));

        Assert.Equal([desk.Ravi.Id], (await DeskAsync(desk)).Pool(desk.Inbound.Id)!.Members.Select(m => m.EmployeeId));
        Assert.Equal(desk.Asha.Id, (await desk.ReadAsync(lead.Id)).OwnerId);
        Assert.Equal([("Inbound: Asha Rao, Omar Khan, Ravi Nair", "Inbound: Ravi Nair")], await HistoryAsync(desk, "Lead pool"));
    }

    [Fact]
    public async Task A_tag_for_managers_only_is_closed_to_agents_at_once()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        await desk.Get<EditTag>().RunAsync(desk.French.Id, "French", false, await desk.As(desk.Meera));
        var french = (await DeskAsync(desk)).Tag(desk.French.Id)!;
        var lead = await desk.LeadAsync(ownedBy: desk.Asha);

        Assert.False(french.IsModifiable);
        Assert.IsType<TagNeedsManager>(lead.Tag(french, await desk.As(desk.Asha), Cause.Person, desk.Now).Refusal);
    }

    [Fact]
    public async Task Only_managers_and_admins_set_up_the_desk()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        (string Act, Func<Actor, Task<Outcome>> Run)[] acts =
        [
            ("add source", by => desk.Get<AddSource>().RunAsync($"S {by.Name}", by)),
            ("rename source", by => desk.Get<RenameSource>().RunAsync(desk.WebForm.Id, $"W {by.Name}", by)),
            ("delete source", by => desk.Get<DeleteSource>().RunAsync(new(999), by)),
            ("add pool", by => desk.Get<AddPool>().RunAsync($"P {by.Name}", [], by)),
            ("edit pool", by => desk.Get<EditPool>().RunAsync(desk.Inbound.Id, $"I {by.Name}", [], by)),
            ("delete pool", by => desk.Get<DeletePool>().RunAsync(new(999), by)),
            ("add stage", by => desk.Get<AddStage>().RunAsync($"S {by.Name}", StageKind.Open, true, by)),
            ("edit stage", by => desk.Get<EditStage>().RunAsync(desk.Stages[1].Id, $"E {by.Name}", StageKind.Open, true, by)),
            ("move stage", by => desk.Get<MoveStage>().RunAsync(desk.Stages[1].Id, by.IsAdmin ? 0 : 3, by)),
            ("delete stage", by => desk.Get<DeleteStage>().RunAsync(new(999), by)),
            ("add tag", by => desk.Get<AddTag>().RunAsync($"T {by.Name}", true, by)),
            ("edit tag", by => desk.Get<EditTag>().RunAsync(desk.French.Id, $"F {by.Name}", true, by)),
            ("delete tag", by => desk.Get<DeleteTag>().RunAsync(new(999), by)),
            ("add call tag", by => desk.Get<AddCallTag>().RunAsync($"C {by.Name}", by)),
            ("rename call tag", by => desk.Get<RenameCallTag>().RunAsync(desk.CallTags[0].Id, $"N {by.Name}", by)),
            ("move call tag", by => desk.Get<MoveCallTag>().RunAsync(desk.CallTags[0].Id, by.IsAdmin ? 0 : 3, by)),
            ("delete call tag", by => desk.Get<DeleteCallTag>().RunAsync(new(999), by)),
        ];
        Employee[] people = [desk.Asha, desk.Tara, desk.Meera, desk.Iris];

        foreach (var (act, run) in acts)
        {
            foreach (var who in people)
            {
                var actor = await desk.As(who);
                var outcome = await run(actor);
                Assert.True(actor.IsManager != outcome.Refusal is NotAllowed, $"{who.Name}, {act}: {outcome.Kind} {outcome.Refusal?.Sentence}");
                Assert.True(actor.IsManager || (await HistoryCountAsync(desk)) == 0 || act != "add source", act);
            }
        }
    }

    private static ValueTask<Desk> DeskAsync(TestDesk desk) => desk.Get<DeskDirectory>().GetAsync();

    private static async Task<List<(string? From, string? To)>> HistoryAsync(TestDesk desk, string what)
    {
        await using var db = desk.Database();
        return [.. (await db.DeskEvents.Where(e => e.What == what).OrderBy(e => e.Id).ToListAsync()).Select(e => (e.From, e.To))];
    }

    private static async Task<int> HistoryCountAsync(TestDesk desk)
    {
        await using var db = desk.Database();
        return await db.DeskEvents.CountAsync();
    }

    private static async Task ActAsync(TestDesk desk, LeadId id, Func<Lead, Actor, Outcome> act) =>
        await desk.Get<Transactor>().RunAsync(await desk.As(desk.Asha), async work => act((await work.LeadAsync(id))!, work.By));
}
