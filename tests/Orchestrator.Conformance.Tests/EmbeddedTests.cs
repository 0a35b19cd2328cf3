using Orchestrator.Conformance.Tests.Facts;
using Orchestrator.Conformance.Tests.Targets;

namespace Orchestrator.Conformance.Tests;

/// <summary>The facts on the embedded engine.</summary>
[CollectionDefinition(Name)]
public sealed class Embedded : ICollectionFixture<EmbeddedTarget>
{
    public const string Name = "embedded engine";
}

[Collection(Embedded.Name)]
public sealed class EmbeddedStartTests(EmbeddedTarget target) : StartFacts(target);

[Collection(Embedded.Name)]
public sealed class EmbeddedStepTests(EmbeddedTarget target) : StepFacts(target);

[Collection(Embedded.Name)]
public sealed class EmbeddedEventTests(EmbeddedTarget target) : EventFacts(target);

[Collection(Embedded.Name)]
public sealed class EmbeddedManagementTests(EmbeddedTarget target) : ManagementFacts(target);
