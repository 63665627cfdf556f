using LeadDesk.Domain.Basics;
using LeadDesk.Domain.Retirement;

namespace LeadDesk.App.Leads.Profile.Events;

/// <summary>One event of the history in words, for the Activities tab and for the ledger.</summary>
/// <param name="Who">Full name, or the part of the desk that acted by itself.</param>
/// <param name="Text">What was done.</param>
/// <param name="Why">What a reader needs to understand an act that nobody did by hand to this one lead.</param>
/// <param name="ByReader">The reader did it.</param>
public sealed record EventLine(long Id, DateTimeOffset At, LeadEventKind Kind, string Who, string WhoShort, EventText Text, string? Why, ClockVerdict Verdict, bool ByReader)
{
    /// <summary>For what started the clock: until when, by the rule of that moment; none where no clock runs in the stage.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>"Meera reassigned this lead to Ravi".</summary>
    public string Sentence => $"{WhoShort} {Text.Did("this lead")}{(Text.What is { } what ? $" {what}" : "")}";
}

/// <summary>The parts of a sentence about an event: who did it stands before, <see cref="What"/> is what it is about.</summary>
/// <param name="Brief">The same without who: "Set stage Contacted".</param>
/// <param name="Note">What a person wrote.</param>
/// <param name="More">Measured facts: how long a call took and when it was.</param>
public sealed record EventText(string Verb, bool NamesLead, string? Rest, string? What, string Brief, string? Note = null, string? More = null)
{
    public string Did(string lead) => string.Join(' ', new[] { Verb, NamesLead ? lead : null, Rest }.Where(p => p is not null));
}
