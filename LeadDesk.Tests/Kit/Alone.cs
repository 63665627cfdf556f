namespace LeadDesk.Tests.Kit;

/// <summary>For tests that need the whole machine: they run one after another, when all others are over.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
