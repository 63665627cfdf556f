using LeadDesk.App.Notifications;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Notifications;

public sealed class NotificationWordsTests : IAsyncLifetime
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
    public void Every_kind_has_its_sentence_its_icon_and_a_place_to_go_alone_and_folded() => Assert.All(Enum.GetValues<NotificationKind>(), kind =>
    {
        var notice = Notice(kind);
        foreach (var count in new[] { 1, 31 })
        {
            Assert.False(string.IsNullOrWhiteSpace(Say(notice, count)));
            Assert.Matches("^[a-z]+(/[0-9]+)?([?].*)?$", Go(notice, count));
        }

        Assert.Contains($"id=\"{NotificationWords.Icon(kind)}\"", File.ReadAllText(Repository.At("LeadDesk.App", "wwwroot", "icons.svg")), StringComparison.Ordinal);
    });

    [Fact]
    public void They_are_said_as_the_design_says_them()
    {
        Assert.Equal("Meera assigned you 12 leads", Say(Notice(NotificationKind.Assigned), 12));
        Assert.Equal("Meera assigned you Lena Fischer", Say(Notice(NotificationKind.Assigned)));
        Assert.Equal("Lena Fischer retired from you at 12:00", Say(Notice(NotificationKind.Retired)));
        Assert.Equal("31 leads retired from you, 12:00", Say(Notice(NotificationKind.Retired), 31));
        Assert.Equal("Lena Fischer retired from you at 12:00, without a warning", Say(Notice(NotificationKind.Retired, Lead.NoWarning)));
        Assert.Equal("31 leads retired from you, 12:00, without a warning", Say(Notice(NotificationKind.Retired, Lead.NoWarning), 31));
        Assert.Equal("VIP on Lena Fischer approved by Meera", Say(Notice(NotificationKind.RequestApproved)));
        Assert.Equal("VIP on Lena Fischer rejected: “one branch only”", Say(Notice(NotificationKind.RequestRejected, "one branch only")));
        Assert.Equal("VIP on Lena Fischer closed itself: the tag VIP was deleted", Say(Notice(NotificationKind.RequestClosed, "The tag VIP was deleted.")));
        Assert.Equal("Meera asks to put VIP on Lena Fischer", Say(Notice(NotificationKind.RequestWaiting)));
        Assert.Equal("Meera asks to take VIP off Lena Fischer", Say(Notice(NotificationKind.RequestWaiting, Notification.TakesOff)));
        Assert.Equal("3 requests came in", Say(Notice(NotificationKind.RequestWaiting), 3));
        Assert.Equal("Meera nudges you: Lena Fischer", Say(Notice(NotificationKind.Nudged)));
        Assert.Equal("Meera gave your lead Lena Fischer to someone else", Say(Notice(NotificationKind.Reassigned)));
        Assert.Equal("From Tue 14:12 the period is 3 days.", Say(Notice(NotificationKind.PeriodChanged, "From Tue 14:12 the period is 3 days.")));
    }

    [Fact]
    public void A_warning_says_what_is_left_as_long_as_it_is_true()
    {
        var warned = new NoticeFacts(new(new(7), _desk.Stages[0].Id, _desk.Now - TimeSpan.FromDays(6), _desk.Now));

        Assert.Equal("Lena Fischer goes stale: 1 d left", Say(Notice(NotificationKind.GoingStale), facts: warned));
        Assert.Equal("Meera nudges you: Lena Fischer, 1 d left", Say(Notice(NotificationKind.Nudged), facts: warned));
        Assert.Equal("Lena Fischer was going stale", Say(Notice(NotificationKind.GoingStale), facts: new(new(new(7), _desk.Stages[0].Id, _desk.Now, null))));
        Assert.Equal("Lena Fischer was going stale", Say(Notice(NotificationKind.GoingStale)));
        Assert.Equal("12 leads of yours go stale", Say(Notice(NotificationKind.GoingStale), 12));
    }

    [Fact]
    public void A_stopped_sweep_and_a_job_that_is_over_have_their_figures()
    {
        var stop = new SweepStop(BrakeReason.TooMany, _desk.Now, _desk.Now, _desk.Now, 212, 712);
        Assert.Equal("Sweep stopped: it would retire 212 of 712 leads. Let it run or drop it.", Say(new Notification(_desk.Meera.Id, NotificationKind.SweepStopped, _desk.Now) { Count = 212 }, facts: new(Stop: stop)));
        var jumped = new SweepStop(BrakeReason.ClockAhead, _desk.Now, _desk.Now, _desk.Now, 700, 712);
        Assert.StartsWith("Sweep stopped, the server's clock is in doubt:", Say(Notice(NotificationKind.SweepStopped), facts: new(Stop: jumped)), StringComparison.Ordinal);

        var job = Batch.Start(new(1), BatchKind.DropSweep, _desk.Meera.Id, "{}", 60, _desk.Now);
        job.Advance("", 60, 0, 0, null);
        job.Finish(_desk.Now);
        Assert.Equal("Started the clock anew of 60.", Say(Notice(NotificationKind.JobDone), facts: new(Batch: job)));
        Assert.Equal("stale", Go(Notice(NotificationKind.JobDone), facts: new(Batch: job)));
    }

    [Fact]
    public void What_was_taken_away_leads_to_the_lead_for_ten_minutes_and_to_the_list_after_that()
    {
        var notice = Notice(NotificationKind.Retired);
        Assert.Equal("leads/7", Go(notice));

        _desk.Wait(Lead.LastWords);
        Assert.Equal("leads", Go(notice));
        Assert.Equal("leads/7", Go(Notice(NotificationKind.RequestApproved)));
        Assert.Equal("leads?view=fresh", Go(Notice(NotificationKind.Assigned), 12));
        Assert.Equal("approvals", Go(Notice(NotificationKind.RequestWaiting)));
    }

    private Notification Notice(NotificationKind kind, string? text = null) =>
        new(_desk.Asha.Id, kind, _desk.Now) { ById = _desk.Meera.Id, LeadId = new LeadId(7), LeadName = "Lena Fischer", TagId = _desk.Restricted.Id, Text = text };

    private string Say(Notification notice, int? count = null, NoticeFacts? facts = null) => new NotificationWords(_read, TimeZoneInfo.Utc, _desk.Now).Sentence(notice, count ?? notice.Count, facts ?? new());

    private string Go(Notification notice, int? count = null, NoticeFacts? facts = null) => new NotificationWords(_read, TimeZoneInfo.Utc, _desk.Now).Href(notice, count ?? notice.Count, facts ?? new());
}
