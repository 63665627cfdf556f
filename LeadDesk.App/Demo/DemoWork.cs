using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Leads;
using LeadDesk.Domain.People;

namespace LeadDesk.App.Demo;

/// <summary>What a person does with a lead at one instant.</summary>
internal sealed class DemoWork(DemoCast cast, Random chance)
{
    private readonly Dictionary<(LeadId, EmployeeId), string> _lastComments = [];

    /// <summary>One activity: a call, a comment or a call tag. It starts the clock.</summary>
    public void Do(Lead lead, Employee owner, DateTimeOffset at)
    {
        var kind = chance.NextDouble();
        if (kind < 0.5)
        {
            Call(lead, owner, at);
        }
        else if (kind < 0.86)
        {
            var isLeads = chance.In(0.08);
            Comment(lead, isLeads ? cast.LeadOf(owner) : owner, isLeads ? DemoTexts.LeadsComments : DemoTexts.Comments, at);
        }
        else
        {
            lead.ApplyCallTag(chance.Of(cast.CallTags), cast.As(owner), Cause.Person, at).Must();
        }
    }

    /// <summary>What is done on the side and starts no clock, before the next activity.</summary>
    public void Beside(Lead lead, Employee owner, DateTimeOffset after, DateTimeOffset before)
    {
        if (chance.In(0.25))
        {
            lead.Tag(chance.Of(cast.Tags), cast.As(owner), Cause.Person, Next()).Must();
        }

        if (chance.In(0.02))
        {
            lead.Tag(chance.Of(cast.ManagersTags), cast.As(chance.Of(cast.Managers)), Cause.Person, Next()).Must();
        }

        if (lead.Tags.Count > 0 && chance.In(0.05) && cast.Tags.FirstOrDefault(t => t.Id == lead.Tags[0].TagId) is { } tag)
        {
            lead.Untag(tag, cast.As(owner), Cause.Person, Next()).Must();
        }

        if (chance.In(0.16))
        {
            lead.SetFollowUp(DateOnly.FromDateTime(before.Date), null, cast.As(owner), Cause.Person, Next()).Must();
        }

        if (chance.In(0.06))
        {
            var value = chance.Next(12, 480) * 10_000L;
            lead.EditDetails(lead.Details() with { ValueMinor = value }, cast.As(owner), Cause.Person, Next()).Must();
        }

        DateTimeOffset Next() => after += (before - after) * 0.02;
    }

    private void Call(Lead lead, Employee owner, DateTimeOffset at)
    {
        var outcome = chance.Of(cast.CallTags);
        var isAnswered = outcome.Name != "No answer";
        lead.LogCall(
            new(outcome, isAnswered && chance.In(0.8) ? chance.Of(DemoTexts.Notes) : null, isAnswered ? TimeSpan.FromMinutes(chance.Next(1, 25)) : null, null, null, null),
            cast.As(owner), Cause.Person, at).Must();
    }

    /// <summary>Nobody says the same twice in a row: it would start no clock.</summary>
    private void Comment(Lead lead, Employee by, string[] texts, DateTimeOffset at)
    {
        var last = _lastComments.GetValueOrDefault((lead.Id, by.Id));
        var text = chance.Of(texts.Where(t => t != last).ToList());
        _lastComments[(lead.Id, by.Id)] = text;
        lead.Comment(text, last, cast.As(by), Cause.Person, at).Must();
    }
}
