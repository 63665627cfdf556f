using LeadDesk.App.Leads;
using LeadDesk.App.Live;
using LeadDesk.Domain.Basics;
using Microsoft.AspNetCore.Components;

namespace LeadDesk.App.Retirement;

/// <summary>What a retired list is asked for.</summary>
public sealed record RetiredQuestion(LeadFilter Filter, RetiredSort Sort);

/// <summary>The retired leads that match, as they come and go.</summary>
public sealed partial class RetiredList
{
    [Inject] public required RetiredQuery Query { get; init; }

    [Parameter, EditorRequired] public LeadFilter Filter { get; set; } = null!;
    [Parameter] public RetiredSort Sort { get; set; }
    [Parameter] public EventCallback<RetiredSort> OnSort { get; set; }

    protected override RetiredQuestion Ask => new(Filter, Sort);

    protected override Comparison<RetiredRow> Order => Sort.Comparison();

    private IReadOnlyCollection<Topic> Topics => Actor.MaySeeAllLeads ? [Topic.Retired] : [.. Actor.LeadsTeams.Select(Topic.RetiredFromTeam)];

    protected override Task<List<RetiredRow>> PageAsync(RetiredRow? after, bool back, int count) => Query.PageAsync(Filter, Sort, after, back, count, Actor);

    protected override Task<Dictionary<LeadId, RetiredRow>> FindAsync(IReadOnlyCollection<LeadId> leads) => Query.FindAsync(Filter, leads, Actor);
}
