namespace Orchestrator.Engine.Tests.Faults;

/// <summary>Tests that start processes or look at a watch: one after the other, and after all others.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    public const string Name = "alone";
}
