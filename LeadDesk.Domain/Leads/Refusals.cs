using LeadDesk.Domain.Basics;

namespace LeadDesk.Domain.Leads;

/// <summary>The actor may neither see nor work the lead; said like a lead that does not exist.</summary>
public sealed record NoLeadHere() : Refusal("No lead here that you may see.");

public sealed record EmptyComment() : Refusal("An empty comment is not kept. Write a word or two.");

public sealed record TextTooLong(int Limit) : Refusal($"This is longer than {Limit:N0} characters.");

public sealed record CallInTheFuture() : Refusal("The call cannot be in the future.");

public sealed record EmptyCall() : Refusal("Choose an outcome or write a note.");

public sealed record ImpossibleDuration() : Refusal("A call lasts between 0 minutes and 24 hours.");

public sealed record LeadHasNoPool() : Refusal("This lead has no pool. Give it one before assigning.");

public sealed record NotInPool(string Employee, string Pool) : Refusal($"{Employee} is not in pool {Pool}, so they cannot own this lead.");

public sealed record CannotOwn(string Employee) : Refusal($"{Employee} is not an active agent, so they cannot own leads.");

public sealed record HasOwnerAlready(EmployeeId Owner) : Refusal("This lead has an owner by now.");

public sealed record HasNoOwner() : Refusal("This lead has no owner.");

public sealed record IsRetired(DateTimeOffset Since) : Refusal("This lead is retired. A manager can reassign it.");

public sealed record IsNotRetired() : Refusal("This lead is not retired.");

/// <summary>It left less than ten minutes ago; what was begun may still be kept, anything else may not.</summary>
public sealed record LeadLeft(LeaveReason Why, DateTimeOffset At) : Refusal("This lead is no longer yours.");

public sealed record NudgedAlready(DateTimeOffset At, EmployeeId? By) : Refusal("Somebody nudged already. Once per lead and period is enough.");

public sealed record NotGoingStale() : Refusal("This lead is not going stale.");

/// <summary>An agent asks instead: the app turns the attempt into a data change request.</summary>
public sealed record TagNeedsManager(string Tag) : Refusal($"Only managers put {Tag} on a lead or take it off.");

/// <summary>Decided on something that is not so any more. The app words it with who and when.</summary>
public sealed record ChangedMeanwhile(string Sentence) : Refusal(Sentence);
