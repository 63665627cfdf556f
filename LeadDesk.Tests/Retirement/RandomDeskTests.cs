using CsCheck;
using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Storage;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>
/// Random desks under a fake clock: people work, managers hand out, settings change, sweeps come and stay away. After every step the countdown,
/// the colour, the warning and the sweep have to agree about every lead.
/// </summary>
public sealed class RandomDeskTests(PostgresCluster cluster)
{
    private enum Step
    {
        Wait,
        Sweep,
        Comment,
        SameComment,
        Move,
        Win,
        FollowUp,
        Tag,
        Reassign,
        Unassign,
        BulkMove,
        ShorterPeriod,
        LongerPeriod,
        Off,
        Down,
    }

    private static readonly Gen<(Step Step, int Lead, int Amount)[]> _days =
        Gen.Select(Gen.Int[0, 99], Gen.Int[0, 3], Gen.Int[1, 40]).Select(t => (Pick(t.Item1), t.Item2, t.Item3)).Array[8, 16];

    [Fact]
    public Task Three_hundred_desks_on_SQLite() => RunAsync(DatabaseProvider.Sqlite, 300);

    [Fact]
    public Task Fifty_desks_on_PostgreSQL() => RunAsync(DatabaseProvider.Postgres, 50);

    /// <summary>Waiting and sweeping are what a desk does most.</summary>
    private static Step Pick(int number) => number switch
    {
        < 34 => Step.Wait,
        < 54 => Step.Sweep,
        < 60 => Step.Comment,
        < 63 => Step.SameComment,
        < 68 => Step.Move,
        < 70 => Step.Win,
        < 74 => Step.FollowUp,
        < 77 => Step.Tag,
        < 82 => Step.Reassign,
        < 84 => Step.Unassign,
        < 87 => Step.BulkMove,
        < 90 => Step.ShorterPeriod,
        < 93 => Step.LongerPeriod,
        < 94 => Step.Off,
        _ => Step.Down,
    };

    private async Task RunAsync(DatabaseProvider provider, int desks)
    {
        await using var desk = await TestDesk.OpenAsync(provider, cluster);
        _days.Sample(plan => Task.Run(() => LiveAsync(desk, plan)).GetAwaiter().GetResult(), iter: desks, threads: 1);
    }

    private static async Task LiveAsync(TestDesk desk, (Step Step, int Lead, int Amount)[] plan)
    {
        var world = new World(desk);
        await world.SetUpAsync();
        foreach (var (step, lead, amount) in plan)
        {
            await world.TakeAsync(step, lead, amount);
            await world.CheckAsync();
        }

        await world.EndAsync();
    }

    private sealed class World(TestDesk desk)
    {
        private readonly List<LeadId> _leads = [];
        private long _firstEvent;
        private DateTimeOffset _lastSweep = DateTimeOffset.MinValue;
        private Actor _asha = null!;
        private Actor _meera = null!;

        public async Task SetUpAsync()
        {
            _asha = await desk.As(desk.Asha);
            _meera = await desk.As(desk.Meera);
            await SetPeriodAsync(TimeSpan.FromDays(7));
            desk.Wait(TimeSpan.FromDays(2));
            await using (var db = desk.Database())
            {
                _firstEvent = await db.LeadEvents.MaxAsync(e => (long?)e.Id) ?? 0;
            }

            for (var i = 0; i < 4; i++)
            {
                _leads.Add((await desk.LeadAsync($"Lead {i}", i == 3 ? desk.Ravi : desk.Asha)).Id);
            }
        }

        public async Task TakeAsync(Step step, int index, int amount)
        {
            var lead = _leads[index];
            switch (step)
            {
                case Step.Wait:
                    await WaitSweepingAsync(TimeSpan.FromHours(amount));
                    break;
                case Step.Down:
                    desk.Wait(TimeSpan.FromDays(amount / 8.0));
                    break;
                case Step.Sweep:
                    await SweepAsync();
                    break;
                case Step.Comment:
                    await desk.Get<AddComment>().RunAsync(lead, $"Spoke at {desk.Now.Ticks}.", _meera);
                    break;
                case Step.SameComment:
                    await KeepsTheClockAsync(lead, async () =>
                    {
                        var last = (await desk.HistoryAsync(lead)).LastOrDefault(e => e.Kind == LeadEventKind.Commented && e.ActorId == desk.Meera.Id)?.Text;
                        if (last is not null)
                        {
                            await desk.Get<AddComment>().RunAsync(lead, $"  {last.ToUpperInvariant()} ", _meera);
                        }
                    });
                    break;
                case Step.Move:
                    await MoveAsync(lead, desk.Stages[amount % 5]);
                    break;
                case Step.Win:
                    await MoveAsync(lead, desk.Stage("Won"));
                    break;
                case Step.FollowUp:
                    await KeepsTheClockAsync(lead, () => ActAsync(new SetLeadsFollowUp(LeadSelection.Of(lead), new DateOnly(2026, 12, 1).AddDays(amount), null)));
                    break;
                case Step.Tag:
                    await KeepsTheClockAsync(lead, () => ActAsync(new TagLeads(LeadSelection.Of(lead), desk.French.Id)));
                    break;
                case Step.BulkMove:
                    await KeepsTheClockAsync(lead, () => ActAsync(new SetLeadsStage(LeadSelection.Of(_leads), desk.Stages[amount % 7].Id)));
                    break;
                case Step.Reassign:
                    await ActAsync(new ReassignLeads(LeadSelection.Of(lead), amount % 2 == 0 ? desk.Asha.Id : desk.Ravi.Id));
                    await ActAsync(new AssignLeads(LeadSelection.Of(lead), amount % 2 == 0 ? desk.Asha.Id : desk.Ravi.Id));
                    break;
                case Step.Unassign:
                    await ActAsync(new UnassignLeads(LeadSelection.Of(lead)));
                    break;
                case Step.ShorterPeriod:
                    await SetPeriodAsync(TimeSpan.FromHours(12 + amount));
                    break;
                case Step.LongerPeriod:
                    await SetPeriodAsync(TimeSpan.FromDays(7 + amount));
                    break;
                case Step.Off:
                    await SetPeriodAsync(null);
                    break;
            }
        }

        /// <summary>One function says what everybody paints, warns and sweeps by; the SQL beside it says the same.</summary>
        public async Task CheckAsync()
        {
            var read = await desk.Get<DeskDirectory>().GetAsync();
            await using var db = desk.Database();
            var leads = await db.Leads.AsNoTracking().Where(l => _leads.Contains(l.Id)).ToListAsync();
            var due = await WhereAsync(read, stage => read.Policy.CutoffAt(desk.Now) is { } cutoff ? RetirementSweep.Due(db.Leads, stage, cutoff) : null);
            var stale = (await new LeadFilter { View = LeadView.GoingStale }.Apply(db.Leads, _meera, read, desk.Now).Select(l => l.Id).ToListAsync()).ToHashSet();
            foreach (var lead in leads)
            {
                var reading = read.Clock(lead.ClockStart, lead.StageId, desk.Now);
                Assert.Equal(reading is { Step: TimeLeftStep.Due }, due.Contains(lead.Id));
                Assert.Equal(reading is { Step: TimeLeftStep.Due or TimeLeftStep.GoingStale }, stale.Contains(lead.Id));
                Assert.Equal(reading is { } r && desk.Now >= r.RetiresAt, reading is { Step: TimeLeftStep.Due });
                Assert.Equal(reading is { } s && desk.Now >= s.StaleFrom && desk.Now < s.RetiresAt, reading is { Step: TimeLeftStep.GoingStale });
                Assert.False(lead.OwnerId is not null && lead.RetiredAt is not null);
                Assert.Equal(lead.OwnerId is null, lead.ClockStart is null);
            }

            async Task<HashSet<LeadId>> WhereAsync(Desk all, Func<StageId, IQueryable<Lead>?> query)
            {
                var found = new HashSet<LeadId>();
                foreach (var stage in all.Stages.Where(s => s.Retires))
                {
                    if (query(stage.Id) is { } leads)
                    {
                        found.UnionWith(await leads.Select(l => l.Id).ToListAsync());
                    }
                }

                return found;
            }
        }

        /// <summary>The whole history: nothing silent, nothing twice, nothing unwarned while the desk was up.</summary>
        public async Task EndAsync()
        {
            await using var db = desk.Database();
            foreach (var id in _leads)
            {
                var (warnings, clock, warned) = (0, (DateTimeOffset?)null, false);
                foreach (var happened in await db.LeadEvents.AsNoTracking().Where(e => e.LeadId == id && e.Id > _firstEvent).OrderBy(e => e.Id).ToListAsync())
                {
                    if (happened.Kind == LeadEventKind.Warned)
                    {
                        Assert.False(warned, "a second warning in one clock period");
                        (warned, warnings) = (true, warnings + 1);
                        Assert.True(await db.Notifications.AnyAsync(n => n.BatchId == happened.BatchId && n.Kind == NotificationKind.GoingStale), "a silent warning");
                    }

                    if (happened.Kind == LeadEventKind.Retired)
                    {
                        Assert.Equal(warned ? null : Lead.NoWarning, happened.Text);
                        Assert.True(await db.Notifications.AnyAsync(n => n.BatchId == happened.BatchId && n.Kind == NotificationKind.Retired), "a silent retirement");
                    }

                    if (happened.ClockStart != clock)
                    {
                        Assert.True(happened.Verdict.StartsTheClock() || happened.Verdict is ClockVerdict.Ended, $"{happened.Kind} moved the clock");
                        (clock, warned) = (happened.ClockStart, false);
                    }
                }

                Assert.Equal((await desk.ReadAsync(id)).ClockStart, clock);
            }
        }

        private async Task WaitSweepingAsync(TimeSpan time)
        {
            for (var left = time; left > TimeSpan.Zero; left -= TimeSpan.FromHours(5))
            {
                desk.Wait(left < TimeSpan.FromHours(5) ? left : TimeSpan.FromHours(5));
                await SweepAsync();
            }
        }

        /// <summary>Where the desk was up all through a window, whatever the sweep retires has been warned.</summary>
        private async Task SweepAsync()
        {
            var read = await desk.Get<DeskDirectory>().GetAsync();
            var before = new Dictionary<LeadId, (ClockReading? Reading, bool Warned, bool WasRetired)>();
            foreach (var id in _leads)
            {
                var lead = await desk.ReadAsync(id);
                before[id] = (read.Clock(lead.ClockStart, lead.StageId, desk.Now), lead.WarnedAt is not null, lead.IsRetired);
            }

            await desk.Get<RetirementSweep>().RunAsync(desk.Now);

            foreach (var (id, (reading, warned, wasRetired)) in before)
            {
                var after = await desk.ReadAsync(id);
                var wasUp = reading is { } r && _lastSweep >= r.StaleFrom && _lastSweep < r.RetiresAt;
                Assert.Equal(reading is { Step: TimeLeftStep.Due } && after.WarnedAt is null, after.IsRetired && !wasRetired);
                if (reading is { Step: TimeLeftStep.GoingStale })
                {
                    Assert.NotNull(after.WarnedAt);
                }

                Assert.False(after.IsRetired && !wasRetired && wasUp && !warned, "retired unwarned although the desk was up");
            }

            _lastSweep = desk.Now;
        }

        private async Task MoveAsync(LeadId lead, Domain.Pipeline.Stage to) =>
            await desk.Get<SetLeadStage>().RunAsync(lead, to.Id, (await desk.ReadAsync(lead)).StageId, _asha);

        private async Task ActAsync(LeadOrder order) => await desk.Get<ActOnLeads>().RunAsync(order, _meera);

        private async Task KeepsTheClockAsync(LeadId lead, Func<Task> act)
        {
            var before = (await desk.ReadAsync(lead)).ClockStart;
            await act();
            Assert.Equal(before, (await desk.ReadAsync(lead)).ClockStart);
        }

        private async Task SetPeriodAsync(TimeSpan? period)
        {
            var policy = (await desk.Get<DeskDirectory>().GetAsync()).Policy;
            await desk.Get<ChangePeriod>().RunAsync(period, TimeSpan.FromDays(1), policy, await desk.As(desk.Iris));
        }
    }
}
