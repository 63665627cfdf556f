using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Demo;

/// <summary>What agents write about leads.</summary>
internal static class DemoTexts
{
    public static readonly string[] Comments =
    [
        "Wants the price list before Thursday, then a call with her partner.", "Compares us with one other supplier. Decision by the end of the month.",
        "Asked for three references in the same trade.", "Budget is approved, the board signs in two weeks.", "Send the catalogue first, then call.",
        "Only reachable before ten in the morning.", "Two branches, buys for both of them.", "Found us at the trade fair, remembers the demo well.",
        "Holiday until the middle of the month. Call again after.", "Needs delivery within three weeks, otherwise no interest.",
        "Contract with the present supplier runs out in spring.", "Likes the sample, the colour is still open.", "Asks whether instalments are possible.",
        "Partner decides with him. Meet both.", "Will show the offer to the accountant.", "Price is fine, the delivery date is not.",
        "Speaks better English than we do the local language.", "Moved to a bigger shop, needs more than first thought.", "Offer sent, valid for 30 days.",
        "Wants to start small and double it in summer.", "Reads mail in the evening only.", "Asked for the technical sheet.", "Knows our customer around the corner and is happy to visit.",
        "The assistant books the meeting.", "Would sign if we take the old stock back.", "Prefers a visit to a call.", "Interested, but not before the new year.",
        "Had a bad start with our competitor, wants one fixed contact.", "Deposit is promised for Monday.", "Asks for the warranty terms in writing.",
    ];

    public static readonly string[] Notes =
    [
        "Good talk, wants an offer for the full range.", "Short of time, asked to call back on Tuesday.", "Went through the offer line by line.", "Left a message with the office.",
        "Line was bad, agreed to write.", "Walked through the terms, two points are open.", "She is out until tomorrow.", "Wants to see it working first.", "Asked who else in town buys from us.",
        "Ready to order once the sample arrives.", "Talked about delivery and service.", "Not the right person, gave me the name of the buyer.", "The order is bigger than expected.",
        "Needs one more week.", "Friendly, but the budget is gone for this year.", "He had three questions about the warranty.", "Said yes to a visit.", "Wants ten per cent off, I offered five.",
    ];

    public static readonly string[] LeadsComments =
    [
        "Ask about the budget before the end of the week.", "Good chance here, stay on it.", "Take Maya along for the price talk.", "Check with Export about the delivery time.",
    ];
}

internal static class Chances
{
    /// <summary>The floor is made by the rules; one that refuses is a mistake in the making.</summary>
    public static void Must(this Outcome outcome)
    {
        if (outcome.Refusal is { } refusal)
        {
            throw new InvalidOperationException(refusal.Sentence);
        }
    }

    public static T Of<T>(this Random chance, IReadOnlyList<T> choices) => choices[chance.Next(choices.Count)];

    public static bool In(this Random chance, double share) => chance.NextDouble() < share;

    public static TimeSpan Between(this Random chance, TimeSpan least, TimeSpan most) => least + ((most - least) * chance.NextDouble());
}
