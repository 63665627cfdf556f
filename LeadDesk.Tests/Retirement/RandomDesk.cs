using LeadDesk.App.Batches;
using LeadDesk.App.Leads;
using LeadDesk.App.Retirement;
using LeadDesk.App.Retirement.Stale;
using LeadDesk.App.Storage;
using LeadDesk.App.Ui;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Retirement;
using LeadDesk.Tests.Kit;
using Microsoft.EntityFrameworkCore;

namespace LeadDesk.Tests.Retirement;

/// <summary>Four leads, two agents and a manager through one random plan, beside the book that says what has to be.</summary>
internal sealed class RandomDesk
{
    private static readonly TimeSpan _oftenEnough = TimeSpan.FromHours(5);
    private static readonly TimeSpan _seldom = TimeSpan.FromHours(20);
    private static readonly TimeSpan _shelved = TimeSpan.FromDays(8);

    private readonly TestDesk _desk;
    private readonly Figures _seen;
    private readonly DeskByTheBook _book = new(TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromDays(1));
    private readonly List<LeadId> _leads = [];
    private RetirementSweep _sweep;
    private Actor _meera = null!;
    private long _firstEvent;

    private RandomDesk(TestDesk desk, Figures seen) => (_desk, _seen, _sweep) = (desk, seen, desk.NewSweep());

    public static async Task LiveAsync(TestDesk desk, (DeskStep Step, int Lead, int Amount)[] plan, Figures seen)
    {
        var world = new RandomDesk(desk, seen);
        await world.SetUpAsync();
        try
        {
            foreach (var (step, lead, amount) in plan)
            {
                // No two things happen at the same instant.
                desk.Wait(TimeSpan.FromSeconds(1));
                await world.TakeAsync(step, world._leads[lead], amount);
                await world.CheckAsync();
            }

            await world.ReadTheHistoryAsync();
        }
        finally
        {
            await world.ActAsync(new UnassignLeads(LeadSelection.Of(world._leads)));
        }
    }

    private async Task SetUpAsync()
    {
        _meera = await _desk.As(_desk.Meera);
        await SavePeriodAsync(TimeSpan.FromDays(7));
        _desk.Wait(TimeSpan.FromDays(2));
        await using var db = _desk.Database();
        _firstEvent = await db.LeadEvents.MaxAsync(e => (long?)e.Id) ?? 0;
        for (var i = 0; i < 4; i++)
        {
            _leads.Add((await _desk.LeadAsync($"Lead {i}", i == 3 ? _desk.Ravi : _desk.Asha)).Id);
            _book.Starts(_leads[i], _desk.Now);
        }
    }

    private Task TakeAsync(DeskStep step, LeadId lead, int amount) => step switch
    {
        DeskStep.Wait => WaitSweepingAsync(TimeSpan.FromHours(amount)),
        DeskStep.ToStale => ToEdgeAsync(_book.Window(lead, _desk.Now)?.Stale, amount),
        DeskStep.ToDue => ToEdgeAsync(_book.Window(lead, _desk.Now)?.Retires, amount),
        DeskStep.Sweep => SweepAsync(),
        DeskStep.Comment => WorkAsync(lead, () => _desk.Get<AddComment>().RunAsync(lead, $"Spoke at {_desk.Now.Ticks}.", _meera)),
        DeskStep.SameComment => SameCommentAsync(lead),
        DeskStep.Call => WorkAsync(lead, () => _desk.Get<LogCall>().RunAsync(lead, new(_desk.CallTag("No answer").Id, null, null, null, null, null), _meera)),
        DeskStep.Move => MoveAsync(lead, _desk.Stages[amount % 5].Id),
        DeskStep.Win => MoveAsync(lead, _desk.Stage("Won").Id),
        DeskStep.FollowUp => ActAsync(new SetLeadsFollowUp(LeadSelection.Of(lead), new DateOnly(2026, 12, 1).AddDays(amount), null)),
        DeskStep.Tag => ActAsync(new TagLeads(LeadSelection.Of(lead), _desk.French.Id)),
        DeskStep.Nudge => _desk.Get<NudgeOwner>().RunAsync(lead, _meera),
        DeskStep.Reassign => ReassignAsync(lead, amount % 2 == 0 ? _desk.Asha : _desk.Ravi),
        DeskStep.Unassign => UnassignAsync(lead),
        DeskStep.BulkMove => BulkMoveAsync(_desk.Stages[amount % _desk.Stages.Count].Id),
        DeskStep.Shelve => ShelveAsync(isUp: amount % 2 == 0),
        DeskStep.ShorterPeriod => SavePeriodAsync(TimeSpan.FromHours(12 + amount)),
        DeskStep.LongerPeriod => SavePeriodAsync(TimeSpan.FromDays(7 + amount)),
        DeskStep.Off => SavePeriodAsync(null),
        DeskStep.Down => Wait(TimeSpan.FromDays(amount / 8.0)),
        DeskStep.Restart => Restart(),
    };

    /// <summary>What the lead keeps, the countdown, the colour of a card, the list of what goes stale, the warning's question and the sweep's.</summary>
    private async Task CheckAsync()
    {
        var (read, now) = (await _desk.Get<DeskDirectory>().GetAsync(), _desk.Now);
        await using var db = _desk.Database();
        foreach (var lead in await db.Leads.AsNoTracking().Where(l => _leads.Contains(l.Id)).ToListAsync())
        {
            var reading = read.Clock(lead.ClockStart, lead.StageId, now);
            Assert.Equal(_book.ClockStart(lead.Id), lead.ClockStart);
            Assert.Equal(_book.IsWarned(lead.Id), lead.WarnedAt is not null);
            Assert.Equal(_book.Window(lead.Id, now), reading is { } r ? (r.StaleFrom, r.RetiresAt) : null);
            Assert.Equal(_book.IsDue(lead.Id, now), reading is { Step: TimeLeftStep.Due });
            Assert.Equal(_book.IsGoingStale(lead.Id, now), reading is { Step: TimeLeftStep.GoingStale });
            if (reading is { } shown && now != shown.OldFrom)
            {
                Assert.Equal((int)shown.Step + 1, (int)new Countdown(shown.Start, shown.OldFrom, shown.StaleFrom, shown.RetiresAt).StepAt(now));
            }
        }

        var listed = await _desk.Get<StaleQuery>().ListAsync(new(), _meera, 50);
        Assert.Equal(_leads.Where(l => _book.IsDue(l, now) || _book.IsGoingStale(l, now)), listed.Rows.Select(r => r.Id).Order());
        Assert.Equal(_leads.Where(l => _book.IsDue(l, now)), await AskedAsync(read.Policy.CutoffAt(now), (stage, cutoff) => RetirementSweep.Due(db.Leads, stage, cutoff)));
        Assert.Equal(
            _leads.Where(l => !_book.IsWarned(l) && (_book.IsDue(l, now) || _book.IsGoingStale(l, now))),
            await AskedAsync(read.Policy.StaleCutoffAt(now), (stage, cutoff) => RetirementSweep.Unwarned(db.Leads, stage, cutoff)));

        async Task<IEnumerable<LeadId>> AskedAsync(DateTimeOffset? cutoff, Func<StageId, DateTimeOffset, IQueryable<Lead>> question)
        {
            var found = new List<LeadId>();
            foreach (var stage in read.Stages.Where(s => s.Retires && cutoff is not null))
            {
                found.AddRange(await question(stage.Id, cutoff!.Value).Select(l => l.Id).ToListAsync());
            }

            return found.Order();
        }
    }

    /// <summary>Warns whatever is going stale; retires whatever is due and was warned, or could not be.</summary>
    private async Task SweepAsync()
    {
        var now = _desk.Now;
        await _sweep.RunAsync(now);

        await using var db = _desk.Database();
        foreach (var lead in await db.Leads.AsNoTracking().Where(l => _leads.Contains(l.Id)).ToListAsync())
        {
            var (id, hadOwner, wasWarned) = (lead.Id, _book.ClockStart(lead.Id) is not null, _book.IsWarned(lead.Id));
            if (!_book.IsDue(id, now))
            {
                Assert.Equal(hadOwner, lead.OwnerId is not null);
                Assert.Equal(wasWarned || _book.IsGoingStale(id, now), lead.WarnedAt is not null);
            }
            else if (lead.OwnerId is not null)
            {
                Assert.False(wasWarned, "due and warned, and still there");
                Assert.Equal(now, lead.WarnedAt);
                _seen.WarnedLate++;
            }
            else
            {
                Assert.True(wasWarned || _book.WasDown(id, now), "retired without a warning although the desk was up");
                (_seen.Retired, _seen.Unwarned) = (_seen.Retired + 1, _seen.Unwarned + (wasWarned ? 0 : 1));
                _book.LosesItsOwner(id);
            }

            if (lead.WarnedAt is not null && !wasWarned)
            {
                _seen.Warned++;
                _book.IsWarnedNow(id);
            }
        }

        _book.Swept(now);
    }

    /// <summary>Nothing silent, nothing twice: each in the history and in an inbox.</summary>
    private async Task ReadTheHistoryAsync()
    {
        await using var db = _desk.Database();
        var events = await db.LeadEvents.AsNoTracking().Where(e => _leads.Contains(e.LeadId) && e.Id > _firstEvent).OrderBy(e => e.Id).ToListAsync();
        var batches = events.Where(e => e.Kind is LeadEventKind.Warned or LeadEventKind.Retired).Select(e => e.BatchId).Distinct().ToList();
        var told = await db.Notifications.AsNoTracking().Where(n => batches.Contains(n.BatchId)).ToListAsync();
        Assert.Equal(told.Count, told.DistinctBy(n => (n.EmployeeId, n.BatchId, n.Kind, n.Text)).Count());

        var warnings = events.Where(e => e.Kind is LeadEventKind.Warned).ToList();
        Assert.Equal(warnings.Count, warnings.DistinctBy(e => (e.LeadId, e.ClockStart)).Count());
        Assert.Equal(warnings.Count, told.Where(n => n.Kind is NotificationKind.GoingStale).Sum(n => n.Count));

        var retired = events.Where(e => e.Kind is LeadEventKind.Retired).ToList();
        foreach (var end in retired)
        {
            var quiet = events.Last(e => e.LeadId == end.LeadId && e.Id < end.Id && e.ClockStart is not null).ClockStart;
            Assert.Equal(warnings.Exists(w => w.LeadId == end.LeadId && w.ClockStart == quiet) ? null : Lead.NoWarning, end.Text);
        }

        var ends = told.Where(n => n.Kind is NotificationKind.Retired).ToList();
        Assert.Equal(retired.Count, ends.Sum(n => n.Count));
        Assert.Equal(retired.Count(e => e.Text == Lead.NoWarning), ends.Where(n => n.Text == Lead.NoWarning).Sum(n => n.Count));
    }

    private async Task WaitSweepingAsync(TimeSpan time)
    {
        // Shorter than the warning window, or the desk would be taken for down.
        var pause = _book.ShortestPeriod < TimeSpan.FromDays(2) ? _oftenEnough : _seldom;
        for (var left = time; left > TimeSpan.Zero; left -= pause)
        {
            _desk.Wait(left < pause ? left : pause);
            await SweepAsync();
        }
    }

    /// <summary>One sweep a tick before the moment, and one exactly then; the desk is up all the way there, comes up just in time, or too late.</summary>
    private async Task ToEdgeAsync(DateTimeOffset? moment, int amount)
    {
        var tick = TimeSpan.FromTicks(1);
        if (moment is not { } edge || edge - tick <= _desk.Now)
        {
            return;
        }

        if (amount % 3 > 0)
        {
            await WaitSweepingAsync(edge - tick - _desk.Now);
        }
        else
        {
            _desk.Wait(edge - tick - _desk.Now);
            if (amount % 2 > 0)
            {
                await SweepAsync();
            }
        }

        await CheckAsync();
        _desk.Wait(tick);
        await CheckAsync();
        await SweepAsync();
    }

    private Task Wait(TimeSpan time)
    {
        _desk.Wait(time);
        return Task.CompletedTask;
    }

    private Task Restart()
    {
        _sweep = _desk.NewSweep();
        return Task.CompletedTask;
    }

    private async Task WorkAsync(LeadId lead, Func<Task<Outcome>> work)
    {
        if ((await work()).Kind is OutcomeKind.Done && _book.ClockStart(lead) is not null)
        {
            _book.Starts(lead, _desk.Now);
        }
    }

    private async Task SameCommentAsync(LeadId lead)
    {
        var last = (await _desk.HistoryAsync(lead)).LastOrDefault(e => e.Kind == LeadEventKind.Commented)?.Text;
        if (last is not null)
        {
            await _desk.Get<AddComment>().RunAsync(lead, $"  {last.ToUpperInvariant()} ", _meera);
        }
    }

    private async Task MoveAsync(LeadId lead, StageId to)
    {
        var from = (await _desk.ReadAsync(lead)).StageId;
        await WorkAsync(lead, () => _desk.Get<SetLeadStage>().RunAsync(lead, to, from, _meera));
        _book.Stands(lead, to != _desk.Stage("Won").Id, _desk.Now);
    }

    private async Task BulkMoveAsync(StageId to)
    {
        await ActAsync(new SetLeadsStage(LeadSelection.Of(_leads), to));
        _leads.ForEach(l => _book.Stands(l, _desk.Stages.First(s => s.Id == to).Retires, _desk.Now));
    }

    /// <summary>In bulk to a stage that does not retire, until the time of most is up, and back in bulk: no sweep ever saw these go stale.</summary>
    private async Task ShelveAsync(bool isUp)
    {
        await BulkMoveAsync(_desk.Stage("Won").Id);
        await (isUp ? WaitSweepingAsync(_shelved) : Wait(_shelved));
        await BulkMoveAsync(_desk.Stage("New").Id);
    }

    private async Task ReassignAsync(LeadId lead, Employee to)
    {
        var had = (await _desk.ReadAsync(lead)).OwnerId;
        await ActAsync(new ReassignLeads(LeadSelection.Of(lead), to.Id));
        await ActAsync(new AssignLeads(LeadSelection.Of(lead), to.Id));
        if (had != to.Id)
        {
            _book.Starts(lead, _desk.Now);
        }
    }

    private async Task UnassignAsync(LeadId lead)
    {
        await ActAsync(new UnassignLeads(LeadSelection.Of(lead)));
        _book.LosesItsOwner(lead);
    }

    private async Task ActAsync(LeadOrder order) => await _desk.Get<ActOnLeads>().RunAsync(order, _meera);

    private async Task SavePeriodAsync(TimeSpan? period)
    {
        Assert.False((await _desk.SetRetirementAsync(r => r with { Period = period })).IsRefused);
        if (_leads.Count > 0)
        {
            _book.Saves(period, _desk.Now);
        }
    }

    /// <summary>What all desks of a run saw together.</summary>
    internal sealed record Figures
    {
        public int Warned { get; set; }
        public int WarnedLate { get; set; }
        public int Retired { get; set; }
        public int Unwarned { get; set; }
    }
}
