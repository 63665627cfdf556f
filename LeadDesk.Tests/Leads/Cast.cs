using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;
using LeadDesk.Domain.Pipeline;
using LeadDesk.Domain.Pools;
using LeadDesk.Domain.Retirement;
using LeadDesk.Domain.Tags;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

/// <summary>The people and things of the desk without a database, for tests of the rules alone.</summary>
internal static class Cast
{
    public static readonly DateTimeOffset Tuesday = TestDesk.Tuesday;
    public static readonly RetirementPolicy SevenDays = new(TimeSpan.FromDays(7), TimeSpan.FromDays(1));

    public static readonly TeamId Pune = new(1);
    public static readonly TeamId Delhi = new(2);

    public static readonly Employee Asha = Person(1, "Asha Rao", Roles.Agent, Pune);
    public static readonly Employee Ravi = Person(2, "Ravi Nair", Roles.Agent, Pune);
    public static readonly Employee Omar = Person(3, "Omar Khan", Roles.Agent, Delhi);
    public static readonly Employee Tara = Person(4, "Tara Bose", Roles.TeamLead, Pune);
    public static readonly Employee Nils = Person(5, "Nils Berg", Roles.TeamLead, Delhi);
    public static readonly Employee Meera = Person(6, "Meera Shah", Roles.SalesManager, null);
    public static readonly Employee Iris = Person(7, "Iris Aydin", Roles.Admin, null);

    /// <summary>An agent who was disabled.</summary>
    public static readonly Employee Lost = Disabled(Person(8, "Lou Stahl", Roles.Agent, Pune));

    public static readonly Pool Inbound = PoolOf(1, "Inbound", Asha, Ravi, Omar, Lost, Tara);
    public static readonly Pool Vip = PoolOf(2, "VIP", Asha);

    public static readonly Stage New = Stage.Create(new(1), "New", 0, StageKind.Open).Value!;
    public static readonly Stage Contacted = Stage.Create(new(2), "Contacted", 1, StageKind.Open).Value!;
    public static readonly Stage Won = Stage.Create(new(3), "Won", 2, StageKind.Won).Value!;

    public static readonly Tag French = Tag.Create(new(1), "French").Value!;
    public static readonly Tag Restricted = Tag.Create(new(2), "VIP", isModifiable: false).Value!;
    public static readonly CallTag NoAnswer = CallTag.Create(new(1), "No answer", 0).Value!;
    public static readonly CallTag Interested = CallTag.Create(new(2), "Interested", 1).Value!;
    public static readonly SourceId WebForm = new(1);

    public static readonly Actor Desk = Actor.System("test");

    public static Actor As(Employee who) => Actor.Person(who, who == Tara ? [Pune] : who == Nils ? [Delhi] : []);

    /// <summary>A lead in pool Inbound, unassigned or owned since <paramref name="at"/>, with nothing new to tell.</summary>
    public static Lead Lead(Employee? ownedBy = null, DateTimeOffset? at = null, Pool? pool = null, bool inPool = true)
    {
        var lead = Domain.Leads.Lead.Create(
            new(1), new() { Name = "Lena Fischer" }, WebForm, inPool ? (pool ?? Inbound).Id : null, New.Id, Desk, Cause.System, at ?? Tuesday).Value!;
        if (ownedBy is not null)
        {
            Assert.Equal(OutcomeKind.Done, lead.Assign(ownedBy, pool ?? Inbound, Desk, Cause.System, at ?? Tuesday).Kind);
        }

        return lead;
    }

    /// <summary>The refusal, which has to be this one.</summary>
    public static T Refused<T>(Outcome outcome) where T : Refusal
    {
        Assert.True(outcome.IsRefused, $"It was not refused but {outcome.Kind}.");
        return Assert.IsType<T>(outcome.Refusal);
    }

    public static void Done(Outcome outcome) => Assert.True(outcome.Kind is OutcomeKind.Done, outcome.Refusal?.Sentence ?? outcome.Kind.ToString());

    /// <summary>The newest thing that happened.</summary>
    public static LeadEvent Last(Lead lead) => lead.NewEvents[^1];

    private static Employee Person(long id, string name, Roles roles, TeamId? team) =>
        Employee.Create(new(id), name, $"{name.Split(' ')[0].ToLowerInvariant()}@leaddesk.test", roles, team, "UTC").Value!;

    private static Employee Disabled(Employee employee)
    {
        employee.SetActive(false);
        return employee;
    }

    private static Pool PoolOf(long id, string name, params Employee[] members)
    {
        var pool = Pool.Create(new(id), name).Value!;
        pool.SetMembers([.. members.Select(m => m.Id)]);
        return pool;
    }
}
