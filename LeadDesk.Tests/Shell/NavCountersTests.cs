using LeadDesk.App.Batches;
using LeadDesk.App.Live;
using LeadDesk.App.Shell;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Tests.Kit;
using Microsoft.Extensions.DependencyInjection;

namespace LeadDesk.Tests.Shell;

public sealed class NavCountersTests
{
    [Fact]
    public async Task Follow_ups_are_counted_again_only_for_whom_a_wave_may_concern()
    {
        await using var desk = await TestDesk.OpenAsync(DatabaseProvider.Sqlite, null);
        var counters = ActivatorUtilities.CreateInstance<NavCounters>(desk.Get<IServiceProvider>());
        var (asha, mine, ravis) = (await desk.As(desk.Asha), await desk.LeadAsync(ownedBy: desk.Asha), await desk.LeadAsync(ownedBy: desk.Ravi));
        var before = await counters.ForAsync(asha);
        Assert.Equal(0, before["leads"]);
        await desk.Get<ActOnLeads>().RunAsync(new SetLeadsFollowUp(LeadSelection.Of([mine.Id]), DateOnly.FromDateTime(desk.Clock.GetUtcNow().Date), null), asha);

        Assert.Equal(0, (await counters.ForAsync(asha, Of(ravis), before))["leads"]);
        Assert.Equal(1, (await counters.ForAsync(asha, Of(mine), before))["leads"]);
        Assert.Equal(1, (await counters.ForAsync(asha, new([], true), before))["leads"]);
        Assert.Equal(1, (await counters.ForAsync(asha, new([], false), before))["leads"]);
        Assert.Equal(1, (await counters.ForAsync(asha, Of(ravis)))["leads"]);

        static Wave Of(Lead lead)
        {
            var place = new LeadPlace(lead.OwnerId, lead.TeamId, lead.PoolId, lead.StageId, lead.SourceId, false, null);
            return new([new(lead.Id, place, place, LeadEventKind.FollowUpSet, lead.OwnerId, DateTimeOffset.UnixEpoch, null)], false);
        }
    }
}
