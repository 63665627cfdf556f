using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Imports;

/// <summary>The file cannot be read as rows of leads; nothing was changed.</summary>
public sealed record NotAList(string Sentence) : Refusal(Sentence);
