using LeadDesk.Domain.Basics;

namespace LeadDesk.App.Settings;

/// <summary>It is not deleted, because something has it.</summary>
public sealed record InUse(string Sentence) : Refusal(Sentence);
