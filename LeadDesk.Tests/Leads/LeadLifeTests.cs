using CsCheck;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;
using static LeadDesk.Tests.Leads.Cast;

namespace LeadDesk.Tests.Leads;

/// <summary>Whatever people, the system and time do to a lead, in any order, what must hold of it holds after each step.</summary>
public sealed class LeadLifeTests
{
    private static readonly Employee[] People = [Asha, Ravi, Omar, Tara, Nils, Meera, Iris, Lost];
    private static readonly Pool[] Pools = [Inbound, Vip];
    private static readonly LeadEventKind[] NotByTheLeadAlone =
        [LeadEventKind.AlsoSeenFrom, LeadEventKind.TagRequested, LeadEventKind.RequestRejected, LeadEventKind.RequestWithdrawn, LeadEventKind.RequestClosed];

    private static readonly Stage[] Stages = [New, Contacted, Won];

    private static readonly RetirementPolicy Policy = SevenDays with { Period = TimeSpan.FromHours(50) };

    private static readonly Gen<Step[]> Lives =
        Gen.Select(Gen.Int[0, 16], Gen.Int[0, 100], Gen.Enum<Cause>(), Gen.Int[0, 40]).Select((verb, choice, cause, hours) => new Step(verb, choice, cause, hours)).Array[1, 60];

    [Fact]
    public void A_lead_has_one_owner_or_one_retirement_or_neither_and_never_both() => Lives.Sample(life =>
    {
        foreach (var lead in Live(life))
        {
            Assert.False(lead.OwnerId is not null && lead.IsRetired);
            Assert.Equal(lead.OwnerId is not null, lead.ClockStart is not null);
            Assert.Equal(lead.IsRetired, lead.RetiredFromId is not null && lead.QuietSince is not null);
            Assert.True(lead.TeamId is null || lead.OwnerId is not null);
            Assert.True(!lead.IsFresh || lead.OwnerId is not null);
            Assert.True(lead.OwnerId is null || Pools.First(p => p.Id == lead.PoolId).Has(lead.OwnerId.Value));
        }
    }, iter: 3_000);

    [Fact]
    public void The_ledger_read_from_its_verdicts_alone_gives_the_clock_start() => Lives.Sample(life =>
    {
        var lead = Live(life).Last();
        DateTimeOffset? start = null;
        foreach (var happened in lead.NewEvents)
        {
            start = happened.Verdict.StartsTheClock() ? happened.At : happened.Verdict is ClockVerdict.Ended ? null : start;
            Assert.Equal(start, happened.ClockStart);
        }

        Assert.Equal(start, lead.ClockStart);
    }, iter: 3_000);

    [Fact]
    public void Only_what_is_in_the_history_changes_a_lead() => Lives.Sample(life =>
    {
        var (version, count) = (0L, 0);
        foreach (var lead in Live(life))
        {
            Assert.Equal(lead.NewEvents.Count - count, lead.Version - version);
            Assert.Equal(lead.Version, Last(lead).LeadVersion);
            (version, count) = (lead.Version, lead.NewEvents.Count);
        }
    }, iter: 1_000);

    [Fact]
    public void The_lives_are_worth_living()
    {
        var kinds = new HashSet<LeadEventKind>();
        var refusals = new HashSet<Type>();
        Lives.Sample(life =>
        {
            lock (kinds)
            {
                kinds.UnionWith(Live(life, refusals).Last().NewEvents.Select(e => e.Kind));
            }
        }, iter: 1_000, threads: 1);

        Assert.Empty(Enum.GetValues<LeadEventKind>().Except(kinds).Except(NotByTheLeadAlone));
        Assert.True(refusals.Count >= 8, string.Join(", ", refusals.Select(r => r.Name)));
    }

    /// <summary>The same lead after each step.</summary>
    private static IEnumerable<Lead> Live(Step[] life, HashSet<Type>? refusals = null)
    {
        var lead = Lead();
        var at = Tuesday;
        yield return lead;
        foreach (var step in life)
        {
            at += TimeSpan.FromHours(step.Hours);
            if (Do(lead, step, at).Refusal is { } refusal)
            {
                refusals?.Add(refusal.GetType());
            }

            yield return lead;
        }
    }

    private static Outcome Do(Lead lead, Step step, DateTimeOffset at)
    {
        // Managers act more often, so that something happens.
        var by = step.Choice % 3 == 0 ? As(People[step.Choice % People.Length]) : step.Choice % 3 == 1 ? As(Meera) : As(People.FirstOrDefault(p => p.Id == lead.OwnerId) ?? Iris);
        var who = People[step.Choice * 7 % People.Length];
        var pool = Pools.First(p => p.Id == lead.PoolId);
        return step.Verb switch
        {
            0 => lead.Assign(who, pool, by, step.Cause, at),
            1 => lead.Reassign(who, pool, by, step.Cause, at),
            2 => lead.Unassign(by, step.Cause, at),
            3 => lead.RetireIfDue(Policy, Retires(lead), Desk, at, at),
            4 => lead.ReleaseToPool(by, step.Cause, at),
            5 => lead.MoveToPool(Pools[step.Choice % 2], People.FirstOrDefault(p => p.Id == lead.OwnerId), by, step.Cause, at),
            6 => lead.MoveTo(Stages[step.Choice % 3], lead.StageId, by, step.Cause, at),
            7 => lead.Comment(step.Choice % 5 == 0 ? " " : "Text", step.Choice % 2 == 0 ? "text" : null, by, step.Cause, at),
            8 => lead.LogCall(new(step.Choice % 4 == 0 ? null : NoAnswer, step.Choice % 8 == 0 ? null : "Note", null, at.AddMinutes((step.Choice % 10) - 8), null, null), by, step.Cause, at),
            9 => lead.ApplyCallTag(Interested, by, step.Cause, at),
            10 => lead.Tag(step.Choice % 2 == 0 ? French : Restricted, by, step.Cause, at),
            11 => lead.Untag(step.Choice % 2 == 0 ? French : Restricted, by, step.Cause, at),
            12 => lead.SetFollowUp(step.Choice % 2 == 0 ? null : new(2026, 12, 1), null, by, step.Cause, at),
            13 => lead.WarnIfGoingStale(Policy, Retires(lead), Desk, at, at),
            14 => lead.Nudge(Policy, Retires(lead), by, at),
            15 => step.Choice % 10 == 0 ? lead.StartClockAnew(by, at, new BatchId(1)) : Outcome.NothingToDo,
            _ => lead.EditDetails(new() { Name = $"Lena {step.Choice}" }, by, step.Cause, at),
        };
    }

    private static bool Retires(Lead lead) => Stages.First(s => s.Id == lead.StageId).Retires;

    private readonly record struct Step(int Verb, int Choice, Cause Cause, int Hours);
}
