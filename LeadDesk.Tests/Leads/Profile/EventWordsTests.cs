using System.Reflection;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Leads.Profile;
using LeadDesk.App.Leads.Profile.Events;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads.Profile;

public sealed class EventWordsTests
{
    public static TheoryData<LeadEventKind> Kinds => [.. Enum.GetValues<LeadEventKind>()];

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_kind_of_event_has_its_words_and_its_icon_even_when_what_it_is_about_is_gone(LeadEventKind kind)
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var words = new EventWords(await desk.Get<DeskDirectory>().GetAsync(), TimeZoneInfo.Utc, desk.Now);
        var icons = await File.ReadAllTextAsync(Repository.At("LeadDesk.App", "wwwroot", "icons.svg"));

        Assert.All((long?[])[null, 99_999], about =>
        {
            var line = words.Line(Event(kind, desk.Now, about), null, null);
            Assert.NotEqual("", line.Text.Verb);
            Assert.NotEqual("", line.Text.Brief);
            Assert.NotEqual("", line.Who);
            Assert.DoesNotContain("  ", line.Sentence, StringComparison.Ordinal);
        });
        Assert.Contains($"symbol id=\"{EventWords.Icon(kind)}\"", icons, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_life_of_a_lead_reads_like_this()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite);
        var lead = await desk.LeadAsync();
        var (asha, one) = (await desk.As(desk.Asha), LeadSelection.Of(lead.Id));
        await desk.ActAsync(new AssignLeads(one, desk.Asha.Id));
        await desk.Get<SetLeadStage>().RunAsync(lead.Id, desk.Stage("Contacted").Id, lead.StageId, asha);
        await desk.Get<LogCall>().RunAsync(lead.Id, new(desk.CallTag("Interested").Id, "Send the list", TimeSpan.FromMinutes(11), desk.Now.AddHours(-1), new(2026, 11, 25), new(9, 30)), asha);
        await desk.Get<ApplyCallTag>().RunAsync(lead.Id, desk.CallTag("Call back").Id, asha);
        await desk.Get<AddComment>().RunAsync(lead.Id, "A word", asha);
        await desk.ActAsync(new TagLeads(one, desk.French.Id), desk.Asha);
        await desk.ActAsync(new UntagLeads(one, desk.French.Id), desk.Asha);
        await desk.ActAsync(new SetLeadsFollowUp(one, null, null), desk.Asha);
        await desk.Get<EditLeadDetails>().RunAsync(lead.Id, new() { Name = "Lena F.", City = "Graz" }, (await desk.ReadAsync(lead.Id)).Version, asha);
        await desk.ActAsync(new MoveLeadsToPool(one, desk.Vip.Id));
        await desk.ActAsync(new MoveLeadsToPool(one, desk.Inbound.Id));
        await desk.ActAsync(new ReassignLeads(one, desk.Ravi.Id));
        desk.Wait(TimeSpan.FromDays(8));
        await desk.Get<RetirementSweep>().RunAsync(desk.Now);
        await desk.ActAsync(new ReassignLeads(one, desk.Ravi.Id));
        await desk.ActAsync(new UnassignLeads(one));

        var profile = (await desk.Get<ProfileQuery>().AskAsync(lead.Id, await desk.As(desk.Meera)))!;

        Assert.Equal(
        [
            "The desk created it from Web form",
            "Meera Shah assigned it to Asha Rao",
            "Asha Rao moved it from New to Contacted",
            "Asha Rao called, Interested | Send the list | 11 min, took place Tue 24 Nov at 11:00",
            "Asha Rao set the follow-up to Wed 25 Nov 09:30",
            "Asha Rao applied call tag Call back",
            "Asha Rao commented | A word",
            "Asha Rao tagged it with French",
            "Asha Rao took off tag French",
            "Asha Rao took the follow-up off",
            "Asha Rao edited name, city | Name: Lena Fischer → Lena F. · City: none → Graz",
            "Meera Shah moved it from pool Inbound to VIP",
            "Meera Shah moved it from pool VIP to Inbound",
            "Meera Shah reassigned it from Asha Rao to Ravi Nair",
            "The sweep retired it from Ravi Nair | Quiet for 8 d, since Tue 24 Nov at 12:00. Without a warning: no sweep ran while it was going stale.",
            "Meera Shah gave it back to Ravi Nair",
            "Meera Shah unassigned it from Ravi Nair",
        ],
        profile.History.Reverse().Select(l => string.Join(" | ", new[] { $"{l.Who} {l.Text.Did("it")}{(l.Text.What is { } what ? $" {what}" : "")}", l.Text.Note, l.Text.More, l.Why }.Where(p => p is not null))));
        Assert.Equal("Meera unassigned this lead from Ravi Nair", profile.History[0].Sentence);
    }

    private static LeadEvent Event(LeadEventKind kind, DateTimeOffset at, long? about)
    {
        var e = (LeadEvent)Activator.CreateInstance(typeof(LeadEvent), BindingFlags.Instance | BindingFlags.NonPublic, null,
            [new LeadId(1), kind, at, null, "test", Cause.System, null, ClockVerdict.NoOwner], null)!;
        typeof(LeadEvent).GetProperty(nameof(LeadEvent.FromId))!.SetValue(e, about);
        typeof(LeadEvent).GetProperty(nameof(LeadEvent.ToId))!.SetValue(e, about + 1);
        return e;
    }
}
