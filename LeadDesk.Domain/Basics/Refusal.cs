namespace LeadDesk.Domain.Basics;

/// <summary>A named no. The sentence is shown to the person as it stands, so it names who, what and when.</summary>
public abstract record Refusal(string Sentence);

/// <summary>What was typed cannot be taken as it is; <paramref name="Field"/> is where the sentence belongs.</summary>
public sealed record NotAcceptable(string Field, string Sentence) : Refusal(Sentence);

/// <summary>The actor may not do this. Said by intents when the screen should not have offered it.</summary>
public sealed record NotAllowed(string Sentence) : Refusal(Sentence);

/// <summary>The thing is not there, or the actor may not know that it is: both are told alike.</summary>
public sealed record NotFound(string Sentence) : Refusal(Sentence);
