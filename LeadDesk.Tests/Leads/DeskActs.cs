using LeadDesk.App.Batches;
using LeadDesk.Domain.Basics;
using LeadDesk.Domain.People;
using LeadDesk.Tests.Kit;

namespace LeadDesk.Tests.Leads;

/// <summary>What Meera does to one lead, said in a word.</summary>
internal static class DeskActs
{
    public static Task ReassignAsync(this TestDesk desk, LeadId lead, Employee to) => desk.ActAsync(new ReassignLeads(LeadSelection.Of(lead), to.Id));

    public static Task UnassignAsync(this TestDesk desk, LeadId lead) => desk.ActAsync(new UnassignLeads(LeadSelection.Of(lead)));

    public static async Task ActAsync(this TestDesk desk, LeadOrder order, Employee? by = null)
    {
        var outcome = await desk.Get<ActOnLeads>().RunAsync(order, await desk.As(by ?? desk.Meera));
        Assert.Null(outcome.Refusal);
    }
}
