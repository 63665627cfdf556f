using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Batches;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Demo;

/// <summary>Lets leads live: every event through the lead's own verbs, in the order of time, so the rules hold for each of them.</summary>
internal sealed class DemoLife(DemoCast cast, DemoTimes times, DemoWork work, App.Leads.PhoneNumbers phones, Random chance, RetirementPolicy policy, DateTimeOffset now, double pace = 1, bool isOneOfMany = false)
{
    private static readonly Actor _system = Actor.System("retirement");
    private static readonly TimeSpan _settled = TimeSpan.FromSeconds(2);
    private static readonly Actor _webForm = Actor.System("web form");

    /// <summary>With a running clock that started exactly then.</summary>
    public Lead Working(LeadId id, Employee owner, DateTimeOffset clockStart)
    {
        var pool = chance.Of(cast.PoolsOf(owner));
        var isFresh = chance.In(0.12);
        var acts = times.Until(clockStart, isFresh ? 1 : Acts(3, 10));
        var lead = Begin(id, pool, owner, acts[0]);
        var target = isFresh ? 0 : Math.Min(acts.Count - 1, chance.Of([0, 1, 1, 1, 2, 2, 2, 3, 3, 4]));
        Work(lead, owner, acts, now, target);
        Plan(lead, owner, clockStart);
        if (clockStart + WarnedAfter() is var warnedAt && warnedAt <= now)
        {
            Warn(lead, warnedAt);
        }

        return lead;
    }

    /// <summary>Won or lost at that moment; the owner keeps it.</summary>
    public Lead Closed(LeadId id, Employee owner, Stage end, DateTimeOffset at)
    {
        var acts = times.Until(at, Acts(5, 11));
        var lead = Begin(id, chance.Of(cast.PoolsOf(owner)), owner, acts[0]);
        Work(lead, owner, [.. acts.SkipLast(1)], at, end.Kind is StageKind.Won ? chance.Next(3, 5) : chance.Next(0, 4));
        if (lead.FollowUpOn is not null)
        {
            lead.SetFollowUp(null, null, cast.As(owner), Cause.Person, at).Must();
        }

        lead.MoveTo(end, lead.StageId, cast.As(owner), Cause.Person, at).Must();
        return lead;
    }

    /// <summary>Neglected by that agent until the sweep of that moment took it.</summary>
    public Lead Retired(LeadId id, Employee from, DateTimeOffset at, Batch sweep)
    {
        var quietSince = at - times.Period - chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60));
        var acts = times.Until(quietSince, Acts(1, 8));
        var lead = Begin(id, chance.Of(cast.PoolsOf(from)), from, acts[0]);
        Work(lead, from, acts, at, Math.Min(acts.Count - 1, chance.Next(0, 4)));
        Retire(lead, at, sweep.Id);
        return lead;
    }

    /// <summary>In its pool, without an owner; some were somebody's once.</summary>
    public Lead Waiting(LeadId id, Pool pool, DateTimeOffset created)
    {
        if (!chance.In(0.12))
        {
            return Create(id, pool, created);
        }

        var agent = chance.Of(cast.AgentsOf(pool));
        var last = times.Within(created, now);
        var acts = times.Until(last - chance.Between(times.Period * 0.1, times.Period * 0.5), Acts(1, 4));
        var lead = Create(id, pool, acts[0] - chance.Between(TimeSpan.FromHours(1), TimeSpan.FromDays(3)));
        Give(lead, agent, acts[0]);
        Work(lead, agent, acts, last, 0);
        lead.Unassign(cast.As(chance.Of(cast.Managers)), Cause.Person, last).Must();
        return lead;
    }

    /// <summary>From its creation to the hands of this owner, some by way of another one's.</summary>
    private Lead Begin(LeadId id, Pool pool, Employee owner, DateTimeOffset given)
    {
        var others = cast.AgentsOf(pool).Where(a => a != owner).ToList();
        if (others.Count == 0 || !chance.In(0.14) || times.Period > TimeSpan.FromDays(60))
        {
            var plain = Create(id, pool, given - chance.Between(TimeSpan.FromHours(1), TimeSpan.FromDays(chance.In(0.5) ? 4 : 45)));
            Give(plain, owner, given);
            return plain;
        }

        var first = chance.Of(others);
        var wasRetired = chance.In(0.5);
        var quietSince = wasRetired ? given - times.Period - chance.Between(TimeSpan.FromHours(2), TimeSpan.FromDays(2)) : times.Before(given);
        var acts = times.Until(quietSince, Acts(1, 6));
        var lead = Create(id, pool, acts[0] - chance.Between(TimeSpan.FromHours(1), TimeSpan.FromDays(9)));
        Give(lead, first, acts[0]);
        Work(lead, first, acts, wasRetired ? quietSince + times.Period : given, 0);
        if (wasRetired)
        {
            Retire(lead, quietSince + times.Period + chance.Between(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(60)), null);
        }

        lead.Reassign(owner, pool, cast.As(chance.Of(cast.Managers)), Cause.Person, given).Must();
        return lead;
    }

    private Lead Create(LeadId id, Pool pool, DateTimeOffset at)
    {
        var source = chance.Of(cast.Sources);
        var (by, cause) = source.Name is "Web form" or "Organic search" ? (_webForm, Cause.System)
            : chance.In(0.6) ? (cast.As(chance.Of(cast.Managers)), Cause.Import)
            : (cast.As(chance.Of(cast.AgentsOf(pool))), Cause.Person);
        var created = Lead.Create(id, phones.Complete(DemoDetails.Of(pool.Name, chance, isOneOfMany ? id.Value : null)), source.Id, pool.Id, cast.OpenStages[0].Id, by, cause, at);
        return created.Value ?? throw new InvalidOperationException(created.Refusal!.Sentence);
    }

    private void Give(Lead lead, Employee to, DateTimeOffset at) =>
        lead.Assign(to, cast.PoolOf(lead), cast.As(chance.Of(cast.Managers)), Cause.Person, at).Must();

    private void Retire(Lead lead, DateTimeOffset at, BatchId? sweep)
    {
        Warn(lead, lead.ClockStart!.Value + WarnedAfter());
        lead.RetireIfDue(policy, stageRetires: true, _system, at - _settled, at, sweep).Must();
    }

    private TimeSpan WarnedAfter()
    {
        var window = policy.WindowFor(times.Period);
        return times.Period - window + chance.Between(_settled, window / 2 < TimeSpan.FromMinutes(1) ? window / 2 : TimeSpan.FromMinutes(1));
    }

    private void Warn(Lead lead, DateTimeOffset at) => lead.WarnIfGoingStale(policy, stageRetires: true, _system, at - _settled, at).Must();

    /// <summary>The first instant is the assignment; at each further one the owner works the lead, ending at the open stage of that number.</summary>
    private void Work(Lead lead, Employee owner, IReadOnlyList<DateTimeOffset> acts, DateTimeOffset until, int target)
    {
        var stage = Stages(lead);
        var moves = Math.Max(0, target - stage);
        for (var i = 1; i < acts.Count; i++)
        {
            if (chance.NextDouble() < moves / (double)(acts.Count - i))
            {
                moves--;
                lead.MoveTo(cast.OpenStages[++stage], lead.StageId, cast.As(owner), Cause.Person, acts[i]).Must();
            }
            else
            {
                work.Do(lead, owner, acts[i]);
            }

            work.Beside(lead, owner, acts[i], i + 1 < acts.Count ? acts[i + 1] : until);
        }
    }

    /// <summary>How often a lead is worked; at a quicker pace more often.</summary>
    private int Acts(int least, int most) => Math.Max(1, (int)Math.Round(chance.Next(least, most) * pace));

    private int Stages(Lead lead) => cast.OpenStages.Select((s, n) => (s.Id, n)).Single(s => s.Id == lead.StageId).n;

    /// <summary>What the owner means to do next: some today, most later, few too late already.</summary>
    private void Plan(Lead lead, Employee owner, DateTimeOffset after)
    {
        var at = after + ((now - after) * 0.1);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(owner.TimeZone)).DateTime);
        var on = chance.In(0.36) ? today.AddDays(chance.Of([-1, 0, 0, 0, 1, 1, 2, 3, 4, 5, 7, 9])) : (DateOnly?)null;
        if ((lead.FollowUpOn, on) is (null, null))
        {
            return;
        }

        TimeOnly? time = on is not null && chance.In(0.4) ? new TimeOnly(chance.Next(9, 18), chance.Of([0, 15, 30, 45])) : null;
        lead.SetFollowUp(on, time, cast.As(owner), Cause.Person, at).Must();
    }
}
